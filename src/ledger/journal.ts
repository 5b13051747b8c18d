import type { Day } from '#kernel/day';
import type { AccountRef } from './account.ts';
import type { AccountCode } from './chart.ts';

/** One leg: debit above zero, credit below, in the unit of the account's asset. Never zero. */
export interface Leg {
  readonly account: AccountRef;
  readonly amount: number;
}

/** A new lot of an account in lots: the amount granted, its value and the last day it may be used. */
export interface LotGrant {
  readonly account: AccountRef;
  readonly lotId: string;
  readonly amount: number;
  /** fen of provision for each point, in ppm: 800_000 is 0.8 fen. */
  readonly valuePpm: number;
  readonly expiresOn: Day | null;
  /** The payment that granted it, where that is not the journal's source. */
  readonly source?: string;
}

/** What moves within a lot: from what remains (unless said otherwise) to why it is gone. */
export interface LotUse {
  readonly account: AccountRef;
  readonly lotId: string;
  readonly amount: number;
  readonly from?: 'remaining' | 'used' | 'expired';
  readonly why: 'used' | 'expired' | 'reversed';
}

/** The peer's side of a transfer as data: its relay posts exactly this. */
export interface PeerJournal {
  readonly xferId: string;
  readonly org: number;
  readonly kind: string;
  /** The payment or refund that it comes from: the source of the peer's journal and of its lots. */
  readonly source: string;
  readonly legs: readonly {
    readonly code: AccountCode;
    readonly owner: string;
    readonly amount: number;
  }[];
  /** Unused budget that comes home: the borrower is the sender. */
  readonly bringsBack?: { readonly budget: string; readonly amount: number };
  readonly grants?: readonly {
    readonly code: AccountCode;
    readonly owner: string;
    readonly lotId: string;
    readonly amount: number;
    readonly valuePpm: number;
    readonly expiresOn: Day | null;
    readonly source?: string;
  }[];
  /**
   * Points and cashback to take back from a member by the payment they came from; what is gone becomes
   * debt. The relay adds these postings to `legs`, against due.from of the sender, and releases the
   * provision of the points against cost.points.
   */
  readonly takeBack?: {
    readonly source: string;
    readonly member: string;
    readonly programme: string;
    readonly points: number;
    readonly cashback: number;
    /** So many of the points were made good to the receiver otherwise. */
    readonly settled?: number;
  };
}

/**
 * What happens to an amount set aside. `place` takes it out of what is available; `capture` gives a part
 * back because a journal of the same write moves it; `release` and `expire` give back all that is left.
 */
export type HoldChange =
  | {
      readonly do: 'place';
      readonly account: AccountRef;
      readonly holdId: string;
      readonly amount: number;
      readonly source: string;
      readonly expiresAt: Date | null;
    }
  | {
      readonly do: 'capture';
      readonly account: AccountRef;
      readonly holdId: string;
      readonly amount: number;
    }
  | { readonly do: 'release' | 'expire'; readonly account: AccountRef; readonly holdId: string };

/** Holds that change without a journal. */
export interface HoldsOnly {
  readonly holds: readonly HoldChange[];
}

/** What the ledger writes in one piece. */
export type Posting = Journal | HoldsOnly;

/** One balanced posting of one book, 2 to 64 legs. */
export interface Journal {
  readonly journalId: string;
  readonly kind: string;
  /** The payment, refund, transfer or timer it comes from. */
  readonly source: string;
  readonly occurredAt: Date;
  readonly valueDate: Day;
  readonly actor: string;
  readonly legs: readonly Leg[];
  readonly grants?: readonly LotGrant[];
  readonly lotUses?: readonly LotUse[];
  /** The journal this one mirrors exactly; at most one may. */
  readonly reverses?: string;
  /** The transfer this journal is the receiving side of. */
  readonly receives?: { readonly xferId: string; readonly from: number };
  readonly sends?: readonly PeerJournal[];
  readonly holds?: readonly HoldChange[];
  /** The part of a budget that this journal lends to another book (above zero) or takes back (below). */
  readonly lends?: { readonly budget: string; readonly borrower: number; readonly amount: number };
}

export function isJournal(posting: Posting): posting is Journal {
  return 'journalId' in posting;
}

/**
 * Adds legs of the same account together and drops those that cancel out, keeping the first order.
 * A ticket of a thousand lines is still one small journal.
 */
export function gathered(legs: readonly Leg[]): Leg[] {
  const sums = new Map<bigint, { account: AccountRef; amount: number }>();
  for (const { account, amount } of legs) {
    const sum = sums.get(account.id);
    if (sum) sum.amount += amount;
    else sums.set(account.id, { account, amount });
  }
  return [...sums.values()].filter(({ amount }) => amount !== 0);
}

/** The same legs with signs turned: what an exact reversal posts. */
export function mirrored(legs: readonly Leg[]): Leg[] {
  return legs.map(({ account, amount }) => ({ account, amount: -amount }));
}

/** @throws RangeError unless the legs are 2 to 64, none zero, all whole, and sum to zero per asset. */
export function assertBalanced(legs: readonly Leg[]): void {
  if (legs.length < 2 || legs.length > 64)
    throw new RangeError(`a journal has 2 to 64 legs, not ${legs.length}`);
  let money = 0;
  let points = 0;
  for (const { account, amount } of legs) {
    if (amount === 0 || !Number.isSafeInteger(amount))
      throw new RangeError(`no amount of a leg: ${amount}`);
    if (account.asset === 1) money += amount;
    else points += amount;
  }
  if (money !== 0 || points !== 0)
    throw new RangeError(`unbalanced by ${money} fen and ${points} points`);
}
