import type { Explanation } from '#offers';

/** An offer with what became of it, as contract.ts describes it. */
export function explanationShown(explained: Explanation) {
  const { offer, lostTo, weight: _, decisions: _granted, ...rest } = explained;
  return { ...rest, offer_id: offer, lost_to: lostTo };
}
