import type { Decision } from '#offers';

/** What goes into the buyer's wallets with the sale; null for what arrives later, or elsewhere. */
export function kindGivenAtOnce({
  kind,
  to,
  arrival,
}: Pick<Decision, 'kind' | 'to' | 'arrival'>): 'points' | 'cashback' | null {
  if (to === 'merchant' || arrival.type !== 'instant') return null;
  return kind === 'points' || kind === 'cashback' ? kind : null;
}
