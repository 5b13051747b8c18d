import { newId } from '#kernel/ids';
import { must, type Text } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { bumpSnapshot } from '#platform/snapshot';
import type { Store } from './core.ts';
import { readOrg } from './org-rows.ts';
import { orgSuspended, storeCodeTaken, storesNotAllYours } from './refusals.ts';

export interface WantedStore {
  readonly code: string;
  readonly name: Text;
  readonly address?: string | undefined;
  readonly place?: Store['place'] | undefined;
}

/**
 * Opens a store of `ctx.org`.
 * @throws Refused stores_not_all_yours, org_unknown, org_suspended, store_code_taken
 */
export function createStore(db: Database, ctx: Ctx, wanted: WantedStore): Promise<Store> {
  return db.transact([ctx.org], (tx) => createStoreIn(tx, ctx, wanted));
}

/** `createStore` inside a transaction of `ctx.org`. */
export async function createStoreIn(tx: Tx, ctx: Ctx, wanted: WantedStore): Promise<Store> {
  must(ctx.principal.stores === 'all', storesNotAllYours);
  const org = await readOrg(tx, ctx.org);
  must(org.status === 'active', () => orgSuspended(org.code));
  const store: Store = {
    id: newId(),
    code: wanted.code,
    name: wanted.name,
    address: wanted.address ?? '',
    place: wanted.place ?? null,
    status: 'active',
  };
  const { id, code, name, address, place, status } = store;
  const inserted = await tx.execute(
    `insert into merchants.store
       (org_id, store_id, code, name_zh, name_en, address, lat, lng, status)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (org_id, code) do nothing`,
    [ctx.org, id, code, name.zh, name.en, address, place?.lat, place?.lng, status],
  );
  must(inserted === 1, () => storeCodeTaken(code));
  await bumpSnapshot(tx, ctx.org, 'org');
  await audit(tx, ctx, { verb: 'merchants.create-store', subject: `store:${id}`, after: store });
  return store;
}
