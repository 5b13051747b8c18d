import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import { int8s, texts } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import { bumpSnapshot } from '#platform/snapshot';
import { type Product, sameProduct } from './core.ts';
import { PRODUCT_COLUMNS, productOfRow, type ProductRow } from './product-rows.ts';

export type WantedProduct = Omit<Product, 'status'>;

/**
 * Adds products or replaces those that stand, up to 1,000 of different SKUs at once; a withdrawn one is
 * sold again. If nothing changes, nothing is written.
 * @returns how many were new and how many were changed.
 */
export async function putProducts(
  tx: Tx,
  ctx: Ctx,
  wanted: readonly WantedProduct[],
): Promise<{ added: number; changed: number }> {
  const before = await lockProducts(
    tx,
    ctx.org,
    wanted.map(({ sku }) => sku),
  );
  const active = wanted.map((product): Product => ({ ...product, status: 'active' }));
  const changes = active.filter((product) => {
    const old = before.get(product.sku);
    return !old || !sameProduct(old, product);
  });
  if (changes.length === 0) return { added: 0, changed: 0 };
  await upsert(tx, ctx.org, changes);
  await bumpSnapshot(tx, ctx.org, 'catalog');
  const old = changes.flatMap(({ sku }) => before.get(sku) ?? []);
  await audit(tx, ctx, {
    verb: 'catalog.put-products',
    subject: 'catalog',
    before: old,
    after: changes,
  });
  return { added: changes.length - old.length, changed: old.length };
}

/** Locks the products that stand, in the order of their SKUs. */
export async function lockProducts(
  tx: Tx,
  org: number,
  skus: readonly string[],
): Promise<Map<string, Product>> {
  const rows = await tx.query<ProductRow>(
    `select ${PRODUCT_COLUMNS} from catalog.product
      where org_id = $1 and sku = any($2::text[]) order by sku for update`,
    [org, texts(skus)],
  );
  return new Map(rows.map((row) => [row.sku, productOfRow(row)]));
}

async function upsert(tx: Tx, org: number, products: readonly Product[]): Promise<void> {
  await tx.execute(
    `insert into catalog.product (org_id, ${PRODUCT_COLUMNS})
     select $1, u.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[])
       u(sku, name_zh, name_en, category, brand, price, status) order by u.sku collate "C"
     on conflict (org_id, sku) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
       category = excluded.category, brand = excluded.brand, price = excluded.price, status = excluded.status`,
    [
      org,
      texts(products.map(({ sku }) => sku)),
      texts(products.map(({ name }) => name.zh)),
      texts(products.map(({ name }) => name.en)),
      texts(products.map(({ category }) => category)),
      texts(products.map(({ brand }) => brand)),
      int8s(products.map(({ price }) => price)),
      texts(products.map(({ status }) => status)),
    ],
  );
}
