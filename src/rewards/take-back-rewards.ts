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
import type { Missing, Settled } from './settle-shortage.ts';

/** A part of a reward that goes back with a refund, with its payers. */
export interface Returned {
  readonly kind: 'points' | 'cashback';
  readonly to?: 'merchant';
  /** It has not arrived yet. */
  readonly waits: boolean;
  readonly amount: number;
  /** Who gets how much back: all of the amount, but for what they bear. */
  readonly funding: readonly Funding[];
  /** What the member has spent of it, settled. */
  readonly settled?: Settled | undefined;
}

/** The wallets that a reward goes back out of. */
export function inWallets({ waits, to }: Pick<Returned, 'waits' | 'to'>): boolean {
  return !waits && to !== 'merchant';
}

/**
 * What the member no longer has of rewards of `paymentId`, as the wallets stand in the owner's book.
 * @param state of that book
 */
export function missingOf(
  state: LedgerState,
  { memberId, ownerOrg, programmeId }: Omit<Rewarded, 'pointValuePpm'>,
  paymentId: string,
  returned: readonly Returned[],
): Missing {
  const own = returned.filter(inWallets);
  const points = sumOf(own.filter(({ kind }) => kind === 'points'));
  const cashback = sumOf(own.filter(({ kind }) => kind === 'cashback'));
  const back = { member: memberId, programme: programmeId, source: paymentId, points };
  return {
    points: points > 0 ? takeBackPoints(state, ownerOrg, back, account('1430')).debt : 0,
    cashback: cashback > 0 ? takeBackCashback(state, ownerOrg, memberId, cashback).debt : 0,
  };
}

/** fen that the points of `paymentId` were provided for with, in ppm each; null where there are none in the wallet. */
export function pointValueOf(
  state: LedgerState,
  { memberId, ownerOrg }: Pick<Rewarded, 'memberId' | 'ownerOrg'>,
  paymentId: string,
): number | null {
  const lots = state.lots(ownerOrg, account('2210', memberId));
  return lots.find(({ source }) => source === paymentId)?.valuePpm ?? null;
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
  const own = arrived.filter(inWallets);
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

type Taken = Pick<Returned, 'kind' | 'amount' | 'settled'>;

/**
 * Takes what is asked out of the member's wallets; its points are credited to `pointsTo`. Of what was settled, money
 * is not asked for again, points count as used, and what was withheld for them is the owner's.
 */
export function fromWallets(
  state: LedgerState,
  org: number,
  { memberId, ownerOrg, programmeId }: Omit<Rewarded, 'pointValuePpm'>,
  paymentId: string,
  returned: readonly Taken[],
  pointsTo: AccountRef,
): BookedReturn {
  const inPointsOnly = returned.filter(({ kind }) => kind === 'points');
  const inMoneyOnly = returned.filter(({ kind }) => kind === 'cashback');
  const points = sumOf(inPointsOnly);
  const settled = settledOf(inPointsOnly);
  const withheld = inPointsOnly.reduce((sum, each) => sum + (each.settled?.withheld ?? 0), 0);
  const cashback = sumOf(inMoneyOnly) - settledOf(inMoneyOnly);
  const paysFor: Leg = { account: account('5040', programmeId), amount: -withheld };
  if (ownerOrg !== org) {
    const legs: Leg[] = [];
    if (cashback > 0) legs.push({ account: account('2910', ownerOrg), amount: cashback });
    if (points > 0) {
      legs.push({ account: account('2911', ownerOrg), amount: points });
      legs.push({ account: pointsTo, amount: -points });
    }
    if (withheld > 0) legs.push({ account: account('2910', ownerOrg), amount: -withheld });
    const send: PeerJournal = {
      xferId: newId(),
      org: ownerOrg,
      kind: 'reward.back',
      source: paymentId,
      legs:
        withheld > 0
          ? [
              { code: '1910', owner: String(org), amount: withheld },
              { code: '5040', owner: programmeId, amount: -withheld },
            ]
          : [],
      takeBack: {
        source: paymentId,
        member: memberId,
        programme: programmeId,
        points,
        cashback,
        ...(settled > 0 && { settled }),
      },
    };
    return { legs, lotUses: [], sends: points + cashback > 0 ? [send] : [], debt: null };
  }
  const back = { member: memberId, programme: programmeId, source: paymentId, points, settled };
  const inPoints = points > 0 ? takeBackPoints(state, org, back, pointsTo) : NOTHING;
  const inMoney = cashback > 0 ? takeBackCashback(state, org, memberId, cashback) : NOTHING;
  return {
    legs: [...inPoints.legs, ...inMoney.legs, ...(withheld > 0 ? [paysFor] : [])],
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

function settledOf(returned: readonly Taken[]): number {
  return returned.reduce(
    (sum, { settled }) => sum + (settled ? settled.covered + settled.borne : 0),
    0,
  );
}

function sumOf(returned: readonly Pick<Returned, 'amount'>[]): number {
  return returned.reduce((sum, { amount }) => sum + amount, 0);
}
