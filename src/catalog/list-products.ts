import { Refused } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { decodeCursor, page } from '#platform/http/page';
import type { Product } from './core.ts';
import { PRODUCT_COLUMNS, productOfRow, type ProductRow } from './product-rows.ts';
import { productUnknown } from './refusals.ts';

/** One product by its exact SKU. @throws Refused product_unknown */
export async function getProduct(db: Database, ctx: Ctx, sku: string): Promise<Product> {
  const [row] = await db.read([ctx.org], (tx) =>
    tx.query<ProductRow>(
      `select ${PRODUCT_COLUMNS} from catalog.product where org_id = $1 and sku = $2`,
      [ctx.org, sku],
    ),
  );
  if (!row) throw new Refused(productUnknown(sku));
  return productOfRow(row);
}

export interface ProductsAsked {
  /** Beginning of an SKU, or of a name in any case. */
  readonly search?: string | undefined;
  readonly status?: Product['status'] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Products by SKU. @throws Refused cursor_malformed */
export async function listProducts(
  db: Database,
  ctx: Ctx,
  { search = '', status, cursor, limit }: ProductsAsked,
): Promise<{ items: Product[]; next_cursor: string | null }> {
  const list = JSON.stringify(['products', ctx.org, search, status ?? '']);
  const [after = ''] = decodeCursor(list, cursor) ?? [];
  const prefix = search === '' ? null : `${search.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await db.read([ctx.org], (tx) =>
    tx.query<ProductRow>(
      `select ${PRODUCT_COLUMNS} from catalog.product
        where org_id = $1 and sku > $2 and ($3::text is null or status = $3)
          and ($4::text is null or sku like $4 or lower(name_zh) like lower($4) or lower(name_en) like lower($4))
        order by sku limit $5`,
      [ctx.org, after, status ?? null, prefix, limit + 1],
    ),
  );
  const { items, next_cursor } = page(rows, limit, list, (row) => [row.sku]);
  return { items: items.map(productOfRow), next_cursor };
}
