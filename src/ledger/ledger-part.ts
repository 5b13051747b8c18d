import type { Refusal } from '#kernel/refusal';
import type { Part, Scoped } from '#platform/record/part';
import type { AccountRef } from './account.ts';
import { chartLine } from './chart.ts';
import { assertBalanced, type Journal } from './journal.ts';
import { lockAccounts, lockLots, type LedgerWant } from './lock-accounts.ts';
import { type AccountState, LedgerState } from './ledger-state.ts';
import { alreadyReversed, insufficientBalance } from './refusals.ts';
import { writeJournals } from './write-journals.ts';

/**
 * The ledger's share in a hot write: locks checked accounts (and lots where asked), refuses what would
 * bring one under its floor, and writes journals, entries, balances, lots and transfers.
 */
export const ledgerPart: Part<LedgerWant, LedgerState, Journal> = {
  name: 'ledger',
  rank: 10,
  async lock(tx, wants) {
    const accounts = lockAccounts(tx, wants);
    const lots = lockLots(tx, wants);
    return new LedgerState(await accounts, await lots);
  },
  decide: decideJournals,
  write: (tx, items, state) => writeJournals(tx, items as readonly Scoped<Journal>[], state),
};

function decideJournals(state: LedgerState, org: number, journals: readonly Journal[]): Refusal | (() => void) {
  const changes = new Map<AccountState, number>();
  for (const journal of journals) {
    assertBalanced(journal.legs);
    if (journal.reverses && state.isReversed(org, journal.reverses)) return alreadyReversed(journal.reverses);
    for (const { account, amount } of journal.legs) {
      const line = chartLine(account.code);
      if (!line.checked) continue;
      const balance = state.account(org, account);
      changes.set(balance, (changes.get(balance) ?? 0) + amount * line.side);
    }
  }
  const refused = underFloor(state, org, journals, changes);
  if (refused) return refused;
  return () => state.carry(org, journals, changes);
}

function underFloor(
  state: LedgerState,
  org: number,
  journals: readonly Journal[],
  changes: ReadonlyMap<AccountState, number>,
): Refusal | undefined {
  for (const { legs } of journals) {
    for (const { account } of legs) {
      const { floor, checked } = chartLine(account.code);
      if (!checked || floor === null) continue;
      const balance = state.account(org, account);
      const change = changes.get(balance) ?? 0;
      if (change < 0 && balance.posted - balance.held + change < floor) {
        return insufficientBalance(account, available(balance), -change);
      }
    }
  }
  return undefined;
}

function available({ posted, held }: AccountState): number {
  return posted - held;
}

export type { AccountRef, LedgerWant };
