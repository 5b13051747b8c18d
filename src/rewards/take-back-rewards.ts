import { newId } from '#kernel/ids';
import {
  account,
  type LedgerState,
  type Leg,
  type LotUse,
  type PeerJournal,
  takeBackCashback,
  takeBackPoints,
} from '#ledger';
import { costOf, type Funding, type Rewarded } from './book-rewards.ts';

/** A part of a reward that goes back with a refund, with its payers. */
export interface Returned {
  readonly kind: 'points' | 'cashback';
  readonly amount: number;
  readonly funding: readonly Funding[];
}

export interface BookedReturn {
  readonly legs: readonly Leg[];
  readonly lotUses: readonly LotUse[];
  readonly sends: readonly PeerJournal[];
  /** What the member had spent already and now owes; null where another book finds out. */
  readonly debt: { readonly points: number; readonly cashback: number } | null;
}

/** The postings that take rewards of `paymentId` back; in another book the transfer carries the order. */
export function takeBackRewards(
  state: LedgerState,
  org: number,
  { memberId, ownerOrg, programmeId }: Rewarded,
  paymentId: string,
  returned: readonly Returned[],
): BookedReturn {
  const points = sumOf(returned, 'points');
  const cashback = sumOf(returned, 'cashback');
  const funded = returned
    .filter(({ kind }) => kind === 'cashback')
    .flatMap(({ funding }) => costOf(funding))
    .map(({ account: ref, amount }) => ({ account: ref, amount: -amount }));
  if (ownerOrg !== org) {
    const legs: Leg[] = [...funded];
    if (cashback > 0) legs.push({ account: account('2910', ownerOrg), amount: cashback });
    if (points > 0) {
      legs.push({ account: account('2911', ownerOrg), amount: points });
      legs.push({ account: account('1430', programmeId), amount: -points });
    }
    const takeBack = {
      source: paymentId,
      member: memberId,
      programme: programmeId,
      points,
      cashback,
    };
    const send: PeerJournal = {
      xferId: newId(),
      org: ownerOrg,
      kind: 'reward.back',
      source: paymentId,
      legs: [],
      takeBack,
    };
    return { legs, lotUses: [], sends: points + cashback > 0 ? [send] : [], debt: null };
  }
  const back = { member: memberId, programme: programmeId, source: paymentId, points };
  const inPoints =
    points > 0 ? takeBackPoints(state, org, back, account('1430', programmeId)) : NOTHING;
  const inMoney = cashback > 0 ? takeBackCashback(state, org, memberId, cashback) : NOTHING;
  return {
    legs: [...funded, ...inPoints.legs, ...inMoney.legs],
    lotUses: [...inPoints.lotUses, ...inMoney.lotUses],
    sends: [],
    debt: { points: inPoints.debt, cashback: inMoney.debt },
  };
}

const NOTHING = { legs: [], lotUses: [], debt: 0 } as const;

function sumOf(returned: readonly Returned[], kind: Returned['kind']): number {
  return returned.reduce((sum, part) => (part.kind === kind ? sum + part.amount : sum), 0);
}
