import type { Text } from '#kernel/refusal';
import type { Decision } from '../engine/decision.ts';
import { type Outcome, decide } from '../engine/evaluate.ts';
import type { Facts } from '../engine/facts.ts';
import type { CompiledOffer, OfferSet } from '../engine/offer.ts';
import { deniedFound } from './explain-denied.ts';
import { failedFound } from './explain-failed.ts';
import { grantedFound } from './explain-granted.ts';
import { lostFound } from './explain-lost.ts';
import type { Found, Told } from './found.ts';
import { missesOf } from './misses.ts';
import type { Reader } from './reader.ts';

/** What one offer of the set did for a sale, and why. */
export interface Explanation extends Required<Found> {
  readonly offer: string;
  readonly version: number;
  readonly code: string;
  readonly name: Text;
}

/**
 * Every offer of the set that the reader hears of, in the set's order: granted, partly or not, and why.
 * Decided by the engine itself. @param outcome what `decide` says of these facts, where it is known
 */
export function explain(
  facts: Facts,
  set: OfferSet,
  reader: Reader = 'merchant',
  outcome: Outcome = decide(facts, set),
): Explanation[] {
  const byOffer = Map.groupBy(outcome.evaluation.decisions, ({ offer }) => offer);
  return set.offers.flatMap((offer) => {
    const found = foundOf(offer, { facts, set, reader, outcome }, byOffer.get(offer.id) ?? []);
    if (found === null) return [];
    const { id, version, definition } = offer;
    return [
      {
        offer: id,
        version,
        code: definition.code,
        name: definition.name,
        actual: null,
        required: null,
        missing: null,
        unit: null,
        reach: null,
        weight: null,
        lostTo: null,
        budget: null,
        decisions: [],
        ...found,
      },
    ];
  });
}

/** Null: the reader hears nothing of the offer. */
function foundOf(offer: CompiledOffer, told: Told, decisions: readonly Decision[]): Found | null {
  const { reader, outcome, set } = told;
  const { view, verdicts, lost } = outcome;
  if (reader === 'consumer' && offer.benefits.every(({ toMerchant }) => toMerchant)) return null;
  if (decisions.length > 0) return grantedFound(offer, decisions, told);
  const misses = offer.tests.flatMap((test) => missesOf(test, view));
  if (misses.length > 0) {
    // A member of the control group who heard of the offer would no longer be one to compare with.
    const held = reader !== 'merchant' && misses.some(({ test }) => test.type === 'hold_out');
    return held ? null : failedFound(misses, offer, told);
  }
  const winner = lost.get(offer.rank);
  if (winner !== undefined) return lostFound(offer, set.offers[winner]!, told);
  return deniedFound(offer, verdicts.get(offer.rank) ?? [], told);
}
