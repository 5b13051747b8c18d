import type { Refusal } from '#kernel/refusal';
import type { Part } from '#platform/record/part';
import type { AccountRef } from './account.ts';
import { chartLine } from './chart.ts';
import { holdChanges } from './hold-changes.ts';
import { assertBalanced, isJournal, type Posting } from './journal.ts';
import { type AccountState, type Change, type Changes, LedgerState } from './ledger-state.ts';
import { lockAccounts, lockLots, type LedgerWant } from './lock-accounts.ts';
import { lockHolds, lockReversals } from './lock-holds.ts';
import { readLent } from './read-lent.ts';
import { alreadyReversed, insufficientBalance } from './refusals.ts';
import { xfersSent } from './sent.ts';
import { writePostings } from './write-journals.ts';

/**
 * The ledger's share in a hot write: locks checked accounts (and lots and holds where asked), refuses
 * what would bring one under its floor, and writes journals, entries, balances, lots, holds and transfers.
 */
export const ledgerPart: Part<LedgerWant, LedgerState, Posting> = {
  name: 'ledger',
  rank: 10,
  async lock(tx, wants) {
    const locked = lockAccounts(tx, wants);
    const [accounts, lots, holds, reversed, lent] = await Promise.all([
      locked,
      lockLots(tx, wants),
      lockHolds(tx, wants),
      lockReversals(tx, wants),
      locked.then(() => readLent(tx, wants)),
    ]);
    return new LedgerState({ accounts, lots, holds, reversed, lent });
  },
  blank: () =>
    new LedgerState({
      accounts: new Map(),
      lots: new Map(),
      holds: new Map(),
      reversed: new Set(),
    }),
  decide: decidePostings,
  write: (tx, items, state) => writePostings(tx, items, state),
  committed(items) {
    if (items.some(({ value }) => isJournal(value) && value.sends?.length)) xfersSent.say();
  },
};

function decidePostings(
  state: LedgerState,
  org: number,
  postings: readonly Posting[],
): Refusal | (() => void) {
  const changes = new Map<AccountState, Change>();
  for (const posting of postings) {
    if (!isJournal(posting)) continue;
    assertBalanced(posting.legs);
    if (posting.reverses && state.isReversed(org, posting.reverses))
      return alreadyReversed(posting.reverses);
    for (const { account, amount } of posting.legs) {
      const line = chartLine(account.code);
      if (line.checked) changeOf(changes, state.account(org, account)).posted += amount * line.side;
    }
  }
  const held = holdChanges(state, org, postings);
  if ('code' in held) return held;
  for (const [account, amount] of held.changes)
    changeOf(changes, state.account(org, account)).held += amount;
  const refused = underFloor(state, org, postings, changes);
  if (refused) return refused;
  return () => state.carry(org, postings, changes);
}

function changeOf(changes: Map<AccountState, Change>, balance: AccountState): Change {
  let change = changes.get(balance);
  if (!change) changes.set(balance, (change = { posted: 0, held: 0 }));
  return change;
}

function underFloor(
  state: LedgerState,
  org: number,
  postings: readonly Posting[],
  changes: Changes,
): Refusal | undefined {
  for (const account of touched(postings)) {
    const { floor, checked } = chartLine(account.code);
    if (!checked || floor === null) continue;
    const balance = state.account(org, account);
    const change = changes.get(balance);
    const taken = change ? change.held - change.posted : 0;
    if (taken > 0 && available(balance) - taken < floor) {
      return insufficientBalance(account, available(balance), taken);
    }
  }
  return undefined;
}

function* touched(postings: readonly Posting[]): Generator<AccountRef> {
  for (const posting of postings) {
    if (isJournal(posting)) for (const { account } of posting.legs) yield account;
    for (const { account } of posting.holds ?? []) yield account;
  }
}

function available({ posted, held }: AccountState): number {
  return posted - held;
}

export type { AccountRef, LedgerWant };
