import type { Database } from '#platform/db/transact';
import { snapshots, type SnapshotSource } from '#platform/snapshot';
import type { Org, Store } from './core.ts';
import { readOrg } from './org-rows.ts';
import { STORE_COLUMNS, type StoreRow, storeOfRow } from './store-rows.ts';

/** What a sale needs to know of an org, from memory. Closed stores are among them, with their status. */
export interface OrgFacts {
  readonly org: Org;
  readonly stores: ReadonlyMap<string, Store>;
  readonly storeByCode: ReadonlyMap<string, Store>;
}

/**
 * Facts of kind 'org'. `get` throws Refused org_unknown for a number outside the register; such an
 * answer is not kept, so an org that is entered later is found.
 */
export function orgSnapshots(db: Database): SnapshotSource<OrgFacts> {
  return snapshots(db, 'org', async (tx, id) => {
    const org = await readOrg(tx, id);
    const rows = await tx.query<StoreRow>(
      `select ${STORE_COLUMNS} from merchants.store where org_id = $1 order by code`,
      [id],
    );
    const stores = rows.map(storeOfRow);
    return {
      org,
      stores: new Map(stores.map((store) => [store.id, store])),
      storeByCode: new Map(stores.map((store) => [store.code, store])),
    };
  });
}
