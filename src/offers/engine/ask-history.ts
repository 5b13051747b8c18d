import { viewOf } from './condition.ts';
import type { HistoryAsked, SaleFacts } from './facts.ts';
import { askedOf } from './history.ts';
import { holds } from './holds.ts';
import { candidates } from './match.ts';
import type { OfferSet } from './offer.ts';

/**
 * Every history that evaluating these facts may read, sorted by key, each once: only of offers that the
 * sale could match but for what they count.
 */
export function historyOf(facts: SaleFacts, { index }: OfferSet): HistoryAsked[] {
  if (index.counting.size === 0) return [];
  const view = viewOf(facts);
  const byKey = new Map<string, HistoryAsked>();
  for (const rank of candidates(index, facts)) {
    const counting = index.counting.get(rank);
    if (counting === undefined || !counting.first.every((test) => holds(test, view))) continue;
    for (const counted of counting.counted) {
      const asked = askedOf(counted, facts);
      if (asked !== null) byKey.set(asked.key, asked);
    }
  }
  return [...byKey.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
