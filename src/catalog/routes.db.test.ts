import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessRefusals } from '#access';
import { createOrg, createStore, merchantsRefusals, orgSnapshots } from '#merchants';
import type { Ctx, Principal } from '#platform/context';
import { buildServer, type Server } from '#platform/http/server';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { freshDatabase, type FreshDatabase } from '../../test/database.ts';
import { catalogRefusals, catalogRoutes } from './index.ts';

const scopes = new Set(['catalog.read', 'catalog.write']);
const now = new Date('2026-11-21T02:00:00Z');
const name = { zh: '茶', en: 'Tea' };
const ORG = 2;

let db: FreshDatabase;
let server: Server;
let store: string;
let keys = 0;

function ctxOf(org: number, extra: Partial<Principal> = {}): Ctx {
  const principal = { kind: 'staff', id: 's', name: 'Wang', org, scopes, stores: 'all' } as const;
  return { org, principal: { ...principal, ...extra }, now, requestId: 'r1', locale: 'en' };
}

beforeAll(async () => {
  db = await freshDatabase();
  const system = ctxOf(1, { kind: 'system' });
  await createOrg(db, system, { id: 1, code: 'operator', name, kind: 'operator' });
  await createOrg(db, system, { id: ORG, code: 'lanting', name, kind: 'merchant' });
  store = (await createStore(db, ctxOf(ORG), { code: 'main', name })).id;
  server = await buildServer({
    routes: catalogRoutes({ db, orgs: orgSnapshots(db) }),
    authenticate: (bearer) =>
      ctxOf(ORG, { stores: bearer === 'away' ? new Set<string>() : 'all' }).principal,
    clockOf: () => now,
    permissions: scopes,
    refusals: [...catalogRefusals, ...accessRefusals, ...merchantsRefusals],
    digest: openVault(Buffer.alloc(32, 3)).digest,
    log: silentLog(),
    version: '1',
    ping: async () => undefined,
    checkReplies: true,
  });
});
afterAll(async () => {
  await server?.app.close();
  await db?.drop();
});

type Verb = 'GET' | 'PUT' | 'POST' | 'DELETE';

async function ask(method: Verb, url: string, payload?: object, who = 'home') {
  const headers = { authorization: who, 'idempotency-key': `k${++keys}`, 'accept-language': 'en' };
  const reply = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: reply.statusCode, body: reply.body === '' ? undefined : reply.json() };
}

test('products are put, read, listed and withdrawn', async () => {
  const products = [
    { sku: 'a/1 %', name, price: 1250, brand: 'Lanting' },
    { sku: 'b', name, price: 0 },
  ];
  const put = await ask('PUT', '/v1/products', { products });
  expect(put).toEqual({ status: 200, body: { added: 2, changed: 0 } });
  const url = `/v1/products/${encodeURIComponent('a/1 %')}`;
  const shown = { ...products[0], category: null, status: 'active' };
  expect((await ask('GET', url)).body).toEqual(shown);
  expect((await ask('GET', '/v1/products?search=a')).body).toEqual({
    items: [shown],
    next_cursor: null,
  });
  expect((await ask('DELETE', url)).status).toBe(204);
  const active = await ask('GET', '/v1/products?status=active');
  expect(active.body.items.map(({ sku }: { sku: string }) => sku)).toEqual(['b']);
});

test('a thousand products go in one request', async () => {
  const products = Array.from({ length: 1000 }, (_, index) => ({
    sku: `t${index}`,
    name,
    price: index,
  }));
  expect((await ask('PUT', '/v1/products', { products })).body).toEqual({
    added: 1000,
    changed: 0,
  });
});

test('stock is received, counted and listed', async () => {
  await ask('PUT', '/v1/products', { products: [{ sku: 'c', name, price: 1 }] });
  const lines = (quantity: number) => [{ sku: 'c', quantity }];
  const received = { kind: 'receive', store_id: store, lines: lines(5) };
  expect((await ask('POST', '/v1/stock/moves', received)).status).toBe(201);
  const counted = await ask('POST', '/v1/stock/moves', {
    kind: 'count',
    store_id: store,
    lines: lines(3),
  });
  expect(counted.body.stock).toEqual(lines(3));
  const listed = await ask('GET', `/v1/stock?store=${store}&sku=c`);
  expect(listed.body).toEqual({ items: lines(3), next_cursor: null });
});

test('what is wrong is named at its field, in words', async () => {
  const one = { sku: 'x', name, price: 1 };
  const count = { kind: 'count', store_id: store, lines: [{ sku: 'zz', quantity: 1 }] };
  const nowhere = '0190b3f0-0000-7000-8000-000000000000';
  const cases: [Verb, string, object | undefined, string, number, string, string?][] = [
    ['PUT', '/v1/products', { products: [one, one] }, 'home', 422, 'invalid_request', '/products'],
    [
      'PUT',
      '/v1/products',
      { products: [{ ...one, price: -1 }] },
      'home',
      422,
      'invalid_request',
      '/products/0/price',
    ],
    [
      'PUT',
      '/v1/products',
      { products: [{ ...one, price: 1.5 }] },
      'home',
      422,
      'invalid_request',
      '/products/0/price',
    ],
    [
      'PUT',
      '/v1/products',
      { products: [{ ...one, sku: ' x' }] },
      'home',
      422,
      'invalid_request',
      '/products/0/sku',
    ],
    ['GET', '/v1/products/none', undefined, 'home', 404, 'product_unknown'],
    ['POST', '/v1/stock/moves', count, 'home', 422, 'stock_product_unknown', '/lines/0/sku'],
    ['POST', '/v1/stock/moves', { ...count, store_id: nowhere }, 'home', 404, 'store_unknown'],
    ['POST', '/v1/stock/moves', count, 'away', 403, 'store_not_yours'],
    ['PUT', '/v1/products', { products: [one] }, 'away', 403, 'all_stores_needed'],
    ['DELETE', '/v1/products/c', undefined, 'away', 403, 'all_stores_needed'],
    [
      'POST',
      '/v1/stock/moves',
      { ...count, kind: 'receive', lines: [{ sku: 'x', quantity: 0 }] },
      'home',
      422,
      'invalid_request',
      '/lines/0/quantity',
    ],
    ['GET', '/v1/stock', undefined, 'home', 422, 'invalid_request', '/query/store'],
  ];
  for (const [method, url, payload, who, status, code, pointer] of cases) {
    const { status: got, body } = await ask(method, url, payload, who);
    expect([url, got, body.code]).toEqual([url, status, code]);
    if (pointer !== undefined) expect(body.errors[0].pointer).toBe(pointer);
  }
});
