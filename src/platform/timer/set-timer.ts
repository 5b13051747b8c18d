import type { Tx } from '#platform/db/transact';
import { type Timer, timerSet, writeTimers } from './timer-part.ts';

/** Sets a timer, or moves the one of the same kind and dedupe, in an ordinary transaction. */
export async function setTimer(tx: Tx, org: number, timer: Timer): Promise<void> {
  await writeTimers(tx, [{ org, value: { set: timer } }]);
  timerSet.say(timer.dueAt);
}

/** Takes a timer back; nothing happens if it does not stand or has run. */
export async function cancelTimer(
  tx: Tx,
  org: number,
  kind: string,
  dedupe: string,
): Promise<void> {
  await writeTimers(tx, [{ org, value: { cancel: { kind, dedupe } } }]);
}
