import type { Text } from '#kernel/refusal';
import { numberText, text } from './figures.ts';

export const pieces = (count: number): Text =>
  text(`${numberText(count)} 件`, plural(count, 'item'));

const EN_ORDINAL = new Intl.PluralRules('en', { type: 'ordinal' });

const SUFFIXES: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** 1 -> "1st". */
export function ordinal(value: number): string {
  return `${numberText(value)}${SUFFIXES[EN_ORDINAL.select(value)]}`;
}

/** "1 item", "3 items". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}

/** "2 次" and "2 times"; once is "1 time", as a number that may go up. */
export function times(count: number): Text {
  return text(`${numberText(count)} 次`, plural(count, 'time'));
}

export const days = (count: number): Text => text(`${numberText(count)} 天`, plural(count, 'day'));
