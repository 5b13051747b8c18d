import { int8s, texts, timestamps, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Part, Scoped } from '#platform/record/part';

/** Goods that came or went in one store: a sale, a return, a count's difference, a delivery. */
export interface StockMove {
  readonly moveId: string;
  readonly storeId: string;
  readonly kind: 'sale' | 'return' | 'count' | 'receive';
  /** What caused it: the payment, the refund, or the move itself. */
  readonly source: string;
  readonly occurredAt: Date;
  /** An SKU may stand more than once. */
  readonly skus: readonly string[];
  /** Signed, one per SKU: below zero goods left the store. */
  readonly quantities: readonly number[];
}

/** The catalogue's share in a hot write. It never refuses: a sale does not fail for a count. */
export const stockPart: Part<null, null, StockMove> = {
  name: 'stock',
  rank: 30,
  lock: async () => null,
  decide: () => () => undefined,
  write: (tx, items) => writeMoves(tx, items),
};

/** Appends moves and adds them to stock; both statements are issued before the first answer. */
export async function writeMoves(tx: Tx, items: readonly Scoped<StockMove>[]): Promise<void> {
  await Promise.all([insertMoves(tx, items), addToStock(tx, items)]);
}

async function insertMoves(tx: Tx, items: readonly Scoped<StockMove>[]): Promise<void> {
  const moves = items.map(({ value }) => value);
  await tx.join(
    'catalog_moves',
    `insert into catalog.move (org_id, move_id, store_id, kind, source, occurred_at, skus, quantities)
     select u.o, u.m, u.s, u.k, u.c, u.t, u.skus::text[], u.quantities::bigint[]
       from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::timestamptz[], $7::text[], $8::text[])
         u(o, m, s, k, c, t, skus, quantities)`,
    [
      int8s(items.map(({ org }) => org)),
      uuids(moves.map((move) => move.moveId)),
      uuids(moves.map((move) => move.storeId)),
      texts(moves.map((move) => move.kind)),
      uuids(moves.map((move) => move.source)),
      timestamps(moves.map((move) => move.occurredAt)),
      texts(moves.map((move) => textArray(move.skus))),
      texts(moves.map((move) => `{${move.quantities.join(',')}}`)),
    ],
    items.length,
  );
}

// Rows are reached in the order of their keys, so that two writers never wait for each other in a ring.
const ADD = `insert into catalog.stock as s (org_id, store_id, sku, quantity)
  select u.o, u.s, u.k, u.q from unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[]) u(o, s, k, q)
   order by u.o, u.s, u.k collate "C"
  on conflict (org_id, store_id, sku) do update set quantity = s.quantity + excluded.quantity`;

async function addToStock(tx: Tx, items: readonly Scoped<StockMove>[]): Promise<void> {
  const sums = sumsOf(items);
  if (sums.length > 0) await tx.join('catalog_stock', ADD, columnsOf(sums), sums.length);
}

/** Locks stock until the end of the transaction and tells how much there is; unknown goods become zero. */
export async function lockStock(
  tx: Tx,
  org: number,
  storeId: string,
  skus: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ sku: string; quantity: number }>(
    `${ADD} returning s.sku, s.quantity`,
    columnsOf(skus.map((sku) => ({ org, storeId, sku, quantity: 0 }))),
  );
  return new Map(rows.map(({ sku, quantity }) => [sku, quantity]));
}

interface Sum {
  readonly org: number;
  readonly storeId: string;
  readonly sku: string;
  quantity: number;
}

function sumsOf(items: readonly Scoped<StockMove>[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { org, value } of items) {
    value.skus.forEach((sku, index) => {
      const key = `${org}/${value.storeId}/${sku}`;
      const quantity = value.quantities[index] as number;
      const sum = sums.get(key);
      if (sum) sum.quantity += quantity;
      else sums.set(key, { org, storeId: value.storeId, sku, quantity });
    });
  }
  return [...sums.values()];
}

function columnsOf(sums: readonly Sum[]): Buffer[] {
  return [
    int8s(sums.map(({ org }) => org)),
    uuids(sums.map(({ storeId }) => storeId)),
    texts(sums.map(({ sku }) => sku)),
    int8s(sums.map(({ quantity }) => quantity)),
  ];
}

/** The text of a PostgreSQL array whose elements may hold anything but NUL. */
function textArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
