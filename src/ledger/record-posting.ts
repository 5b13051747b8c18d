import { createHash } from 'node:crypto';
import type { Day } from '#kernel/day';
import { Refused } from '#kernel/refusal';
import type { Intent } from '#platform/record/intent';
import { idempotencyConflict } from '#platform/http/refusals';
import type { Recorder } from '#platform/record/record';

/** When, by whom and on whose behalf a verb of the ledger posts; the same `key` posts once. */
export interface Stamp {
  readonly key: string;
  /** The idempotency key's owner and the journal's actor, "system:<name>" or "staff:<id>". */
  readonly actor: string;
  readonly occurredAt: Date;
  readonly valueDate: Day;
  /** The payment, refund, transfer or timer that the posting comes from. */
  readonly source: string;
}

/** Records one intent and gives its answer. @throws Refused, also if the key stands for another request. */
export async function recordOnce<T>(
  recorder: Recorder,
  { key, actor }: Pick<Stamp, 'key' | 'actor'>,
  request: unknown,
  intent: Omit<Intent, 'idempotency'>,
): Promise<T> {
  const hash = createHash('sha256').update(JSON.stringify(request)).digest();
  const result = await recorder.record({ ...intent, idempotency: { principal: actor, key, hash } });
  if (result.kind === 'refused') throw new Refused(result.refusal);
  if (result.kind === 'conflict') throw new Refused(idempotencyConflict());
  if (result.kind === 'stale')
    throw new Error(`${key} of ${actor} rests on nothing that can be stale`);
  return JSON.parse(result.answer) as T;
}
