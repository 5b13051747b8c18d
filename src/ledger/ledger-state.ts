import type { Day } from '#kernel/day';
import type { AccountRef } from './account.ts';
import { chartLine } from './chart.ts';
import { type HoldChange, isJournal, type Journal, type Posting } from './journal.ts';

/** A checked account's locked balance, in the account's own direction. */
export interface AccountState {
  posted: number;
  held: number;
  /** As it was when locked. */
  readonly before: { readonly posted: number; readonly held: number };
}

/** A lot as locked, and as the batch has changed it so far. */
export interface LotState {
  readonly lotId: string;
  readonly source: string;
  readonly granted: number;
  remaining: number;
  used: number;
  expired: number;
  reversed: number;
  readonly valuePpm: number;
  readonly expiresOn: Day | null;
}

/** An open hold as locked, and as the batch has changed it so far. */
export interface HoldState {
  readonly holdId: string;
  readonly account: bigint;
  readonly source: string;
  remaining: number;
  state: 'open' | 'captured' | 'released' | 'expired';
}

/** What postings change of one account: posted and held, in the account's own direction. */
export interface Change {
  posted: number;
  held: number;
}

export type Changes = ReadonlyMap<AccountState, Change>;

/** What of the ledger was read and locked for a batch. */
export interface Locked {
  readonly accounts: Map<number, Map<bigint, AccountState>>;
  readonly lots: Map<string, LotState[]>;
  readonly holds: Map<string, HoldState>;
  readonly reversed: Set<string>;
  /** fen lent of budgets, by org and budget, where asked. */
  readonly lent?: Map<string, number>;
}

/** The locked balances of a batch; decisions move them so that later items see earlier ones. */
export class LedgerState {
  readonly #accounts: Locked['accounts'];
  readonly #lots: Locked['lots'];
  readonly #holds: Locked['holds'];
  readonly #reversed: Locked['reversed'];
  readonly #lent: Map<string, number>;

  constructor({ accounts, lots, holds, reversed, lent = new Map() }: Locked) {
    this.#accounts = accounts;
    this.#lots = lots;
    this.#holds = holds;
    this.#reversed = reversed;
    this.#lent = lent;
  }

  /** @throws if the account was not wanted, and so is not locked. */
  account(org: number, ref: AccountRef): AccountState {
    const found = this.#accounts.get(org)?.get(ref.id);
    if (!found) throw new Error(`account ${ref.code}/${ref.owner} of org ${org} is not locked`);
    return found;
  }

  /** fen or points that may still leave the account. */
  available(org: number, ref: AccountRef): number {
    const { posted, held } = this.account(org, ref);
    return posted - held;
  }

  /** fen paid into a budget so far, if what is lent of it was wanted. */
  funded(org: number, budget: AccountRef): number {
    return this.account(org, budget).posted + (this.#lent.get(`${org}/${budget.owner}`) ?? 0);
  }

  /** The lots that were locked, first expiring first; also those of this batch. */
  lots(org: number, ref: AccountRef): readonly LotState[] {
    return this.#lots.get(`${org}/${ref.id}`) ?? [];
  }

  isReversed(org: number, journalId: string): boolean {
    return this.#reversed.has(`${org}/${journalId}`);
  }

  /** A hold that was locked or placed in this batch; open or not. */
  hold(org: number, holdId: string): HoldState | undefined {
    return this.#holds.get(`${org}/${holdId}`);
  }

  /** The account's open holds, if they were wanted. */
  openHolds(org: number, ref: AccountRef): readonly HoldState[] {
    const prefix = `${org}/`;
    return [...this.#holds]
      .filter(
        ([key, { account, state }]) =>
          state === 'open' && account === ref.id && key.startsWith(prefix),
      )
      .map(([, hold]) => hold);
  }

  carry(org: number, postings: readonly Posting[], changes: Changes): void {
    for (const [balance, { posted, held }] of changes) {
      balance.posted += posted;
      balance.held += held;
    }
    for (const posting of postings) {
      for (const change of posting.holds ?? []) this.#carryHold(org, change);
      if (!isJournal(posting)) continue;
      if (posting.lends) {
        const name = `${org}/${posting.lends.budget}`;
        this.#lent.set(name, (this.#lent.get(name) ?? 0) + posting.lends.amount);
      }
      if (posting.reverses) this.#reversed.add(`${org}/${posting.reverses}`);
      this.#carryLots(org, posting);
    }
  }

  #carryHold(org: number, change: HoldChange): void {
    if (change.do === 'place') {
      const { holdId, account, amount, source } = change;
      this.#holds.set(`${org}/${holdId}`, {
        holdId,
        account: account.id,
        source,
        remaining: amount,
        state: 'open',
      });
      return;
    }
    const hold = this.hold(org, change.holdId);
    if (!hold) throw new Error(`hold ${change.holdId} is not locked`);
    hold.remaining -= change.do === 'capture' ? change.amount : hold.remaining;
    if (hold.remaining === 0) hold.state = ENDED[change.do];
  }

  #carryLots(org: number, { grants = [], lotUses = [], source }: Journal): void {
    for (const { account, lotId, amount, valuePpm, expiresOn, ...grant } of grants) {
      const key = `${org}/${account.id}`;
      const lot = {
        lotId,
        source: grant.source ?? source,
        granted: amount,
        remaining: amount,
        used: 0,
        expired: 0,
        reversed: 0,
        valuePpm,
        expiresOn,
      };
      this.#lots.set(key, [...(this.#lots.get(key) ?? []), lot].sort(firstExpiring));
    }
    for (const { account, lotId, amount, from = 'remaining', why } of lotUses) {
      const lot = this.lots(org, account).find((candidate) => candidate.lotId === lotId);
      if (!lot || lot[from] < amount) throw new Error(`lot ${lotId} has no ${amount} ${from}`);
      lot[from] -= amount;
      lot[why] += amount;
    }
  }
}

const ENDED = { capture: 'captured', release: 'released', expire: 'expired' } as const;

export function firstExpiring(a: LotState, b: LotState): number {
  const left = a.expiresOn ?? '9999';
  const right = b.expiresOn ?? '9999';
  return left < right ? -1 : left > right ? 1 : a.lotId < b.lotId ? -1 : 1;
}

export function isLotAccount(ref: AccountRef): boolean {
  return 'lots' in chartLine(ref.code);
}
