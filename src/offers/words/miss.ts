import type { LeafTest } from '../engine/condition.ts';
import type { MissUnit, Reach } from './lacking.ts';
import type { Value } from './leaf.ts';

/** A condition that did not hold, or one that held and should not have. */
export interface Miss {
  readonly test: LeafTest;
  /** True: it holds and should not. */
  readonly inverted: boolean;
  readonly actual: Value;
  /** In `unit`; null where nothing is counted. */
  readonly required: number | null;
  /** required - actual where more would do it, in `unit`. */
  readonly missing: number | null;
  readonly unit: MissUnit | null;
  readonly reach: Reach;
}
