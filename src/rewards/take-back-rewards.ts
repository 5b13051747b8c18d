import { newId } from '#kernel/ids';
import {
  account,
  type AccountRef,
  gathered,
  type LedgerState,
  type Leg,
  type LotUse,
  type PeerJournal,
  takeBackCashback,
  takeBackPoints,
  takeBackRebate,
} from '#ledger';
import { waitingAccount } from './book-rewards.ts';
import { backTo } from './payers.ts';
import type { Funding, Rewarded } from './reward.ts';

/** A part of a reward that goes back with a refund, with its payers. */
export interface Returned {
  readonly kind: 'points' | 'cashback';
  readonly to?: 'merchant';
  /** It has not arrived yet. */
  readonly waits: boolean;
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

/**
 * The postings that take rewards of `paymentId` back: what waits from where it waits, what has arrived from the
 * wallets; in another book the transfer carries the order.
 */
export function takeBackRewards(
  state: LedgerState,
  org: number,
  member: Rewarded | null,
  paymentId: string,
  returned: readonly Returned[],
): BookedReturn {
  const funded = returned
    .filter(({ kind }) => kind === 'cashback')
    .flatMap(({ funding }) => backTo(funding));
  const waiting = returned.filter(({ waits }) => waits).flatMap((each) => unpromised(each, member));
  const arrived = returned.filter(({ waits }) => !waits);
  const rebate = sumOf(arrived.filter(({ to }) => to === 'merchant'));
  const rebated = rebate > 0 ? takeBackRebate(state, org, rebate).legs : [];
  const own = arrived.filter(({ to }) => to !== 'merchant');
  const issued = account('1430', member?.programmeId ?? '-');
  const wallets =
    member && own.length > 0 ? fromWallets(state, org, member, paymentId, own, issued) : UNTOUCHED;
  return { ...wallets, legs: gathered([...funded, ...waiting, ...rebated, ...wallets.legs]) };
}

/** What waits is not the member's yet: it leaves without a trace in the wallets. */
function unpromised({ kind, to, amount }: Returned, member: Rewarded | null): Leg[] {
  const waits = { account: waitingAccount(kind, to, member), amount };
  return kind === 'points'
    ? [waits, { account: account('1430', member?.programmeId ?? '-'), amount: -amount }]
    : [waits];
}

/** Takes what is asked out of the member's wallets; its points are credited to `pointsTo`. */
export function fromWallets(
  state: LedgerState,
  org: number,
  { memberId, ownerOrg, programmeId }: Omit<Rewarded, 'pointValuePpm'>,
  paymentId: string,
  returned: readonly Pick<Returned, 'kind' | 'amount'>[],
  pointsTo: AccountRef,
): BookedReturn {
  const points = sumOf(returned.filter(({ kind }) => kind === 'points'));
  const cashback = sumOf(returned.filter(({ kind }) => kind === 'cashback'));
  if (ownerOrg !== org) {
    const legs: Leg[] = [];
    if (cashback > 0) legs.push({ account: account('2910', ownerOrg), amount: cashback });
    if (points > 0) {
      legs.push({ account: account('2911', ownerOrg), amount: points });
      legs.push({ account: pointsTo, amount: -points });
    }
    const send: PeerJournal = {
      xferId: newId(),
      org: ownerOrg,
      kind: 'reward.back',
      source: paymentId,
      legs: [],
      takeBack: { source: paymentId, member: memberId, programme: programmeId, points, cashback },
    };
    return { legs, lotUses: [], sends: points + cashback > 0 ? [send] : [], debt: null };
  }
  const back = { member: memberId, programme: programmeId, source: paymentId, points };
  const inPoints = points > 0 ? takeBackPoints(state, org, back, pointsTo) : NOTHING;
  const inMoney = cashback > 0 ? takeBackCashback(state, org, memberId, cashback) : NOTHING;
  return {
    legs: [...inPoints.legs, ...inMoney.legs],
    lotUses: [...inPoints.lotUses, ...inMoney.lotUses],
    sends: [],
    debt: { points: inPoints.debt, cashback: inMoney.debt },
  };
}

const NOTHING = { legs: [], lotUses: [], debt: 0 } as const;
const UNTOUCHED: BookedReturn = {
  legs: [],
  lotUses: [],
  sends: [],
  debt: { points: 0, cashback: 0 },
};

function sumOf(returned: readonly Pick<Returned, 'amount'>[]): number {
  return returned.reduce((sum, { amount }) => sum + amount, 0);
}
