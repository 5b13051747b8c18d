import type { Day } from '#kernel/day';
import type { AccountRef } from './account.ts';
import { chartLine } from './chart.ts';
import type { Journal } from './journal.ts';

/** A checked account's locked balance, in the account's own direction. */
export interface AccountState {
  posted: number;
  held: number;
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

/** The locked balances of a batch; decisions move them so that later items see earlier ones. */
export class LedgerState {
  readonly #accounts: Map<number, Map<bigint, AccountState>>;
  readonly #lots: Map<string, LotState[]>;
  readonly #reversed = new Set<string>();

  constructor(accounts: Map<number, Map<bigint, AccountState>>, lots: Map<string, LotState[]>) {
    this.#accounts = accounts;
    this.#lots = lots;
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

  /** The lots that were locked, first expiring first; also those of this batch. */
  lots(org: number, ref: AccountRef): readonly LotState[] {
    return this.#lots.get(`${org}/${ref.id}`) ?? [];
  }

  isReversed(org: number, journalId: string): boolean {
    return this.#reversed.has(`${org}/${journalId}`);
  }

  carry(org: number, journals: readonly Journal[], changes: ReadonlyMap<AccountState, number>): void {
    for (const [balance, change] of changes) balance.posted += change;
    for (const journal of journals) {
      if (journal.reverses) this.#reversed.add(`${org}/${journal.reverses}`);
      this.#carryLots(org, journal);
    }
  }

  #carryLots(org: number, { grants = [], lotUses = [], source }: Journal): void {
    for (const { account, lotId, amount, valuePpm, expiresOn } of grants) {
      const key = `${org}/${account.id}`;
      const lot = { lotId, source, granted: amount, remaining: amount, used: 0, expired: 0, reversed: 0, valuePpm, expiresOn };
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

export function firstExpiring(a: LotState, b: LotState): number {
  const left = a.expiresOn ?? '9999';
  const right = b.expiresOn ?? '9999';
  return left < right ? -1 : left > right ? 1 : a.lotId < b.lotId ? -1 : 1;
}

export function isLotAccount(ref: AccountRef): boolean {
  return 'lots' in chartLine(ref.code);
}
