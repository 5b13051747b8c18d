import type { Day } from '#kernel/day';
import { account } from './account.ts';
import type { Leg, LotUse } from './journal.ts';
import type { LedgerState } from './ledger-state.ts';
import { provisionReleased } from './provision.ts';

/** What is held stays until it is released or used; it expires the day after. */
export function expiredLots(
  state: LedgerState,
  org: number,
  member: string,
  programme: string,
  today: Day,
) {
  const wallet = account('2210', member);
  const lotUses: LotUse[] = [];
  let left = state.available(org, wallet);
  let released = 0;
  for (const lot of state.lots(org, wallet)) {
    const amount =
      lot.expiresOn !== null && lot.expiresOn < today ? Math.min(lot.remaining, left) : 0;
    if (amount <= 0) continue;
    lotUses.push({ account: wallet, lotId: lot.lotId, amount, why: 'expired' });
    released += provisionReleased(lot, amount);
    left -= amount;
  }
  const points = lotUses.reduce((sum, { amount }) => sum + amount, 0);
  const legs: Leg[] = [
    { account: wallet, amount: points },
    { account: account('1430', programme), amount: -points },
    { account: account('2211', programme), amount: released },
    { account: account('4040', programme), amount: -released },
  ];
  return { points, lotUses, legs: legs.filter(({ amount }) => amount !== 0) };
}
