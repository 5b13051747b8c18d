import { newId } from '#kernel/ids';
import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import { texts } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import { productsUnknown } from './refusals.ts';
import { lockStock, type StockMove, writeMoves } from './stock-part.ts';

export interface StockLine {
  readonly sku: string;
  readonly quantity: number;
}

export interface StockChange {
  readonly storeId: string;
  readonly lines: readonly StockLine[];
}

/** How much of an SKU there is after a count or a delivery. */
export interface StockMoved {
  readonly moveId: string;
  readonly stock: readonly StockLine[];
}

/**
 * Takes over what was counted in a store: each line's quantity is what is there; the difference is the move.
 * @throws Refused stock_product_unknown
 */
export function setStock(tx: Tx, ctx: Ctx, change: StockChange): Promise<StockMoved> {
  return moveStock(tx, ctx, 'count', change);
}

/** Adds what was delivered to a store. @throws Refused stock_product_unknown */
export function receiveStock(tx: Tx, ctx: Ctx, change: StockChange): Promise<StockMoved> {
  return moveStock(tx, ctx, 'receive', change);
}

async function moveStock(
  tx: Tx,
  ctx: Ctx,
  kind: 'count' | 'receive',
  { storeId, lines }: StockChange,
): Promise<StockMoved> {
  await demandProducts(tx, ctx.org, lines);
  const skus = lines.map(({ sku }) => sku);
  const before = await lockStock(tx, ctx.org, storeId, skus);
  const quantities = lines.map(({ sku, quantity }) =>
    kind === 'count' ? quantity - (before.get(sku) ?? 0) : quantity,
  );
  const moveId = newId();
  const move: StockMove = {
    moveId,
    storeId,
    kind,
    source: moveId,
    occurredAt: ctx.now,
    skus,
    quantities,
  };
  await writeMoves(tx, [{ org: ctx.org, value: move }]);
  const stock = skus.map((sku, index) => ({
    sku,
    quantity: (before.get(sku) ?? 0) + (quantities[index] as number),
  }));
  await audit(tx, ctx, {
    verb: kind === 'count' ? 'catalog.set-stock' : 'catalog.receive-stock',
    subject: `store:${storeId}`,
    before: Object.fromEntries(before),
    after: {
      move: moveId,
      ...Object.fromEntries(stock.map(({ sku, quantity }) => [sku, quantity])),
    },
  });
  return { moveId, stock };
}

async function demandProducts(tx: Tx, org: number, lines: readonly StockLine[]): Promise<void> {
  const rows = await tx.query<{ sku: string }>(
    'select sku from catalog.product where org_id = $1 and sku = any($2::text[])',
    [org, texts(lines.map(({ sku }) => sku))],
  );
  const known = new Set(rows.map(({ sku }) => sku));
  const unknown = lines.flatMap(({ sku }, index) => (known.has(sku) ? [] : [index]));
  must(unknown.length === 0, () => productsUnknown(unknown));
}
