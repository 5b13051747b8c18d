import { realNow } from '#platform/clock';
import type { Database } from '#platform/db/transact';
import { type DueTimer, dueTimer, type TimerHandler, type TimerRow } from './due-timer.ts';
import { timerEnder } from './end-timers.ts';

export interface TimerWork {
  readonly db: Database;
  readonly handlers: Readonly<Record<string, TimerHandler>>;
  readonly onError?: ((error: unknown, timer: DueTimer) => void) | undefined;
}

const BACK_OFF_MS_MAX = 3_600_000;

/** The pause after the n-th failure: 1 s, 2 s, 4 s and so on, at most an hour. */
export function backOffMs(attempts: number): number {
  return Math.min(1000 * 2 ** Math.min(attempts - 1, 30), BACK_OFF_MS_MAX);
}

const enders = new WeakMap<Database, ReturnType<typeof timerEnder>>();

function enderOf(db: Database): ReturnType<typeof timerEnder> {
  let ender = enders.get(db);
  if (!ender) enders.set(db, (ender = timerEnder(db)));
  return ender;
}

/** Calls the handler of a leased timer and ends it; a failure puts it off and keeps what went wrong. */
export async function carryOut(
  { db, handlers, onError }: TimerWork,
  row: TimerRow,
  now: Date,
): Promise<boolean> {
  const timer = dueTimer(row, now);
  try {
    const handler = handlers[row.kind];
    if (!handler) throw new Error(`no handler for timers of kind ${row.kind}`);
    await handler(timer);
    await enderOf(db)(row);
    return true;
  } catch (error) {
    onError?.(error, timer);
    const wakeAt = new Date(realNow().getTime() + backOffMs(row.attempts));
    await db.transact([row.org_id], (tx) =>
      tx.execute(
        `update platform.timer set wake_at = $3, last_error = $4 where org_id = $1 and timer_id = $2`,
        [row.org_id, row.timer_id, wakeAt, String(error).slice(0, 500)],
      ),
    );
    return false;
  }
}
