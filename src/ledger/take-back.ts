import { share } from '#kernel/share';
import { account, type AccountRef } from './account.ts';
import { gathered, type Leg, type LotUse } from './journal.ts';
import type { LedgerState, LotState } from './ledger-state.ts';

/** Points that a payment granted and that go back with a refund. */
export interface PointsTakenBack {
  readonly member: string;
  readonly programme: string;
  /** The payment whose lot they came in. */
  readonly source: string;
  readonly points: number;
  /** So many of them were made good otherwise: of what is gone only the rest becomes a debt. */
  readonly settled?: number | undefined;
}

export interface TakenBack {
  readonly legs: readonly Leg[];
  readonly lotUses: readonly LotUse[];
  /** What the member had spent already and now owes. */
  readonly debt: number;
}

/**
 * Takes points back in the member's own book: what is left of the payment's lots, then, for what was spent
 * of them, the member's other lots first-expiring first, then a debt. Points that had expired are not asked
 * for again: expiry took them out of points.issued, so the taking back of their issue returns to it. The
 * provision of every lot touched is released to the fen. Points made good otherwise stay where they went.
 * @param other credited with all the points asked: points.issued, or the peer's points.due.from
 */
export function takeBackPoints(
  state: LedgerState,
  org: number,
  asked: PointsTakenBack,
  other: AccountRef,
): TakenBack {
  const wallet = account('2210', asked.member);
  const lots = state.lots(org, wallet);
  const own = lots.filter(({ source }) => source === asked.source);
  const lotUses: LotUse[] = [];
  let provision = 0;
  const take = (lot: LotState, amount: number, why: LotUse['why']) => {
    if (amount === 0) return;
    lotUses.push({ account: wallet, lotId: lot.lotId, amount, why });
    provision += share(lot.remaining, lot.valuePpm) - share(lot.remaining - amount, lot.valuePpm);
  };
  const moved = (from: 'used' | 'expired', most: number) => {
    let sum = 0;
    for (const lot of own) {
      const amount = Math.min(lot[from], most - sum);
      if (amount > 0)
        lotUses.push({ account: wallet, lotId: lot.lotId, amount, from, why: 'reversed' });
      sum += amount;
    }
    return sum;
  };
  const { settled = 0 } = asked;
  let fromOwn = 0;
  for (const lot of own) {
    const amount = Math.min(lot.remaining, asked.points - settled - fromOwn);
    take(lot, amount, 'reversed');
    fromOwn += amount;
  }
  const spent = own.length > 0 ? moved('used', asked.points - fromOwn) : asked.points;
  moved('expired', asked.points - fromOwn - spent);
  let debt = Math.max(0, spent - settled);
  const most = debt;
  for (const lot of lots) {
    if (debt === 0 || own.includes(lot)) continue;
    const amount = Math.min(lot.remaining, debt);
    take(lot, amount, 'used');
    debt -= amount;
  }
  const taken = fromOwn + most - debt;
  const gone = asked.points - taken - debt;
  const legs: Leg[] = [
    { account: wallet, amount: taken },
    { account: account('1231', asked.member), amount: debt },
    { account: account('1430', asked.programme), amount: gone },
    { account: other, amount: -asked.points },
    { account: account('2211', asked.programme), amount: provision },
    { account: account('5040', asked.programme), amount: -provision },
  ];
  return { legs: gathered(legs), lotUses, debt };
}

/** Takes cashback back from the member's wallet; what is not there any more becomes a debt in fen. */
export function takeBackCashback(
  state: LedgerState,
  org: number,
  member: string,
  fen: number,
): TakenBack {
  return takeBackMoney(state, org, account('2031', member), account('1230', member), fen);
}

/** Takes a rebate back from the merchant's rebate account; what was paid out of it is owed by the merchant. */
export function takeBackRebate(state: LedgerState, org: number, fen: number): TakenBack {
  return takeBackMoney(state, org, account('2021'), account('1220'), fen);
}

function takeBackMoney(
  state: LedgerState,
  org: number,
  wallet: AccountRef,
  owed: AccountRef,
  fen: number,
): TakenBack {
  const taken = Math.max(0, Math.min(state.available(org, wallet), fen));
  const debt = fen - taken;
  const legs: Leg[] = [
    { account: wallet, amount: taken },
    { account: owed, amount: debt },
  ];
  return { legs: legs.filter(({ amount }) => amount !== 0), lotUses: [], debt };
}
