import { newId } from '#kernel/ids';
import { share } from '#kernel/share';
import type { Day } from '#kernel/day';
import { account, type Leg, type LotGrant, type PeerJournal } from '#ledger';
import { costOf } from './payers.ts';
import { type Arrival, type Funding, isAtOnce, type Rewarded } from './reward.ts';

/** Points or cashback to be posted. */
export interface ToBook {
  readonly kind: 'points' | 'cashback';
  /** Cashback to the rebate account of the merchant who sells. */
  readonly to?: 'merchant';
  readonly amount: number;
  readonly funding: readonly Funding[];
  readonly arrival: Arrival;
  readonly expiry: Day | null;
}

export interface BookedRewards {
  readonly legs: readonly Leg[];
  readonly grants: readonly LotGrant[];
  readonly sends: readonly PeerJournal[];
}

/**
 * The postings of what a sale grants. What may be used at once is credited to the member's wallets in the
 * programme owner's own book; from another book the amount is owed to the owner, and the transfer carries the
 * owner's journal. What waits, and the merchant's rebates, stay in the book of the sale.
 */
export function bookRewards(
  org: number,
  member: Rewarded | null,
  paymentId: string,
  granted: readonly ToBook[],
): BookedRewards {
  const legs: Leg[] = [];
  const now: ToWallet[] = [];
  for (const { kind, to, amount, funding, arrival, expiry } of granted) {
    if (kind === 'cashback') legs.push(...costOf(funding));
    if (kind === 'points') legs.push({ account: account('1430', programmeOf(member)), amount });
    if (to === 'merchant' || !isAtOnce(arrival))
      legs.push({ account: restingPlace(kind, to, member, isAtOnce(arrival)), amount: -amount });
    else now.push({ kind, amount, expiresOn: expiry, source: paymentId });
  }
  if (member === null || now.length === 0) return { legs, grants: [], sends: [] };
  const wallets = bookWallets(org, member, paymentId, now);
  return { ...wallets, legs: [...legs, ...wallets.legs] };
}

function programmeOf(member: Rewarded | null): string {
  if (member === null) throw new Error('points and cashback are for a member');
  return member.programmeId;
}

/** Where what waits stands, and the merchant's own account. */
function restingPlace(
  kind: ToBook['kind'],
  to: ToBook['to'],
  member: Pick<Rewarded, 'memberId'> | null,
  atOnce: boolean,
) {
  if (to === 'merchant') return account(atOnce ? '2021' : '2020');
  if (member === null) throw new Error('points and cashback are for a member');
  return account(kind === 'points' ? '2212' : '2030', member.memberId);
}

/** The account in which points or cashback of a member, or a rebate, wait. */
export function waitingAccount(
  kind: ToBook['kind'],
  to: ToBook['to'],
  member: Pick<Rewarded, 'memberId'> | null,
) {
  return restingPlace(kind, to, member, false);
}

/** Points or cashback that a member may use from now on; `source` is the payment that granted them. */
export interface ToWallet {
  readonly kind: 'points' | 'cashback';
  readonly amount: number;
  readonly expiresOn: Day | null;
  readonly source: string;
}

/** The credit side in the member's wallets, wherever they stand. */
export function bookWallets(
  org: number,
  { memberId, ...programme }: Rewarded,
  source: string,
  granted: readonly ToWallet[],
): BookedRewards {
  const away = programme.ownerOrg !== org;
  const legs: Leg[] = [];
  const peer: PeerLeg[] = [];
  const lots: Lot[] = [];
  for (const { kind, amount, expiresOn, source: payment } of granted) {
    if (kind === 'cashback') {
      if (away) {
        legs.push({ account: account('2910', programme.ownerOrg), amount: -amount });
        peer.push(
          { code: '1910', owner: String(org), amount },
          { code: '2031', owner: memberId, amount: -amount },
        );
      } else legs.push({ account: account('2031', memberId), amount: -amount });
      continue;
    }
    const provision = share(amount, programme.pointValuePpm);
    const lot = { lotId: newId(), amount, valuePpm: programme.pointValuePpm, expiresOn };
    lots.push(payment === source ? lot : { ...lot, source: payment });
    if (away) {
      legs.push({ account: account('2911', programme.ownerOrg), amount: -amount });
      peer.push(
        { code: '1911', owner: String(org), amount },
        { code: '2210', owner: memberId, amount: -amount },
        { code: '5040', owner: programme.programmeId, amount: provision },
        { code: '2211', owner: programme.programmeId, amount: -provision },
      );
    } else {
      legs.push({ account: account('2210', memberId), amount: -amount });
      legs.push({ account: account('5040', programme.programmeId), amount: provision });
      legs.push({ account: account('2211', programme.programmeId), amount: -provision });
    }
  }
  if (!away) {
    const wallet = account('2210', memberId);
    return { legs, grants: lots.map((lot) => ({ account: wallet, ...lot })), sends: [] };
  }
  const send: PeerJournal = {
    xferId: newId(),
    org: programme.ownerOrg,
    kind: 'reward',
    source,
    legs: summed(peer),
    grants: lots.map((lot) => ({ code: '2210' as const, owner: memberId, ...lot })),
  };
  return { legs, grants: [], sends: peer.length > 0 ? [send] : [] };
}

interface PeerLeg {
  readonly code: '2210' | '2031' | '1911' | '1910' | '5040' | '2211';
  readonly owner: string;
  readonly amount: number;
}

interface Lot {
  readonly lotId: string;
  readonly amount: number;
  readonly valuePpm: number;
  readonly expiresOn: Day | null;
  readonly source?: string;
}

/** One leg per account: what arrives of many sales together is still one small journal. */
function summed(legs: readonly PeerLeg[]): PeerLeg[] {
  const sums = new Map<string, { code: PeerLeg['code']; owner: string; amount: number }>();
  for (const leg of legs) {
    const sum = sums.get(`${leg.code}/${leg.owner}`);
    if (sum) sum.amount += leg.amount;
    else sums.set(`${leg.code}/${leg.owner}`, { ...leg });
  }
  return [...sums.values()].filter(({ amount }) => amount !== 0);
}
