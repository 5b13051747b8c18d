import { account, type Leg } from '#ledger';
import type { Funding } from './reward.ts';

/**
 * The debit side of money given away: the merchant's own cost, the cost of the store that pays, or the part of a
 * budget lent to this book.
 */
export function costOf(funding: readonly Funding[]): Leg[] {
  return funding.map(({ party, budget, store, amount }) => ({
    account:
      party === 'funder'
        ? account('2610', budget ?? '-')
        : account('5030', party === 'store' ? (store ?? '-') : '-'),
    amount,
  }));
}

/** The credit side: what goes back to who paid it. */
export function backTo(funding: readonly Funding[]): Leg[] {
  return costOf(funding).map(({ account: ref, amount }) => ({ account: ref, amount: -amount }));
}

/** The payers of a decision, each once; a store that pays is the one that sells. */
export function payersOf(
  funding: readonly Omit<Funding, 'store'>[],
  storeId: string,
): readonly Funding[] {
  const sums = new Map<
    string,
    { party: Funding['party']; budget?: string; store?: string; amount: number }
  >();
  for (const { party, budget, amount } of funding) {
    if (amount === 0) continue;
    const key = `${party}/${budget ?? ''}`;
    const sum = sums.get(key);
    if (sum) sum.amount += amount;
    else
      sums.set(key, {
        party,
        ...(budget !== undefined && { budget }),
        ...(party === 'store' && { store: storeId }),
        amount,
      });
  }
  return [...sums.values()];
}
