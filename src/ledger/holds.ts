import { type Item, item, type Need, need } from '#platform/record/part';
import type { AccountRef } from './account.ts';
import type { HoldChange } from './journal.ts';
import { ledgerPart } from './ledger-part.ts';

/** What a hot write needs to change holds of an account. */
export function holdNeed(org: number, account: AccountRef): Need {
  return need(ledgerPart, org, { account, holds: true });
}

/**
 * Changes of holds without a journal, as an item of a hot write. A capture belongs into the journal that
 * moves the amount (`Journal.holds`): what leaves the hold and what leaves the account is one decision.
 */
export function holdItem(org: number, ...holds: readonly HoldChange[]): Item {
  return item(ledgerPart, org, { holds });
}

/** Sets `amount` aside; refused with `insufficient_balance` if it is not available. */
export function placeHold(
  account: AccountRef,
  hold: {
    readonly holdId: string;
    readonly amount: number;
    readonly source: string;
    readonly expiresAt?: Date | null;
  },
): HoldChange {
  return { do: 'place', account, ...hold, expiresAt: hold.expiresAt ?? null };
}

/** Takes `amount` out of a hold, which stays open with the rest. */
export function captureHold(account: AccountRef, holdId: string, amount: number): HoldChange {
  return { do: 'capture', account, holdId, amount };
}

/** Makes all that is left of a hold available again. */
export function releaseHold(account: AccountRef, holdId: string): HoldChange {
  return { do: 'release', account, holdId };
}

/** Like `releaseHold`, because its time is over: the timer that the holder set calls it. */
export function expireHold(account: AccountRef, holdId: string): HoldChange {
  return { do: 'expire', account, holdId };
}
