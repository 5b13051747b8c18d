import { type NamedPool, poolCounters, poolNamed } from './arrival.ts';
import type { SaleFacts } from './facts.ts';
import { limitKeys } from './limit-room.ts';
import { candidates } from './match.ts';
import type { OfferSet } from './offer.ts';
import { payerKeys } from './payers.ts';

/** Every counter key that evaluating these facts may read, sorted: lock exactly these. */
export function countersOf(facts: SaleFacts, set: OfferSet): string[] {
  const keys = new Set<string>();
  for (const rank of candidates(set.index, facts)) {
    const offer = set.offers[rank]!;
    if (offer.limits.length > 0) for (const key of limitKeys(offer, facts)) keys.add(key);
    for (const benefit of offer.benefits) {
      if (!benefit.solePayer) for (const key of payerKeys(benefit, facts.day)) keys.add(key);
      if (benefit.timing.type === 'cumulative')
        for (const key of poolCounters(offer, benefit, facts)) keys.add(key);
    }
  }
  return [...keys].toSorted();
}

/** Every budget id that evaluating these facts may read, sorted: lock exactly these. */
export function budgetsOf(facts: SaleFacts, set: OfferSet): string[] {
  const ids = new Set<string>();
  for (const rank of candidates(set.index, facts)) {
    for (const { payers } of set.offers[rank]!.benefits) {
      for (const { payer } of payers) if (payer.budget !== undefined) ids.add(payer.budget);
    }
  }
  return [...ids].toSorted();
}

/** Every pool that these facts may add to, by its name: lock exactly these. */
export function poolsOf(facts: SaleFacts, set: OfferSet): NamedPool[] {
  const pools = new Map<string, NamedPool>();
  for (const rank of candidates(set.index, facts)) {
    const offer = set.offers[rank]!;
    for (const benefit of offer.benefits) {
      const pool = poolNamed(offer, benefit, facts);
      if (pool !== null) pools.set(pool.pool, pool);
    }
  }
  return [...pools.values()].toSorted((a, b) => (a.pool < b.pool ? -1 : 1));
}
