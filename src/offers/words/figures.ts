import { PPM_ONE, yuan } from '#kernel/money';
import type { Text } from '#kernel/refusal';

export function amountText(fen: number, bare: boolean): Text {
  const { zh, en } = tag(fen);
  return text(zh, bare ? en.replace(/ yuan$/, '') : en);
}

const GROUPED = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

export function text(zh: string, en: string): Text {
  return { zh, en };
}

/** 12400 -> "12,400". */
export function numberText(value: number): string {
  return value > -1_000 && value < 1_000 && Number.isInteger(value)
    ? String(value)
    : GROUPED.format(value);
}

/** fen as yuan with two decimals: 124_000 -> "1,240.00". */
export function yuanText(fen: number): string {
  const plain = yuan(fen);
  if (plain.length < 7) return plain;
  return `${GROUPED.format(BigInt(plain.slice(0, -3)))}${plain.slice(-3)}`;
}

/** "12.40 元" and "12.40 yuan". */
export function money(fen: number): Text {
  const amount = yuanText(fen);
  return text(`${amount} 元`, `${amount} yuan`);
}

/** As `money`, in Chinese without idle decimals, as a price tag says it: "减 10 元". */
export function tag(fen: number): Text {
  const amount = yuanText(fen);
  return text(`${amount.replace(/\.00$/, '')} 元`, `${amount} yuan`);
}

/** ppm for people: 50_000 -> "5%". */
export function percent(rate: number): string {
  return `${GROUPED.format(rate / 10_000)}%`;
}

/** A discount as a Chinese price tag says it: 50_000 ppm off -> "9.5 折"; null where it has no short name. */
export function zhe(off: number): string | null {
  const left = PPM_ONE - off;
  return left > 0 && left % 10_000 === 0 ? `${left / 100_000} 折` : null;
}

/** ppm as a factor: 2_000_000 -> "2", 1_500_000 -> "1.5". */
export function factor(rate: number): string {
  return GROUPED.format(rate / PPM_ONE);
}
