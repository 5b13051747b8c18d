import { texts } from '#platform/db/arrays';
import type { Database } from '#platform/db/transact';

/** Goods by name: SKUs, categories and brands. */
export interface GoodsNamed {
  readonly skus: readonly string[];
  readonly categories: readonly string[];
  readonly brands: readonly string[];
}

/** Those of the named goods that are there, of products not withdrawn. Prices are unit prices in fen. */
export interface GoodsKnown {
  readonly skus: ReadonlyMap<string, { readonly category: string | null; readonly price: number }>;
  /** With the highest price. */
  readonly categories: ReadonlyMap<string, number>;
  readonly brands: ReadonlyMap<string, number>;
}

/** What an org sells of the named goods; null where it has no product at all. */
export function knownGoods(
  db: Database,
  org: number,
  { skus, categories, brands }: GoodsNamed,
): Promise<GoodsKnown | null> {
  return db.read([org], async (tx) => {
    const [any] = await tx.query('select from catalog.product where org_id = $1 limit 1', [org]);
    if (!any) return null;
    const found = await tx.query<{ sku: string; category: string | null; price: number }>(
      `select sku, category, price from catalog.product
        where org_id = $1 and sku = any($2::text[]) and status = 'active'`,
      [org, texts(skus)],
    );
    const dearest = async (column: 'category' | 'brand', names: readonly string[]) => {
      if (names.length === 0) return new Map<string, number>();
      const rows = await tx.query<{ name: string; price: number }>(
        `select ${column} as name, max(price) as price from catalog.product
          where org_id = $1 and ${column} = any($2::text[]) and status = 'active' group by 1`,
        [org, texts(names)],
      );
      return new Map(rows.map(({ name, price }) => [name, price]));
    };
    return {
      skus: new Map(found.map(({ sku, ...product }) => [sku, product])),
      categories: await dearest('category', categories),
      brands: await dearest('brand', brands),
    };
  });
}
