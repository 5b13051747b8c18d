import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import { Refused } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { item, need } from '#platform/record/part';
import { openRecorder } from '#platform/record/record';
import { snapshotPart, stillCurrent } from '#platform/snapshot';
import { asOwner, freshDatabase, type FreshDatabase } from '../../test/database.ts';
import {
  getProduct,
  listProducts,
  priceBook,
  putProducts,
  receiveStock,
  setStock,
  stockBreaches,
  type StockMove,
  stockOf,
  stockPart,
  type WantedProduct,
  withdrawProduct,
} from './index.ts';

let db: FreshDatabase;
beforeAll(async () => void (db = await freshDatabase()));
afterAll(() => db?.drop());

function ctxOf(org: number): Ctx {
  return {
    org,
    principal: { kind: 'staff', id: 's1', name: 'Wang', org, scopes: new Set(), stores: 'all' },
    now: new Date('2026-11-21T02:00:00Z'),
    requestId: 'r1',
    locale: 'en',
  };
}

function product(sku: string, price = 100, more: Partial<WantedProduct> = {}): WantedProduct {
  return {
    sku,
    name: { zh: `茶${sku}`, en: `Tea ${sku}` },
    category: null,
    brand: null,
    price,
    ...more,
  };
}

const put = (org: number, products: readonly WantedProduct[]) =>
  db.transact([org], (tx) => putProducts(tx, ctxOf(org), products));
const withdraw = (org: number, sku: string) =>
  db.transact([org], (tx) => withdrawProduct(tx, ctxOf(org), sku));
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => 'carried out',
    (error: unknown) => (error instanceof Refused ? error.refusal.code : Promise.reject(error)),
  );
const breaches = (org: number) => db.read([org], (tx) => stockBreaches(tx));
const audits = (org: number) =>
  asOwner<{ verb: string }>(
    db.url,
    'select verb from platform.audit where org_id = $1 order by audit_id',
    [org],
  );

test('products are added, replaced, left alone, withdrawn and sold again, each change audited once', async () => {
  const org = 1;
  expect(await put(org, [product('a'), product('b')])).toEqual({ added: 2, changed: 0 });
  expect(await put(org, [product('a'), product('b', 200), product('c')])).toEqual({
    added: 1,
    changed: 1,
  });
  expect(await put(org, [product('a')])).toEqual({ added: 0, changed: 0 });
  await withdraw(org, 'a');
  await withdraw(org, 'a');
  expect((await getProduct(db, ctxOf(org), 'a')).status).toBe('withdrawn');
  expect(await put(org, [product('a')])).toEqual({ added: 0, changed: 1 });
  expect((await getProduct(db, ctxOf(org), 'a')).status).toBe('active');
  expect((await audits(org)).map(({ verb }) => verb)).toEqual([
    'catalog.put-products',
    'catalog.put-products',
    'catalog.withdraw-product',
    'catalog.put-products',
  ]);
  expect(await refused(withdraw(org, 'A'))).toBe('product_unknown');
  expect(await refused(getProduct(db, ctxOf(2), 'a'))).toBe('product_unknown');
});

test('a list pages by SKU and finds by the beginning of an SKU or a name', async () => {
  const org = 3;
  const odd = ['100%', '100x', 'A_1', 'AB1', 'a\\b', 'ab', '"q"', '{x,y}', '茶'];
  await put(
    org,
    odd.map((sku) => product(sku, 1, { name: { zh: `名${sku}`, en: `Name ${sku}` } })),
  );
  const skus = async (search?: string) =>
    (await listProducts(db, ctxOf(org), { search, limit: 50 })).items.map(({ sku }) => sku);
  expect(await skus()).toEqual(
    odd.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
  );
  expect(await skus('100%')).toEqual(['100%']);
  expect(await skus('A_')).toEqual(['A_1']);
  expect(await skus('a')).toEqual(['a\\b', 'ab']);
  expect(await skus('nAME ab')).toEqual(['AB1', 'ab']);
  expect(await skus('名茶')).toEqual(['茶']);
  const first = await listProducts(db, ctxOf(org), { limit: 4 });
  const rest = await listProducts(db, ctxOf(org), {
    limit: 50,
    cursor: first.next_cursor ?? undefined,
  });
  expect([...first.items, ...rest.items].map(({ sku }) => sku)).toEqual(await skus());
  expect(rest.next_cursor).toBeNull();
  const other = { limit: 4, search: 'a', cursor: first.next_cursor ?? undefined };
  expect(await refused(listProducts(db, ctxOf(org), other))).toBe('cursor_malformed');
});

test('a price change moves the version: the till sees the old price as stale, and then the new one', async () => {
  const org = 4;
  await put(org, [product('a', 100), product('b', 200)]);
  const book = priceBook(db);
  const recorder = openRecorder(db);
  const fresh = async (snapshot: Parameters<typeof stillCurrent>[1][number]) => {
    const result = await recorder.record({
      org,
      idempotency: { principal: 'system:test', key: newId(), hash: Buffer.alloc(32) },
      needs: [need(snapshotPart, org, [snapshot])],
      decide: (view) =>
        stillCurrent(view.of(snapshotPart), [snapshot])
          ? { kind: 'accept', status: 200, answer: '', items: [] }
          : { kind: 'stale' },
    });
    return result.kind;
  };
  const before = await book.get(org, ['a', 'b', 'none', 'a']);
  expect([...before.products].map(([sku, { price }]) => [sku, price])).toEqual([
    ['a', 100],
    ['b', 200],
  ]);
  expect(await fresh(before.snapshot)).toBe('recorded');
  await put(org, [product('a', 150), product('none', 5)]);
  expect((await book.get(org, ['a'])).products.get('a')?.price).toBe(100);
  expect(await fresh(before.snapshot)).toBe('stale');
  book.forget(org);
  const after = await book.get(org, ['a', 'none']);
  expect(after.snapshot.version).toBe(before.snapshot.version + 1);
  expect(after.products.get('a')?.price).toBe(150);
  expect(after.products.get('none')?.price).toBe(5);
  expect(await fresh(after.snapshot)).toBe('recorded');
  await withdraw(org, 'a');
  expect(await fresh(after.snapshot)).toBe('stale');
  await recorder.close();
});

test('a price book smaller than what is asked of it answers rightly, from several orgs at once', async () => {
  const orgs = [5, 6, 7];
  const skus = Array.from({ length: 40 }, (_, index) => `s${index}`);
  for (const org of orgs)
    await put(
      org,
      skus.map((sku, index) => product(sku, org * 1000 + index)),
    );
  const book = priceBook(db, 50);
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(orgs.map((org) => book.get(org, skus)));
    answers.forEach(({ products }, index) => {
      expect(products.size).toBe(40);
      expect(products.get('s7')?.price).toBe((orgs[index] as number) * 1000 + 7);
    });
  }
});

test('stock is exact under 50 concurrent batches of two lanes, counts and deliveries, and never refuses', async () => {
  const org = 8;
  const stores = [newId(), newId()];
  const skus = Array.from({ length: 30 }, (_, index) => `k${index}`);
  await put(
    org,
    skus.map((sku) => product(sku)),
  );
  const recorder = openRecorder(db, { lanes: 2, batchMax: 7 });
  const expected = new Map<string, number>();
  const sell = (index: number, lines: number) => {
    const storeId = stores[index % 2] as string;
    const sold = Array.from(
      { length: lines },
      (_, line) => skus[(index * 7 + line * 11) % 30] as string,
    );
    const quantities = sold.map((_, line) => (line % 5 === 0 ? 2 : -3));
    const move: StockMove = {
      moveId: newId(),
      storeId,
      kind: 'sale',
      source: newId(),
      occurredAt: new Date(),
      skus: sold,
      quantities,
    };
    // Two books, so that both lanes write, one of them into the book of the other.
    const book = index % 3 === 0 ? 9 : org;
    sold.forEach((sku, line) => {
      const key = `${storeId}/${sku}`;
      expected.set(key, (expected.get(key) ?? 0) + (quantities[line] as number));
    });
    return recorder.record({
      org: book,
      others: [org],
      idempotency: { principal: 'system:test', key: newId(), hash: Buffer.alloc(32) },
      needs: [need(stockPart, org, null)],
      decide: () => ({
        kind: 'accept',
        status: 201,
        answer: '',
        items: [item(stockPart, org, move)],
      }),
    });
  };
  const deliver = (index: number) => {
    const storeId = stores[index % 2] as string;
    const lines = skus.toReversed().map((sku) => ({ sku, quantity: 1 }));
    for (const { sku } of lines) {
      const key = `${storeId}/${sku}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    return db.transact([org], (tx) => receiveStock(tx, ctxOf(org), { storeId, lines }));
  };
  const sales = Array.from({ length: 350 }, (_, index) => sell(index, index === 9 ? 1114 : 4));
  await Promise.all([...sales, ...Array.from({ length: 8 }, (_, index) => deliver(index))]);
  await recorder.close();
  expect(await breaches(org)).toEqual([]);
  for (const storeId of stores) {
    const { items } = await stockOf(db, ctxOf(org), storeId, { limit: 200 });
    for (const { sku, quantity } of items) expect(quantity).toBe(expected.get(`${storeId}/${sku}`));
    expect(items).toHaveLength(30);
  }
});

test('a count takes over what is there, as a move of the difference, audited with before and after', async () => {
  const org = 10;
  const storeId = newId();
  await put(org, [product('a'), product('b')]);
  const count = (lines: { sku: string; quantity: number }[]) =>
    db.transact([org], (tx) => setStock(tx, ctxOf(org), { storeId, lines }));
  await db.transact([org], (tx) =>
    receiveStock(tx, ctxOf(org), { storeId, lines: [{ sku: 'a', quantity: 7 }] }),
  );
  const { stock } = await count([
    { sku: 'b', quantity: 2 },
    { sku: 'a', quantity: 5 },
  ]);
  expect(stock).toEqual([
    { sku: 'b', quantity: 2 },
    { sku: 'a', quantity: 5 },
  ]);
  const moves = await asOwner(
    db.url,
    'select kind, skus, quantities::int[] from catalog.move where org_id = $1 order by move_id',
    [org],
  );
  expect(moves).toEqual([
    { kind: 'receive', skus: ['a'], quantities: [7] },
    { kind: 'count', skus: ['b', 'a'], quantities: [2, -2] },
  ]);
  expect(await refused(count([{ sku: 'A', quantity: 1 }]))).toBe('stock_product_unknown');
  expect(await breaches(org)).toEqual([]);
  const [record] = await asOwner<{ before: unknown; after: unknown }>(
    db.url,
    `select before, after from platform.audit where org_id = $1 and verb = 'catalog.set-stock'`,
    [org],
  );
  expect(record).toMatchObject({ before: { a: 7, b: 0 }, after: { a: 5, b: 2 } });
});

test('SKUs of any spelling survive the way into a move and back', async () => {
  const org = 11;
  const skus = ['"', '\\', '{}', 'a,b', 'NULL', "it's", '茶 叶', '%_', '\\"'];
  const move: StockMove = {
    moveId: newId(),
    storeId: newId(),
    kind: 'return',
    source: newId(),
    occurredAt: new Date(),
    skus,
    quantities: skus.map((_, index) => index + 1),
  };
  await db.transact([org], (tx) => stockPart.write(tx, [{ org, value: move }], null));
  const [row] = await asOwner<{ skus: string[] }>(
    db.url,
    'select skus from catalog.move where org_id = $1',
    [org],
  );
  expect(row?.skus).toEqual(skus);
  expect(await breaches(org)).toEqual([]);
});

test('the proof finds stock that is not the sum of its moves, and moves cannot be changed', async () => {
  const org = 12;
  const storeId = newId();
  await put(org, [product('a'), product('b')]);
  const lines = [
    { sku: 'a', quantity: 4 },
    { sku: 'b', quantity: 4 },
  ];
  await db.transact([org], (tx) => receiveStock(tx, ctxOf(org), { storeId, lines }));
  await asOwner(db.url, `update catalog.stock set quantity = 9 where org_id = $1 and sku = 'a'`, [
    org,
  ]);
  await asOwner(db.url, `delete from catalog.stock where org_id = $1 and sku = 'b'`, [org]);
  expect(await breaches(org)).toEqual([
    { org_id: org, store_id: storeId, sku: 'a', stock: 9, moved: 4 },
    { org_id: org, store_id: storeId, sku: 'b', stock: 0, moved: 4 },
  ]);
  const change = db.transact([org], (tx) =>
    tx.execute(`update catalog.move set kind = 'sale' where org_id = $1`, [org]),
  );
  await expect(change).rejects.toThrow('permission denied');
});
