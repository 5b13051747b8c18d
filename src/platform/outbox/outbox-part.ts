import { newId } from '#kernel/ids';
import { int8s, texts, timestamps, uuids } from '#platform/db/arrays';
import { realNow } from '#platform/clock';
import type { Tx } from '#platform/db/transact';
import type { Part, Scoped } from '#platform/record/part';
import { signal } from '#platform/signal';
import type { OutboxEvent } from './event.ts';
import { isSubscribed } from './subscribed.ts';

/** Says that events were written. */
export const eventsWritten = signal();

/**
 * Writes events in the transaction of a hot write. An event of a type that nobody subscribes to writes
 * no row: a later subscriber learns nothing of the past. Name it: `need(outboxPart, org, undefined)`.
 */
export const outboxPart: Part<undefined, undefined, OutboxEvent> = {
  name: 'outbox',
  rank: 3,
  lock: async () => undefined,
  decide: () => () => undefined,
  write: (tx, items) => writeEvents(tx, items),
  committed(items) {
    if (items.some(({ value }) => isSubscribed(value.type))) eventsWritten.say();
  },
};

/** Writes events in an ordinary transaction, under the same rule. */
export async function emit(tx: Tx, org: number, ...events: readonly OutboxEvent[]): Promise<void> {
  await writeEvents(
    tx,
    events.map((value) => ({ org, value })),
  );
  if (events.some(({ type }) => isSubscribed(type))) eventsWritten.say();
}

async function writeEvents(tx: Tx, items: readonly Scoped<OutboxEvent>[]): Promise<void> {
  const wanted = items.filter(({ value }) => isSubscribed(value.type));
  if (wanted.length === 0) return;
  const events = wanted.map(({ value }) => value);
  await tx.change(
    'outbox_write',
    `insert into platform.outbox (org_id, event_id, type, subject, payload, occurred_at, position, due_at)
     select u.o, u.e, u.t, u.s, u.p::jsonb, u.a, u.n, $8
       from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::uuid[]) u(o, e, t, s, p, a, n)`,
    [
      int8s(wanted.map(({ org }) => org)),
      uuids(events.map(({ eventId }) => eventId)),
      texts(events.map(({ type }) => type)),
      texts(events.map(({ subject }) => subject)),
      texts(events.map(({ payload }) => JSON.stringify(payload ?? {}))),
      timestamps(events.map(({ occurredAt }) => occurredAt)),
      uuids(events.map(() => newId())),
      realNow(),
    ],
    wanted.length,
  );
}
