import { demandStore } from '#access';
import { must } from '#kernel/refusal';
import { type OrgFacts, storeUnknown } from '#merchants';
import type { Ctx } from '#platform/context';
import { answer, bind, type Route } from '#platform/contract';
import type { Database } from '#platform/db/transact';
import { demandAllStores } from '#platform/http/demand-all-stores';
import { idempotent } from '#platform/http/idempotent';
import { current, type SnapshotSource } from '#platform/snapshot';
import * as contract from './contract.ts';
import { getProduct, listProducts } from './list-products.ts';
import { receiveStock, setStock } from './move-stock.ts';
import { putProducts } from './put-products.ts';
import { stockOf } from './stock-of.ts';
import { withdrawProduct } from './withdraw-product.ts';

/** What the edges of the room need: the database and the merchants' register, from memory. */
export interface CatalogEdges {
  readonly db: Database;
  readonly orgs: SnapshotSource<OrgFacts>;
}

export function catalogRoutes(edges: CatalogEdges): Route[] {
  return [...productRoutes(edges), ...stockRoutes(edges)];
}

function productRoutes({ db }: CatalogEdges): Route[] {
  return [
    bind(contract.listProducts, async (ctx, { query }) =>
      answer(200, await listProducts(db, ctx, query)),
    ),
    bind(contract.putProducts, (ctx, { body, meta }) => {
      demandAllStores(ctx);
      return idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(200, await putProducts(tx, ctx, body.products)),
      }));
    }),
    bind(contract.getProduct, async (ctx, { params }) =>
      answer(200, await getProduct(db, ctx, params.sku)),
    ),
    bind(contract.withdrawProduct, (ctx, { params, meta }) => {
      demandAllStores(ctx);
      return idempotent(db, ctx, meta, async (tx) => {
        await withdrawProduct(tx, ctx, params.sku);
        return { answer: answer(204, undefined) };
      });
    }),
  ];
}

function stockRoutes(edges: CatalogEdges): Route[] {
  const { db } = edges;
  return [
    bind(contract.listStock, async (ctx, { query }) => {
      const { store, sku, limit, cursor } = query;
      await demandOwnStore(edges, ctx, store);
      const skus = sku === undefined ? undefined : [sku];
      return answer(200, await stockOf(db, ctx, store, { skus, limit, cursor }));
    }),
    bind(contract.moveStock, async (ctx, { body, meta }) => {
      const { kind, store_id: storeId, lines } = body;
      await demandOwnStore(edges, ctx, storeId);
      return idempotent(db, ctx, meta, async (tx) => {
        const move = kind === 'count' ? setStock : receiveStock;
        const { moveId, stock } = await move(tx, ctx, { storeId, lines });
        return { answer: answer(201, { move_id: moveId, stock: [...stock] }) };
      });
    }),
  ];
}

async function demandOwnStore(
  { db, orgs }: CatalogEdges,
  ctx: Ctx,
  storeId: string,
): Promise<void> {
  const { value } = await current(db, orgs, ctx.org);
  must(value.stores.has(storeId), () => storeUnknown(storeId));
  demandStore(ctx, storeId);
}
