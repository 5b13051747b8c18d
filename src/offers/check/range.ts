import type { Text } from '#kernel/refusal';
import type { Literal } from './branches.ts';

/** What one condition says of a number: that it lies within, or (banned) outside of, min to max. */
export interface Bound {
  readonly min: number;
  readonly max: number;
  readonly banned?: boolean;
  /** The number is a multiple of this. */
  readonly every?: number;
  readonly literal: Literal;
}

/** What all conditions say of one number of a sale. */
export interface Numbers {
  readonly what: Text;
  /** The least that the number can be. */
  readonly least: number;
  readonly bounds: readonly Bound[];
}

/** The least and the greatest number that is left. */
export interface Left {
  readonly least: number;
  readonly most: number;
}

/** What all bounds leave of the whole numbers from `least` on; null if nothing. */
export function leftOf(bounds: readonly Bound[], least: number): Left | null {
  let [low, high, step] = [least, Infinity, 1];
  for (const { min, max, banned = false, every = 1 } of bounds) {
    if (banned) continue;
    [low, high, step] = [Math.max(low, min), Math.min(high, max), commonMultiple(step, every)];
  }
  // A multiple that is excluded says nothing here, unless every number left is one.
  const gaps = bounds.filter(({ banned, every = 1 }) => banned && step % every === 0);
  const starts = [low, ...gaps.map(({ max }) => max + 1)].filter((start) => start >= low);
  const free = starts
    .filter((start) => Number.isFinite(start))
    .map((start) => Math.ceil(start / step) * step)
    .filter((value) => value <= high)
    .filter((value) => gaps.every(({ min, max }) => value < min || value > max));
  return free.length === 0 ? null : { least: Math.min(...free), most: high };
}

/** The first bound that leaves nothing, with what was left before it. */
export function emptiedAt(
  bounds: readonly Bound[],
  least: number,
): { readonly bound: Bound; readonly before: Left } | null {
  if (leftOf(bounds, least)) return null;
  let before: Left = { least, most: Infinity };
  for (const [index, bound] of bounds.entries()) {
    const now = leftOf(bounds.slice(0, index + 1), least);
    if (!now) return { bound, before };
    before = now;
  }
  return null;
}

/** Least common multiple; Infinity beyond what can be counted. */
export function commonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  const product = (a / x) * b;
  return Number.isSafeInteger(product) ? product : Infinity;
}
