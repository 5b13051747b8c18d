import { createHash } from 'node:crypto';
import { newId } from '#kernel/ids';
import { type Journal, ledgerPart } from '#ledger';
import type { Database } from '#platform/db/transact';
import type { Decided, Intent } from '#platform/record/intent';
import { item, type Item } from '#platform/record/part';
import type { Recorder } from '#platform/record/record';
import type { Moved } from './move-rewards.ts';
import { rewardsPart } from './rewards-part.ts';

export interface ArrivalWork {
  readonly db: Database;
  readonly recorder: Recorder;
  /** The zone whose midnight begins the org's day. */
  readonly zoneOf: (org: number) => Promise<string>;
}

/** Who moves rewards when nobody sells or refunds. */
export const MOVER = 'system:rewards';

/** Answers of a move: nothing is left to do, or it is to be made again. */
export const DONE = 'done';
export const MORE = 'more';

/** Accepts a move with what else is written. */
export function movedBy(
  org: number,
  moved: Moved | undefined,
  more: readonly Item[] = [],
  answer = DONE,
): Decided {
  const journals = moved?.journals.map((journal: Journal) => item(ledgerPart, org, journal)) ?? [];
  const rewards = moved ? [item(rewardsPart, org, moved.item)] : [];
  return { kind: 'accept', status: 200, answer, items: [...journals, ...rewards, ...more] };
}

/** Records a move; one made from what has changed since is to be made again. */
export async function recordMove(
  recorder: Recorder,
  intent: Omit<Intent, 'idempotency'>,
): Promise<string> {
  const key = newId();
  const hash = createHash('sha256').update(key).digest();
  const result = await recorder.record({
    ...intent,
    idempotency: { principal: MOVER, key, hash },
  });
  if (result.kind === 'stale') return MORE;
  if (result.kind !== 'recorded' && result.kind !== 'replayed')
    throw new Error(`rewards could not be moved: ${result.kind}`);
  return result.answer;
}
