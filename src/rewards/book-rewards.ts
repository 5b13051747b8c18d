import { newId } from '#kernel/ids';
import { share } from '#kernel/share';
import type { Day } from '#kernel/day';
import { account, type Leg, type LotGrant, type PeerJournal } from '#ledger';

/** The member rewarded, and the programme whose owner's book holds the member's wallets. */
export interface Rewarded {
  readonly memberId: string;
  readonly ownerOrg: number;
  readonly programmeId: string;
  /** fen of provision per point, in ppm. */
  readonly pointValuePpm: number;
}

/** Who pays which part of a reward. A funder pays from the part of a budget lent to this book. */
export interface Funding {
  readonly party: 'merchant' | 'store' | 'funder';
  readonly budget?: string;
  readonly amount: number;
}

export interface Granted {
  readonly kind: 'points' | 'cashback';
  readonly amount: number;
  readonly funding: readonly Funding[];
  readonly expiry: Day | null;
}

export interface BookedRewards {
  readonly legs: readonly Leg[];
  readonly grants: readonly LotGrant[];
  readonly sends: readonly PeerJournal[];
}

/**
 * The postings of rewards. In the programme owner's own book the member's wallets are credited at once;
 * from another book the amount is owed to the owner, and the transfer carries the owner's journal.
 */
export function bookRewards(
  org: number,
  { memberId, ...programme }: Rewarded,
  paymentId: string,
  granted: readonly Granted[],
): BookedRewards {
  const away = programme.ownerOrg !== org;
  const legs: Leg[] = [];
  const peer: {
    code: '2210' | '2031' | '1911' | '1910' | '5040' | '2211';
    owner: string;
    amount: number;
  }[] = [];
  const lots: { lotId: string; amount: number; valuePpm: number; expiresOn: Day | null }[] = [];
  for (const { kind, amount, funding, expiry } of granted) {
    if (kind === 'cashback') {
      legs.push(...costOf(funding));
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
    lots.push({ lotId: newId(), amount, valuePpm: programme.pointValuePpm, expiresOn: expiry });
    legs.push({ account: account('1430', programme.programmeId), amount });
    if (away) {
      legs.push({ account: account('2911', programme.ownerOrg), amount: -amount });
      peer.push(
        { code: '1911', owner: String(org), amount },
        { code: '2210', owner: memberId, amount: -amount },
      );
      peer.push({ code: '5040', owner: programme.programmeId, amount: provision });
      peer.push({ code: '2211', owner: programme.programmeId, amount: -provision });
    } else {
      legs.push({ account: account('2210', memberId), amount: -amount });
      legs.push({ account: account('5040', programme.programmeId), amount: provision });
      legs.push({ account: account('2211', programme.programmeId), amount: -provision });
    }
  }
  if (!away) {
    return {
      legs,
      grants: lots.map((lot) => ({ account: account('2210', memberId), ...lot })),
      sends: [],
    };
  }
  const sends: PeerJournal[] = [
    {
      xferId: newId(),
      org: programme.ownerOrg,
      kind: 'reward',
      source: paymentId,
      legs: peer.filter(({ amount }) => amount !== 0),
      grants: lots.map((lot) => ({ code: '2210' as const, owner: memberId, ...lot })),
    },
  ];
  return { legs, grants: [], sends: peer.length > 0 ? sends : [] };
}

/** The debit side of money given to a member: the merchant's own cost, or the budget lent to this book. */
export function costOf(funding: readonly Funding[]): Leg[] {
  return funding.map(({ party, budget, amount }) => ({
    account: party === 'funder' ? account('2610', budget ?? '-') : account('5030'),
    amount,
  }));
}
