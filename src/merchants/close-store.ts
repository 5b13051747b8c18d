import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { bumpSnapshot } from '#platform/snapshot';
import type { Store } from './core.ts';
import { lockStore } from './store-rows.ts';

/** Closes a store for good; its code stays taken and its sales stay readable. Idempotent. */
export function closeStore(db: Database, ctx: Ctx, id: string): Promise<Store> {
  return db.transact([ctx.org], async (tx) => {
    const before = await lockStore(tx, ctx, id);
    if (before.status === 'closed') return before;
    const after: Store = { ...before, status: 'closed' };
    await tx.execute(
      `update merchants.store set status = 'closed' where org_id = $1 and store_id = $2`,
      [ctx.org, id],
    );
    await bumpSnapshot(tx, ctx.org, 'org');
    await audit(tx, ctx, { verb: 'merchants.close-store', subject: `store:${id}`, before, after });
    return after;
  });
}
