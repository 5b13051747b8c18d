import type { Tx } from '#platform/db/transact';
import type { Invariant } from '#platform/invariant';

/** Goods of a store whose stock is not the sum of their moves. */
export interface StockBreach {
  readonly org_id: number;
  readonly store_id: string;
  readonly sku: string;
  readonly stock: number;
  readonly moved: number;
}

/** Proves that stock is the sum of its moves, for the orgs of the transaction; rows are breaches. */
export function stockBreaches(tx: Tx, limit = 100): Promise<StockBreach[]> {
  return tx.query<StockBreach>(
    `with moved as (
       select m.org_id, m.store_id, l.sku collate "C" as sku, sum(l.quantity)::bigint as quantity
         from catalog.move m cross join lateral unnest(m.skus, m.quantities) l(sku, quantity)
        group by 1, 2, 3
     )
     select org_id, store_id, sku, coalesce(s.quantity, 0) as stock, coalesce(m.quantity, 0) as moved
       from catalog.stock s full join moved m using (org_id, store_id, sku)
      where coalesce(s.quantity, 0) <> coalesce(m.quantity, 0)
      order by 1, 2, 3 limit $1`,
    [limit],
  );
}

/** What the catalogue adds to the proof of the books. */
export const catalogInvariants: readonly Invariant[] = [
  {
    id: 'catalog.stock',
    says: {
      zh: '各门店各商品的库存等于其出入库之和',
      en: 'The stock of a store is the sum of what moved in and out of it',
    },
    breaches: (tx) => stockBreaches(tx),
  },
];
