import { realNow } from '#platform/clock';
import type { Database } from '#platform/db/transact';
import { repeat } from '#platform/repeat';
import { carryOut, type TimerWork } from './carry-out.ts';
import { TIMER_COLUMNS, type TimerRow } from './due-timer.ts';
import { timerSet } from './timer-part.ts';

export interface TimerSettings extends TimerWork {
  /** The org's clock. */
  readonly clockOf: (org: number) => Date;
  /** The most timers leased at once. */
  readonly batchMax?: number;
}

export interface TimerRunner {
  wake(): void;
  /** Carries out all that is due now; for tests and for draining. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const LEASE_MS = 30_000;
const POLL_MS = 1000;
/** A timer set in an ordinary transaction may be due before it is committed. */
const LOOK_AGAIN_MS = 20;

/** Runs timers of real clocks when they are due, and those of set clocks that were put off by a failure. */
export function runTimers(settings: TimerSettings): TimerRunner {
  const { db, batchMax = 500 } = settings;
  const run = async () => {
    for (;;) {
      const found = await lookFor(db, batchMax);
      const rows = await lease(db, found.due);
      await Promise.all(rows.map((row) => carryOut(settings, row, settings.clockOf(row.org_id))));
      if (found.due.length < batchMax) return found.next;
    }
  };
  const loop = repeat({ everyMs: POLL_MS, run });
  const deaf = timerSet.hear((dueAt) => {
    const now = realNow().getTime();
    loop.wake(dueAt);
    if (dueAt.getTime() <= now) setTimeout(() => loop.wake(), LOOK_AGAIN_MS).unref();
  });
  return {
    wake: () => loop.wake(),
    settle: () => loop.turn(),
    async close() {
      deaf();
      await loop.close();
    },
  };
}

interface Found {
  readonly due: readonly { org_id: number; timer_id: string }[];
  /** When the first timer that is not due yet will be. */
  readonly next: Date | undefined;
}

async function lookFor(db: Database, batchMax: number): Promise<Found> {
  return db.sweep(async (tx) => {
    const now = realNow();
    const due = await tx.prepared<Found['due'][number]>(
      'timer_due',
      'select org_id, timer_id from platform.timer where wake_at <= $1 order by wake_at limit $2',
      [now, batchMax],
    );
    const [next] = await tx.prepared<{ wake_at: Date }>(
      'timer_next',
      'select wake_at from platform.timer where wake_at > $1 order by wake_at limit 1',
      [now],
    );
    return { due, next: next?.wake_at };
  });
}

async function lease(db: Database, due: Found['due']): Promise<TimerRow[]> {
  if (due.length === 0) return [];
  const orgs = [...new Set(due.map(({ org_id: org }) => org))];
  const now = realNow();
  const rows = await db.transact(orgs, (tx) =>
    tx.query<TimerRow>(
      `with taken as (
         select t.org_id o, t.timer_id i from unnest($1::bigint[], $2::uuid[]) u(o, i)
           join platform.timer t on t.org_id = u.o and t.timer_id = u.i
          where t.wake_at <= $3 order by t.due_at for update of t skip locked)
       update platform.timer t set wake_at = $4, attempts = least(t.attempts + 1, 30000)
         from taken where t.org_id = taken.o and t.timer_id = taken.i
       returning ${TIMER_COLUMNS.replaceAll(/\b(\w+)/g, 't.$1')}`,
      [
        due.map(({ org_id: org }) => org),
        due.map(({ timer_id: id }) => id),
        now,
        new Date(now.getTime() + LEASE_MS),
      ],
    ),
  );
  return rows.sort((a, b) => a.due_at.getTime() - b.due_at.getTime());
}
