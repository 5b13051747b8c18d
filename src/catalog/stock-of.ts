import type { Ctx } from '#platform/context';
import { texts } from '#platform/db/arrays';
import type { Database } from '#platform/db/transact';
import { decodeCursor, page } from '#platform/http/page';
import type { StockLine } from './move-stock.ts';

export interface StockAsked {
  /** Only these; those that never moved are left out. */
  readonly skus?: readonly string[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** What a store has, by SKU. @throws Refused cursor_malformed */
export async function stockOf(
  db: Database,
  ctx: Ctx,
  storeId: string,
  { skus, cursor, limit }: StockAsked,
): Promise<{ items: StockLine[]; next_cursor: string | null }> {
  const list = JSON.stringify(['stock', ctx.org, storeId, skus ?? null]);
  const [after = ''] = decodeCursor(list, cursor) ?? [];
  const rows = await db.read([ctx.org], (tx) =>
    tx.query<StockLine>(
      `select sku, quantity from catalog.stock
        where org_id = $1 and store_id = $2 and sku > $3 and ($4::text[] is null or sku = any($4))
        order by sku limit $5`,
      [ctx.org, storeId, after, skus ? texts(skus) : null, limit + 1],
    ),
  );
  return page(rows, limit, list, (row) => [row.sku]);
}
