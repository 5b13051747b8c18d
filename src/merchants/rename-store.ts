import { must, type Text } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { bumpSnapshot } from '#platform/snapshot';
import type { Store } from './core.ts';
import { storeClosed } from './refusals.ts';
import { lockStore } from './store-rows.ts';

/** Gives a store another name; its code never changes. @throws Refused store_unknown, store_closed */
export function renameStore(db: Database, ctx: Ctx, id: string, name: Text): Promise<Store> {
  return db.transact([ctx.org], async (tx) => {
    const before = await lockStore(tx, ctx, id);
    must(before.status === 'active', () => storeClosed(before.code));
    const after: Store = { ...before, name };
    await tx.execute(
      'update merchants.store set name_zh = $3, name_en = $4 where org_id = $1 and store_id = $2',
      [ctx.org, id, name.zh, name.en],
    );
    await bumpSnapshot(tx, ctx.org, 'org');
    await audit(tx, ctx, { verb: 'merchants.rename-store', subject: `store:${id}`, before, after });
    return after;
  });
}
