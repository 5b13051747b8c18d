import { Refused } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import type { Store } from './core.ts';
import { storeUnknown } from './refusals.ts';

export const STORE_COLUMNS = 'store_id, code, name_zh, name_en, address, lat, lng, status';

export interface StoreRow {
  readonly store_id: string;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly address: string;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly status: Store['status'];
}

export function storeOfRow(row: StoreRow): Store {
  const { lat, lng } = row;
  return {
    id: row.store_id,
    code: row.code,
    name: { zh: row.name_zh, en: row.name_en },
    address: row.address,
    place: lat === null || lng === null ? null : { lat, lng },
    status: row.status,
  };
}

/** Locks a store for a change. One that the principal may not act in is as good as absent. */
export async function lockStore(tx: Tx, ctx: Ctx, id: string): Promise<Store> {
  const { stores } = ctx.principal;
  const [row] =
    stores === 'all' || stores.has(id)
      ? await tx.query<StoreRow>(
          `select ${STORE_COLUMNS} from merchants.store where org_id = $1 and store_id = $2 for update`,
          [ctx.org, id],
        )
      : [];
  if (!row) throw new Refused(storeUnknown(id));
  return storeOfRow(row);
}
