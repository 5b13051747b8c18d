import type { Text } from '#kernel/refusal';
import type { LeafTest } from '../engine/condition.ts';
import type { Decision } from '../engine/decision.ts';
import type { Outcome } from '../engine/evaluate.ts';
import type { Facts } from '../engine/facts.ts';
import type { NoneReason } from '../engine/grant.ts';
import type { OfferSet } from '../engine/offer.ts';
import type { MissUnit, Reach } from './lacking.ts';
import type { Value } from './leaf.ts';
import type { Reader } from './reader.ts';
import type { Weight } from './weigh.ts';

/** `excluded_by`: a condition of a "none" group holds. `lost`: another offer was granted that keeps it out. */
export type ExplainedReason =
  | 'granted'
  | 'partly'
  | 'lost'
  | 'excluded_by'
  | NoneReason
  | LeafTest['type'];

/** What became of an offer and why, as one of its readers hears it. */
export interface Found {
  readonly outcome: 'granted' | 'partly' | 'not';
  readonly reason: ExplainedReason;
  /** What the sale shows, fen, points or a count as a number; null where there is nothing to show. */
  readonly actual?: Value;
  readonly required?: Value;
  /** required - actual where more would do it, in `unit`; null otherwise. */
  readonly missing?: number | null;
  readonly unit?: MissUnit | null;
  /** How what is missing could still be had. */
  readonly reach?: Reach | null;
  /** How far away a grant is; null for what only the merchant can change. */
  readonly weight?: Weight | null;
  /** Offer id of the winner, if it lost. */
  readonly lostTo?: string | null;
  /** Budget id that was too small. */
  readonly budget?: string | null;
  readonly decisions?: readonly Decision[];
  readonly text: Text;
}

/** A sale as decided, and who asks. */
export interface Told {
  readonly facts: Facts;
  readonly set: OfferSet;
  readonly reader: Reader;
  readonly outcome: Outcome;
}
