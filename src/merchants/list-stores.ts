import type { Ctx } from '#platform/context';
import { uuids } from '#platform/db/arrays';
import type { Database } from '#platform/db/transact';
import type { Store } from './core.ts';
import { STORE_COLUMNS, type StoreRow, storeOfRow } from './store-rows.ts';

/** Stores of `ctx.org` that the principal may act in, by code, beginning behind the code `after`. */
export function listStores(
  db: Database,
  ctx: Ctx,
  asked: { after?: string | undefined; limit: number; status?: Store['status'] | undefined },
): Promise<Store[]> {
  const { stores } = ctx.principal;
  const own = stores === 'all' ? null : uuids([...stores]);
  return db.read([ctx.org], async (tx) => {
    const rows = await tx.query<StoreRow>(
      `select ${STORE_COLUMNS} from merchants.store
       where org_id = $1 and code > $2 and ($3::text is null or status = $3)
         and ($4::uuid[] is null or store_id = any($4)) order by code limit $5`,
      [ctx.org, asked.after ?? '', asked.status ?? null, own, asked.limit],
    );
    return rows.map(storeOfRow);
  });
}
