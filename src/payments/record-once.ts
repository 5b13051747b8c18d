import { Refused } from '#kernel/refusal';
import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { idempotencyConflict } from '#platform/http/refusals';
import { storedAnswer } from '#platform/record/idem-part';
import type { Settled } from '#platform/record/ready';

/** A write's answer: JSON text that was stored with it; `replayed` if it had been given before. */
export interface Written {
  readonly status: number;
  readonly json: string;
  readonly replayed: boolean;
}

/** The caller's Idempotency-Key and the hash of the request it came with. */
export interface RequestKey {
  readonly idempotencyKey: string;
  readonly requestHash: Buffer;
}

/** @throws Refused on a refusal or on a key that came with another request. */
export function written(result: Settled): Written {
  if (result.kind === 'refused') throw new Refused(result.refusal);
  if (result.kind === 'conflict') throw new Refused(idempotencyConflict());
  return { status: result.status, json: result.answer, replayed: result.kind === 'replayed' };
}

/**
 * Runs a write; if it is refused but had been carried out before under the same key, its answer stands:
 * a price that has changed since must not deny the caller the answer to a sale that was made.
 * @throws Refused on a refusal or on a key that came with another request.
 */
export async function onceMore(
  db: Database,
  ctx: Ctx,
  key: RequestKey,
  write: () => Promise<Written>,
): Promise<Written> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const before = await db.read([ctx.org], (tx) =>
      storedAnswer(tx, ctx.org, actorOf(ctx.principal), key.idempotencyKey),
    );
    if (!before) throw error;
    if (!before.hash.equals(key.requestHash)) throw new Refused(idempotencyConflict());
    return { status: before.status, json: before.answer, replayed: true };
  }
}
