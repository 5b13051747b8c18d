import { realNow } from '#platform/clock';
import type { Database } from '#platform/db/transact';

export interface EventRow {
  org_id: number;
  event_id: string;
  type: string;
  subject: string;
  payload: unknown;
  occurred_at: Date;
  position: string;
  attempts: number;
  delivered: string[];
}

const LEASE_MS = 30_000;

/**
 * Leases events that are due and have no earlier one of their subject that is leased or put off, in the
 * order of writing. `full` says that more may be due.
 */
export async function leaseEvents(
  db: Database,
  max: number,
): Promise<{ rows: EventRow[]; full: boolean; next: Date | undefined }> {
  const now = realNow();
  const { due, next } = await db.sweep(async (tx) => ({
    due: await tx.prepared<{ org_id: number; event_id: string }>(
      'outbox_due',
      `select o.org_id, o.event_id from platform.outbox o
        where o.due_at <= $1 and not exists (
          select from platform.outbox p
           where p.org_id = o.org_id and p.subject = o.subject and p.position < o.position and p.due_at > $1)
        order by o.due_at, o.position limit $2`,
      [now, max],
    ),
    next: (
      await tx.prepared<{ due_at: Date }>(
        'outbox_next',
        'select due_at from platform.outbox where due_at > $1 order by due_at limit 1',
        [now],
      )
    )[0]?.due_at,
  }));
  if (due.length === 0) return { rows: [], full: false, next };
  const rows = await db.transact([...new Set(due.map(({ org_id: org }) => org))], (tx) =>
    tx.query<EventRow>(
      `with taken as (
         select o.org_id g, o.event_id e from unnest($1::bigint[], $2::uuid[]) u(o, i)
           join platform.outbox o on o.org_id = u.o and o.event_id = u.i
          where o.due_at <= $3 order by o.position for update of o skip locked)
       update platform.outbox o set due_at = $4, attempts = least(o.attempts + 1, 30000)
         from taken where o.org_id = taken.g and o.event_id = taken.e
       returning o.org_id, o.event_id, o.type, o.subject, o.payload, o.occurred_at, o.position, o.attempts, o.delivered`,
      [
        due.map(({ org_id: org }) => org),
        due.map(({ event_id: id }) => id),
        now,
        new Date(now.getTime() + LEASE_MS),
      ],
    ),
  );
  return {
    rows: rows.sort((a, b) => (a.position < b.position ? -1 : 1)),
    full: due.length === max,
    next,
  };
}
