import type { Tx } from '#platform/db/transact';
import { type Item, item } from '#platform/record/part';
import { timerPart } from './timer-part.ts';

/** A timer that is due, as its handler gets it. */
export interface DueTimer {
  readonly org: number;
  readonly timerId: string;
  readonly kind: string;
  readonly dedupe: string;
  readonly payload: unknown;
  readonly dueAt: Date;
  /** The org's clock: at or after `dueAt`. */
  readonly now: Date;
  /** 1 at the first try. */
  readonly attempt: number;
  /** Ends the timer in the handler's own transaction. */
  done(tx: Tx): Promise<void>;
  /** Ends the timer in the handler's own hot write, which names `timerPart` among its needs. */
  readonly doneItem: Item;
}

/**
 * Carries out a timer. It may be called again for the same kind and dedupe, after a failure or a crash,
 * and must then change nothing twice. When it returns, the timer has ended, unless it was set anew.
 */
export type TimerHandler = (timer: DueTimer) => Promise<void>;

export interface TimerRow {
  org_id: number;
  timer_id: string;
  kind: string;
  dedupe: string;
  payload: unknown;
  due_at: Date;
  attempts: number;
}

export const TIMER_COLUMNS = 'org_id, timer_id, kind, dedupe, payload, due_at, attempts';

export function dueTimer(row: TimerRow, now: Date): DueTimer {
  return {
    org: row.org_id,
    timerId: row.timer_id,
    kind: row.kind,
    dedupe: row.dedupe,
    payload: row.payload,
    dueAt: row.due_at,
    now,
    attempt: row.attempts,
    done: (tx) => endTimer(tx, row),
    doneItem: item(timerPart, row.org_id, { done: row.timer_id }),
  };
}

export async function endTimer(tx: Tx, { org_id: org, timer_id: id }: TimerRow): Promise<void> {
  await tx.execute('delete from platform.timer where org_id = $1 and timer_id = $2', [org, id]);
}
