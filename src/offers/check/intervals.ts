/** Whole numbers from `from` to `to`, both included. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** The same numbers as intervals that rise and do not touch. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const all: { from: number; to: number }[] = [];
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}

/** The numbers of both; each list as `merged` gives it. */
export function inBoth(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const both: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [one, other] = [a[i]!, b[j]!];
    const from = Math.max(one.from, other.from);
    const to = Math.min(one.to, other.to);
    if (from <= to) both.push({ from, to });
    if (one.to < other.to) i++;
    else j++;
  }
  return both;
}

/** All numbers from 0 that are not of the list. */
export function outside(list: readonly Interval[]): Interval[] {
  const gaps: Interval[] = [];
  let next = 0;
  for (const { from, to } of list) {
    if (from > next) gaps.push({ from: next, to: from - 1 });
    next = to + 1;
  }
  return [...gaps, { from: next, to: Infinity }];
}
