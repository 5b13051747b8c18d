import type { Decision } from '../engine/decision.ts';
import type { Facts } from '../engine/facts.ts';
import type { OfferSet } from '../engine/offer.ts';
import type { Reversal } from '../engine/reverse.ts';
import type { PaidLine } from './history-book.ts';

/** A line as sold. fen. */
export type KeptLine = PaidLine & { readonly amount: number; readonly quantity: number };

/** Gross fen and units that went back, per line. */
export interface Gone {
  readonly amounts: readonly number[];
  readonly quantities: readonly number[];
}

/** A sale of which an offer tests its thresholds again on what a refund leaves. */
export interface RetestedSale {
  readonly lines: readonly KeptLine[];
  readonly decisions: readonly Decision[];
  readonly facts: Facts;
  readonly set: OfferSet;
  /** fen that earlier refunds gave back, and what they took back of each decision. */
  readonly refunded: number;
  readonly taken: ReadonlyMap<number, number>;
}

/** What a refund gives back in fen, and takes back of each decision. */
export interface PlannedBack {
  readonly net: number;
  readonly reversals: readonly Reversal[];
}

/** How refunds are planned by the room that pays back: a rehearsal asks it, so that both do the same. */
export type PlanBack = (sale: RetestedSale, before: Gone, after: Gone) => PlannedBack;
