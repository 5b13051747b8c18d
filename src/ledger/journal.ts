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
  readonly legs: readonly { readonly code: AccountCode; readonly owner: string; readonly amount: number }[];
  readonly grants?: readonly {
    readonly code: AccountCode;
    readonly owner: string;
    readonly lotId: string;
    readonly amount: number;
    readonly valuePpm: number;
    readonly expiresOn: Day | null;
  }[];
  /** Points to take back by the payment they came from; what is gone becomes the member's debt. */
  readonly takeBack?: {
    readonly source: string;
    readonly member: string;
    readonly programme: string;
    readonly points: number;
    readonly cashback: number;
  };
}

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
  if (legs.length < 2 || legs.length > 64) throw new RangeError(`a journal has 2 to 64 legs, not ${legs.length}`);
  let money = 0;
  let points = 0;
  for (const { account, amount } of legs) {
    if (amount === 0 || !Number.isSafeInteger(amount)) throw new RangeError(`no amount of a leg: ${amount}`);
    if (account.asset === 1) money += amount;
    else points += amount;
  }
  if (money !== 0 || points !== 0) throw new RangeError(`unbalanced by ${money} fen and ${points} points`);
}
