import { grantOf, type Running } from './grant.ts';
import type { CompiledOffer } from './offer.ts';

/**
 * Rank of the offer that a group gives to this sale, null if none would give anything.
 * "best": largest benefit to the customer, then higher threshold, earlier end, lower id;
 * "first": by priority, then id, the first that gives anything.
 * @param contenders matching offers of one group, in the set's order
 */
export function winnerOf(
  contenders: readonly CompiledOffer[],
  pick: 'best' | 'first',
  running: Running,
): number | null {
  let best: { offer: CompiledOffer; worth: number } | null = null;
  for (const offer of contenders) {
    const worth = worthOf(offer, running);
    if (worth === 0) continue;
    if (pick === 'first') return offer.rank;
    if (best === null || beats({ offer, worth }, best)) best = { offer, worth };
  }
  return best?.offer.rank ?? null;
}

/** fen; a point counts as one fen, for the sole purpose of comparing within a group. */
function worthOf(offer: CompiledOffer, running: Running): number {
  let worth = 0;
  for (const benefit of offer.benefits) worth += grantOf(offer, benefit, running).amount;
  return worth;
}

interface Appraised {
  readonly offer: CompiledOffer;
  readonly worth: number;
}

function beats(one: Appraised, other: Appraised): boolean {
  if (one.worth !== other.worth) return one.worth > other.worth;
  if (one.offer.threshold !== other.offer.threshold)
    return one.offer.threshold > other.offer.threshold;
  if (one.offer.end !== other.offer.end) return one.offer.end < other.offer.end;
  return one.offer.id < other.offer.id;
}
