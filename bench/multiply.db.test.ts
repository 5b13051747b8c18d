import type { InjectOptions } from 'light-my-request';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allOrgs } from '#merchants';
import { asOwner, type FreshDatabase, freshDatabase } from '../test/database.ts';
import { brokenInvariants } from '../test/crash/prove.ts';
import type { App } from '../src/app.ts';
import { closeRooms, openRooms } from './bench-server.ts';
import { multiply } from './multiply.ts';
import { buildStage, planSales } from './stage.ts';

let db: FreshDatabase;
let app: App;

beforeAll(async () => {
  db = await freshDatabase();
  app = await openRooms(db.url);
});
afterAll(async () => {
  await closeRooms(app, db.url);
  await db.drop();
});

test('multiplied sales stand on the days before, and everything the audit proves still holds', async () => {
  const size = { merchants: 2, offers: 4, products: 9, members: 5 };
  const merchants = await buildStage(app, size);
  const server = await app.server('0');
  const sell = async (keys: string) => {
    for (const [at, { path, token, body }] of planSales(merchants, 20).entries()) {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': `${keys}${at}`,
      };
      const options: InjectOptions = { method: 'POST', url: path, headers, payload: body };
      expect((await server.app.inject(options)).statusCode).toBe(201);
    }
  };
  await sell('before');
  await multiply(db.url, 3);
  await sell('after');
  await server.app.close();
  const orgs = (await allOrgs(app.db)).map(({ id }) => id);
  expect(await brokenInvariants(app, orgs)).toEqual([]);
  const [row] = await asOwner<{ payments: string; days: string }>(
    db.url,
    `select count(*) as payments, count(distinct business_day) as days from payments.payment`,
  );
  expect([row?.payments, row?.days].map(Number)).toEqual([100, 4]);
});
