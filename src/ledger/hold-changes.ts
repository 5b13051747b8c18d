import type { Refusal } from '#kernel/refusal';
import type { AccountRef } from './account.ts';
import { chartLine } from './chart.ts';
import type { Posting } from './journal.ts';
import type { LedgerState } from './ledger-state.ts';
import { holdNotOpen } from './refusals.ts';

/** What the postings change of the amounts held, by account; refuses on a hold that is not open. */
export function holdChanges(
  state: LedgerState,
  org: number,
  postings: readonly Posting[],
): Refusal | { readonly changes: Map<AccountRef, number> } {
  const changes = new Map<AccountRef, number>();
  const left = new Map<string, number>();
  for (const { holds = [] } of postings) {
    for (const change of holds) {
      const { account, holdId } = change;
      if (!chartLine(account.code).checked)
        throw new RangeError(`${account.code} is tallied and takes no holds`);
      if ('amount' in change && !(Number.isSafeInteger(change.amount) && change.amount > 0)) {
        throw new RangeError(`no amount of a hold: ${change.amount}`);
      }
      const stands = left.get(holdId) ?? standing(state, org, account, holdId);
      if (change.do === 'place') {
        if (stands !== undefined) return holdNotOpen(holdId);
        left.set(holdId, change.amount);
        changes.set(account, (changes.get(account) ?? 0) + change.amount);
        continue;
      }
      const taken = change.do === 'capture' ? change.amount : (stands ?? 0);
      if (stands === undefined || stands === 0 || taken > stands) return holdNotOpen(holdId);
      left.set(holdId, stands - taken);
      changes.set(account, (changes.get(account) ?? 0) - taken);
    }
  }
  return { changes };
}

function standing(
  state: LedgerState,
  org: number,
  account: AccountRef,
  holdId: string,
): number | undefined {
  const hold = state.hold(org, holdId);
  if (hold && hold.account !== account.id) throw new Error(`hold ${holdId} is of another account`);
  return hold?.remaining;
}
