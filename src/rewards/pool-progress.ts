import type { Day } from '#kernel/day';

/** A pool that is reached by sales. */
export interface PoolAsked {
  readonly pool: string;
  readonly today: Day;
  /** The length of a rolling window, in days; any other window is in the pool's name. */
  readonly windowDays: number;
}

/** What the sales of a pool have come to: fen, and how many. */
export interface PoolProgress {
  readonly amount: number;
  readonly count: number;
}

/** What is missing of an amount or a count; null where none is asked. */
export function missing(asked: number | null, had: number | undefined): number | null {
  return asked === null || had === undefined ? null : Math.max(0, asked - had);
}
