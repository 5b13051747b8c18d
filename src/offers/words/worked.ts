import type { Day } from '#kernel/day';
import type { LeafTest } from '../engine/condition.ts';
import type { Evaluation } from '../engine/evaluate.ts';
import type { Facts } from '../engine/facts.ts';
import type { CompiledBenefit } from '../engine/offer.ts';

/** A sale that the offer was run on, and what came of it. */
export interface Worked {
  readonly way: readonly LeafTest[];
  readonly facts: Facts;
  /** From where the reader looks: its year goes without saying. */
  readonly today: Day;
  readonly evaluation: Evaluation;
  /** Those that the buyer hears of. */
  readonly benefits: readonly CompiledBenefit[];
}
