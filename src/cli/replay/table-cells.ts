import type { Locale } from '#kernel/refusal';
import type { Unit } from './tell-offers.ts';

const UNITS: Readonly<Record<Locale, Readonly<Record<Unit, string>>>> = {
  zh: { fen: '元', points: '分', growth: '成长值', coupons: '张', pieces: '件' },
  en: { fen: 'yuan', points: 'points', growth: 'growth', coupons: 'coupons', pieces: 'pieces' },
};

/** An amount with its unit; fen as yuan with both decimals. */
export function amountOf(amount: number, unit: Unit, locale: Locale): string {
  return `${unit === 'fen' ? yuan(amount) : amount} ${UNITS[locale][unit]}`;
}

/** fen as yuan with both decimals. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** To a width in columns of a terminal, where a Chinese character takes two. */
export function pad(text: string, width: number): string {
  return text + blanks(text, width);
}

/** As `pad`, with the text at the right. */
export function padLeft(text: string, width: number): string {
  return blanks(text, width) + text;
}

function blanks(text: string, width: number): string {
  const columns = Array.from(text).reduce(
    (sum, char) => sum + (/\p{Script=Han}/u.test(char) ? 2 : 1),
    0,
  );
  return ' '.repeat(Math.max(0, width - columns));
}

/** The first cell at the left, the others at the right, each in its width. */
export function cells(widths: readonly number[], texts: readonly string[]): string {
  return texts
    .map((text, at) => (at === 0 ? pad(text, widths[at]!) : padLeft(text, widths[at] ?? 0)))
    .join(' ')
    .trimEnd();
}
