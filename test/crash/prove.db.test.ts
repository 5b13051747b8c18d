import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { type App, openApp } from '../../src/app.ts';
import { asOwner, type FreshDatabase, freshDatabase } from '../database.ts';
import { buildShops, type Shop } from './build-shops.ts';
import { prove } from './prove.ts';
import type { Acknowledged } from './till.ts';

let db: FreshDatabase;
let app: App;
let told: Acknowledged;

beforeAll(async () => {
  db = await freshDatabase();
  app = await openApp({ db, vault: openVault(randomBytes(32)), log: silentLog() });
  const [{ org, storeId: store, token }] = (await buildShops(app)) as [Shop, ...Shop[]];
  const server = await app.server('0');
  const answer = await server.app.inject({
    method: 'POST',
    url: '/v1/payments',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'k' },
    payload: { store, lines: [{ sku: 'SKU1', quantity: 2 }], tenders: [{ kind: 'cash' }] },
  });
  await server.app.close();
  const { payment_id: id, due: amount, gross } = answer.json();
  told = { kind: 'sale', org, key: 'k', id, amount, gross };
});
afterAll(async () => {
  await app.close();
  await db.drop();
});

const other = '01900000-0000-7000-8000-000000000000';

test.each<[string, () => Acknowledged[], number, number]>([
  // told to the customers                                                      lost  doubled
  ['what was sold', () => [told], 0, 0],
  ['another sale, too', () => [told, { ...told, id: other }], 1, 0],
  ['another amount', () => [{ ...told, amount: told.amount + 1 }], 1, 0],
  ['nothing', () => [], 0, 1],
  ['the same under two keys', () => [told, { ...told, key: 'l' }], 0, 1],
])('books with one sale, told %s', async (_, acknowledged, lost, doubled) => {
  const verdict = await prove(app, acknowledged());
  expect([verdict.lost.length, verdict.doubled.length, verdict.breaches]).toEqual([
    lost,
    doubled,
    [],
  ]);
});

test('a sale half written is a breach', async () => {
  await asOwner(db.url, 'delete from payments.charge where payment_id = $1', [told.id]);
  const { breaches } = await prove(app, [told]);
  expect(breaches).toEqual([
    expect.stringContaining('payments.charges'),
    expect.stringContaining('payments.days'),
  ]);
});
