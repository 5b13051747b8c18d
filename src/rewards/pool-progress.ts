import type { Day } from '#kernel/day';

/** A pool that is reached by sales, and the window of one of its rewards. */
export interface PoolAsked {
  readonly pool: string;
  readonly today: Day;
  readonly grantedOn: Day;
  /** The last day of the window; null for a window without end. */
  readonly until: Day | null;
}

/** What the sales of a pool have come to: fen, and how many. */
export interface PoolProgress {
  readonly amount: number;
  readonly count: number;
}
