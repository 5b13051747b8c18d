import { hash } from 'node:crypto';
import type { HistoryAsked } from '#offers';
import { int8s } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Part, Scoped } from '#platform/record/part';
import { HistoryState, type Moved, nameOf, subjectOf } from './history-state.ts';
import { readDays } from './read-history.ts';

/**
 * Lets a sale decide on what its buyer bought before: reads the sales themselves, under a lock per member or
 * card, so that of two processes the second sees what the first has sold. It writes nothing.
 */
export const historyPart: Part<HistoryAsked, HistoryState, Moved> = {
  name: 'history',
  // Before all that locks rows: who waits here for another process must hold nothing that it may want.
  rank: 4,
  async lock(tx, wants) {
    if (wants.length === 0) return new HistoryState();
    const asked = distinct(wants);
    // Read in a statement of its own, whose snapshot is taken once the locks are held.
    const [, counts] = await Promise.all([lockSubjects(tx, asked), readDays(tx, asked)]);
    return new HistoryState(asked, counts);
  },
  blank: () => new HistoryState(),
  decide: (state, org, items) => () => {
    for (const moved of items) state.move(org, moved);
  },
  write: async () => undefined,
};

async function lockSubjects(tx: Tx, asked: readonly Scoped<HistoryAsked>[]): Promise<void> {
  const subjects = new Set(
    asked.map(({ org, value }) => subjectOf(org, value.whose, value.subject)),
  );
  const keys = Array.from(subjects, keyOf).toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  await tx.prepared(
    'payments_history_lock',
    'select pg_advisory_xact_lock(u.k) from unnest($1::bigint[]) u(k)',
    [int8s(keys)],
  );
}

function keyOf(subject: string): bigint {
  return hash('sha256', `payments.history/${subject}`, 'buffer').readBigInt64BE(0);
}

function distinct(wants: readonly Scoped<HistoryAsked>[]): Scoped<HistoryAsked>[] {
  return [...new Map(wants.map((want) => [nameOf(want.org, want.value), want])).values()];
}
