import { realNow } from '#platform/clock';
import type { Database, Tx } from '#platform/db/transact';
import { repeat } from '#platform/repeat';
import { backOffMs } from '#platform/timer/carry-out';
import type { DeliveredEvent, Subscriber } from './event.ts';
import { type EventRow, leaseEvents } from './lease-events.ts';
import { eventsWritten } from './outbox-part.ts';
import { declareTypes } from './subscribed.ts';

export interface OutboxSettings {
  readonly db: Database;
  readonly subscribers: readonly Subscriber[];
  readonly onError?:
    | ((error: unknown, event: DeliveredEvent, subscriber: string) => void)
    | undefined;
}

export interface OutboxRelay {
  wake(): void;
  /** Delivers all that is due now; for tests and for draining. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const POLL_MS = 1000;
const LOOK_AGAIN_MS = 20;
const BATCH_MAX = 500;

/**
 * Delivers events to the subscribers of this process, at least once, in order per subject; an event goes
 * when all have it. One that fails is tried again with a growing pause, and its subject waits for it.
 */
export function relayEvents(settings: OutboxSettings): OutboxRelay {
  const undeclare = declareTypes(settings.subscribers.flatMap(({ types }) => types));
  const run = async () => {
    for (;;) {
      const { rows, full, next } = await leaseEvents(settings.db, BATCH_MAX);
      await Promise.all(
        [...bySubject(rows).values()].map((events) => deliverInOrder(settings, events)),
      );
      if (!full) return next;
    }
  };
  const loop = repeat({ everyMs: POLL_MS, run });
  const deaf = eventsWritten.hear(() => {
    loop.wake();
    setTimeout(() => loop.wake(), LOOK_AGAIN_MS).unref();
  });
  return {
    wake: () => loop.wake(),
    settle: () => loop.turn(),
    async close() {
      deaf();
      await loop.close();
      undeclare();
    },
  };
}

function bySubject(rows: readonly EventRow[]): Map<string, EventRow[]> {
  const subjects = new Map<string, EventRow[]>();
  for (const row of rows) {
    const key = `${row.org_id}/${row.subject}`;
    const list = subjects.get(key);
    if (list) list.push(row);
    else subjects.set(key, [row]);
  }
  return subjects;
}

async function deliverInOrder(
  settings: OutboxSettings,
  events: readonly EventRow[],
): Promise<void> {
  const org = (events[0] as EventRow).org_id;
  const gone: string[] = [];
  let failed: { row: EventRow; error: unknown; delivered: string[] } | undefined;
  for (const row of events) {
    failed = await deliver(settings, row);
    if (failed) break;
    gone.push(row.event_id);
  }
  const waiting = events.slice(gone.length + 1).map((row) => row.event_id);
  await settings.db.transact([org], async (tx) => {
    await tx.execute('delete from platform.outbox where org_id = $1 and event_id = any($2)', [
      org,
      gone,
    ]);
    if (!failed) return;
    await putOff(tx, failed.row, failed.delivered, failed.error);
    await tx.execute(
      `update platform.outbox set due_at = $3, attempts = greatest(attempts - 1, 0) where org_id = $1 and event_id = any($2)`,
      [org, waiting, realNow()],
    );
  });
}

async function deliver({ subscribers, onError }: OutboxSettings, row: EventRow) {
  const event: DeliveredEvent = {
    org: row.org_id,
    eventId: row.event_id,
    type: row.type,
    subject: row.subject,
    payload: row.payload,
    occurredAt: row.occurred_at,
  };
  const delivered = [...row.delivered];
  let failure: { row: EventRow; error: unknown; delivered: string[] } | undefined;
  for (const { name, types, handle } of subscribers) {
    if (!types.includes(row.type) || delivered.includes(name)) continue;
    try {
      await handle(event);
      delivered.push(name);
    } catch (error) {
      onError?.(error, event, name);
      failure ??= { row, error, delivered };
    }
  }
  return failure;
}

async function putOff(
  tx: Tx,
  row: EventRow,
  delivered: readonly string[],
  error: unknown,
): Promise<void> {
  const dueAt = new Date(realNow().getTime() + backOffMs(row.attempts));
  await tx.execute(
    `update platform.outbox set due_at = $3, delivered = $4, last_error = $5 where org_id = $1 and event_id = $2`,
    [row.org_id, row.event_id, dueAt, delivered, String(error).slice(0, 500)],
  );
}
