import { createHash } from 'node:crypto';
import { newId } from '#kernel/ids';
import { realNow } from '#platform/clock';
import { type Item, item, type Need, need } from '#platform/record/part';
import type { Recorded } from '#platform/record/intent';
import type { Recorder } from '#platform/record/record';
import { isJournal, type Journal, type Leg, type Posting } from './journal.ts';
import { ledgerPart } from './ledger-part.ts';
import { isLotAccount, type LedgerState } from './ledger-state.ts';

export function journal(legs: readonly Leg[], more: Partial<Journal> = {}): Journal {
  return {
    journalId: newId(),
    kind: 'test',
    source: newId(),
    occurredAt: realNow(),
    valueDate: '2026-06-01',
    actor: 'system:test',
    legs,
    ...more,
  };
}

/** The needs of postings: their accounts, with lots and holds. */
export function needsOf(org: number, postings: readonly Posting[]): Need[] {
  return postings.flatMap((posting) => {
    const accounts = [...(isJournal(posting) ? posting.legs : []), ...(posting.holds ?? [])];
    const reverses = isJournal(posting) && posting.reverses ? { reverses: posting.reverses } : {};
    return accounts.map(({ account }) =>
      need(ledgerPart, org, { account, lots: isLotAccount(account), holds: true, ...reverses }),
    );
  });
}

/** Records postings of one book in one hot write. */
export function post(
  recorder: Recorder,
  org: number,
  postings: readonly Posting[] | ((state: LedgerState) => readonly Posting[]),
  { key = newId(), needs }: { key?: string; needs?: readonly Need[] } = {},
): Promise<Recorded> {
  const fixed = typeof postings === 'function' ? [] : postings;
  return recorder.record({
    org,
    idempotency: { principal: 'system:test', key, hash: hashOf(key) },
    needs: needs ?? needsOf(org, fixed),
    decide(view) {
      const made = typeof postings === 'function' ? postings(view.of(ledgerPart)) : postings;
      const items: Item[] = made.map((posting) => item(ledgerPart, org, posting));
      return { kind: 'accept', status: 200, answer: '{}', items };
    },
  });
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
