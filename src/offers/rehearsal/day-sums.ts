import { type Day, dayNumber, dayNumbered } from '#kernel/day';

/** The days of a rehearsal, both included. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
}

/** Sums per day of a span; a day outside of it counts at its nearer end. Plain data, so it can be kept. */
export type DaySums = Float64Array;

export function daysIn({ from, to }: Span): number {
  return dayNumber(to) - dayNumber(from) + 1;
}

export function newDaySums(span: Span): DaySums {
  return new Float64Array(daysIn(span));
}

/** Place of a day in the sums of a span. */
export function placeOf({ from, to }: Span, day: Day): number {
  const place = dayNumber(day) - dayNumber(from);
  return Math.max(0, Math.min(place, dayNumber(to) - dayNumber(from)));
}

/** The days with something in one of the sums, ascending, with what each has. */
export function daysWith(span: Span, sums: readonly DaySums[]): { day: Day; values: number[] }[] {
  const found: { day: Day; values: number[] }[] = [];
  const first = dayNumber(span.from);
  for (let place = 0; place < daysIn(span); place++) {
    if (sums.every((each) => !each[place])) continue;
    const values = sums.map((each) => each[place] ?? 0);
    found.push({ day: dayNumbered(first + place), values });
  }
  return found;
}

/** "2026-11" of "2026-11-21". */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}
