import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import { Raw } from '#platform/contract';
import type { Answer, Meta } from '#platform/contract';
import type { Database, Tx } from '#platform/db/transact';
import { Refused } from '#kernel/refusal';
import { idempotencyConflict } from './refusals.ts';

/** `stored` replaces `body` in what a replay gets: a secret that is shown once is not kept. */
export interface Done<A extends Answer> {
  readonly answer: A;
  readonly stored?: unknown;
}

const REPLAYED = { 'idempotency-replayed': 'true' };

/**
 * Runs a write that is not hot once per Idempotency-Key. The answer is stored by the transaction that
 * did the work, so either both stand or neither. A refusal wrote nothing and is not stored.
 * @throws Refused idempotency_conflict if the key came with another request.
 */
export async function idempotent<A extends Answer>(
  db: Database,
  ctx: Ctx,
  meta: Meta,
  work: (tx: Tx) => Promise<Done<A>>,
): Promise<A | Raw> {
  const before = await db.read([ctx.org], (tx) => stored(tx, ctx, meta));
  if (before) return before;
  try {
    return await db.transact([ctx.org], async (tx) => {
      const { answer, stored: kept } = await work(tx);
      const text = answer.body === undefined ? '' : JSON.stringify(kept ?? answer.body);
      await tx.query(
        `insert into platform.idem (org_id, principal, key, req_hash, status, answer)
         values ($1, $2, $3, $4, $5, $6)`,
        [
          ctx.org,
          actorOf(ctx.principal),
          meta.idempotencyKey,
          meta.requestHash,
          answer.status,
          text,
        ],
      );
      return answer;
    });
  } catch (error) {
    // The same request may have won a race against this one; then its answer is this one's, too.
    const winner = await db.read([ctx.org], (tx) => stored(tx, ctx, meta)).catch(() => undefined);
    if (winner) return winner;
    throw error;
  }
}

async function stored(tx: Tx, ctx: Ctx, meta: Meta): Promise<Raw | undefined> {
  const [row] = await tx.query<{ req_hash: Buffer; status: number; answer: string }>(
    'select req_hash, status, answer from platform.idem where org_id = $1 and principal = $2 and key = $3',
    [ctx.org, actorOf(ctx.principal), meta.idempotencyKey],
  );
  if (!row) return undefined;
  if (!row.req_hash.equals(meta.requestHash)) throw new Refused(idempotencyConflict());
  return new Raw(row.status, row.answer, REPLAYED);
}
