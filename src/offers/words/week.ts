import type { Text } from '#kernel/refusal';
import { EN_WEEKDAY, ZH_WEEKDAY } from './dates.ts';
import { text } from './figures.ts';
import { anyOf } from './lists.ts';

const MONDAY = Date.UTC(2024, 0, 1);

const DAY_MS = 86_400_000;

const WEEKDAYS = Array.from({ length: 7 }, (_, past) => {
  const date = new Date(MONDAY + past * DAY_MS);
  return text(ZH_WEEKDAY.format(date), EN_WEEKDAY.format(date));
});

/** 1 Monday .. 7 Sunday. */
export function weekdayText(weekday: number): Text {
  return WEEKDAYS[weekday - 1]!;
}

/** "周二", "周一至周五", "周六、周日"; every day of the week is "每天". */
export function weekdaysText(weekdays: Iterable<number>): Text {
  const sorted = [...new Set(weekdays)].toSorted((a, b) => a - b);
  if (sorted.length === 7) return text('每天', 'every day');
  const [first, last] = [sorted[0]!, sorted.at(-1)!];
  if (sorted.length > 2 && last - first === sorted.length - 1) {
    const [from, to] = [weekdayText(first), weekdayText(last)];
    return text(`${from.zh}至${to.zh}`, `${from.en} to ${to.en}`);
  }
  return anyOf(sorted.map(weekdayText));
}

/** 510 -> "08:30". */
export function clock(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** Minutes since midnight: "08:00-10:30、18:00-24:00" and "between 08:00 and 10:30 or between .." */
export function hoursText(ranges: readonly { readonly from: number; readonly to: number }[]): Text {
  return anyOf(
    ranges.map((range) => {
      const [from, to] = [clock(range.from), clock(range.to)];
      return text(`${from}-${to}`, `between ${from} and ${to}`);
    }),
  );
}
