import type { Database } from '#platform/db/transact';
import type { TimerRow } from './due-timer.ts';

interface Ending {
  readonly row: TimerRow;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Ends timers whose handlers returned, all that wait together in one transaction. */
export function timerEnder(db: Database): (row: TimerRow) => Promise<void> {
  let waiting: Ending[] = [];
  let running = false;
  const flush = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await remove(
        db,
        batch.map(({ row }) => row),
      ).then(
        () => batch.forEach(({ resolve }) => resolve()),
        (error: unknown) => batch.forEach(({ reject }) => reject(error)),
      );
    }
    running = false;
  };
  return (row) =>
    new Promise((resolve, reject) => {
      waiting.push({ row, resolve, reject });
      if (running) return;
      running = true;
      setImmediate(() => void flush());
    });
}

async function remove(db: Database, rows: readonly TimerRow[]): Promise<void> {
  const orgs = rows.map((row) => row.org_id);
  await db.transact([...new Set(orgs)], (tx) =>
    tx.execute(
      `delete from platform.timer t using unnest($1::bigint[], $2::uuid[]) u(o, i)
        where t.org_id = u.o and t.timer_id = u.i`,
      [orgs, rows.map((row) => row.timer_id)],
    ),
  );
}
