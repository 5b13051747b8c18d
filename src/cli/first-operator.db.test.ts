import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Server } from '#platform/http/server';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { asOwner, type FreshDatabase, freshDatabase } from '../../test/database.ts';
import { type App, openApp } from '../app.ts';
import { foundOperator } from './first-operator.ts';

const wanted = { code: 'our-pay', name: { zh: '我们支付', en: 'Our Pay' } };
const named = (name: string) => ({ zh: name, en: name });
const owner = { login: 'chen', name: 'Chen', password: 'noodles at noon' };

let db: FreshDatabase;
let app: App;
let server: Server;
let dataDir = '';
let sent = 0;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tillback-operator-'));
  db = await freshDatabase();
  const vault = openVault(Buffer.alloc(32, 7));
  app = await openApp({ db, vault, log: silentLog(), checkReplies: true });
  server = await app.server('0');
  expect(await foundOperator(app, wanted, dataDir)).toBe(true);
});
afterAll(async () => {
  await server.app.close();
  await app.close();
  await db.drop();
  rmSync(dataDir, { recursive: true });
});

async function ask(
  token: string,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  payload?: object,
  key = `k${++sent}`,
) {
  const headers = {
    'idempotency-key': key,
    'accept-language': 'en',
    ...(token && { authorization: `Bearer ${token}` }),
  };
  const reply = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: reply.statusCode, body: reply.json(), headers: reply.headers };
}

async function signIn(org: string, login: string, password: string): Promise<string> {
  const { status, body } = await ask('', 'POST', '/v1/session', { org, login, password });
  expect(status).toBe(201);
  return body.token;
}

const admin = () => {
  const kept = readFileSync(join(dataDir, 'logins.txt'), 'utf8');
  return signIn('our-pay', 'admin', /^password: (\S+)$/m.exec(kept)?.[1] ?? '');
};

async function newOrg(token: string, code: string, kind = 'merchant'): Promise<number> {
  const made = await ask(token, 'POST', '/v1/orgs', { code, name: named(code), kind });
  expect(made.status).toBe(201);
  return made.body.org_id;
}

test('from an empty database to the first sale, over HTTP alone', async () => {
  const operator = await admin();
  const org = await newOrg(operator, 'noodles');
  const made = await ask(operator, 'POST', `/v1/orgs/${org}/owner`, owner);
  expect(made).toMatchObject({ status: 201, body: { login: 'chen', role: 'owner', stores: null } });
  const boss = await signIn('noodles', 'chen', owner.password);
  const store = { code: 'north', name: named('North') };
  expect((await ask(boss, 'POST', '/v1/stores', store)).status).toBe(201);
  const product = { sku: 'NOODLE', name: named('Noodles'), category: 'bowl', price: 1_800 };
  const put = await ask(boss, 'PUT', '/v1/products', { products: [product] });
  expect(put.status, JSON.stringify(put.body)).toBe(200);
  const key = await ask(boss, 'POST', '/v1/api-keys', { name: 'Till', scopes: ['payment.take'] });
  const sale = {
    store: 'north',
    lines: [{ sku: 'NOODLE', quantity: 2 }],
    tenders: [{ kind: 'cash', tendered: 5_000 }],
  };
  const sold = await ask(key.body.secret, 'POST', '/v1/payments', sale);
  expect(sold, JSON.stringify(sold.body)).toMatchObject({ status: 201, body: { due: 3_600 } });
});

test('the login is kept for its owner alone, and made once', async () => {
  expect(statSync(join(dataDir, 'logins.txt')).mode & 0o077).toBe(0);
  const kept = readFileSync(join(dataDir, 'logins.txt'), 'utf8');
  expect(kept).toMatch(/our-pay +admin +operator_admin +Our Pay/);
  expect(await foundOperator(app, wanted, dataDir)).toBe(false);
  expect(readFileSync(join(dataDir, 'logins.txt'), 'utf8')).toBe(kept);
});

test('the first owner is made once per key, and nobody makes a second one', async () => {
  const operator = await admin();
  const org = await newOrg(operator, 'second');
  const url = `/v1/orgs/${org}/owner`;
  const made = await ask(operator, 'POST', url, owner, 'once');
  const again = await ask(operator, 'POST', url, owner, 'once');
  expect(again.body).toEqual(made.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
  const other = { ...owner, login: 'wang' };
  for (const number of [org, 1])
    expect(await ask(operator, 'POST', `/v1/orgs/${number}/owner`, other)).toMatchObject({
      status: 409,
      body: { code: 'owner_there' },
    });
  expect((await ask(operator, 'POST', '/v1/orgs/999/owner', other)).body.code).toBe('org_unknown');
  const boss = await signIn('second', 'chen', owner.password);
  await ask(boss, 'POST', '/v1/staff', { ...other, role: 'owner' });
  const staff = await ask(boss, 'GET', '/v1/staff');
  expect(staff.body.items.map(({ login }: { login: string }) => login)).toEqual(['chen', 'wang']);
});

test('only the operator may, and only with a right to make people', async () => {
  const operator = await admin();
  const [org, brand] = [await newOrg(operator, 'third'), await newOrg(operator, 'maker', 'brand')];
  await ask(operator, 'POST', `/v1/orgs/${org}/owner`, owner);
  const boss = await signIn('third', 'chen', owner.password);
  const refused = await ask(boss, 'POST', `/v1/orgs/${brand}/owner`, owner);
  expect(refused).toMatchObject({ status: 403, body: { code: 'scope_missing' } });
  const key = { name: 'Register', scopes: ['merchant.manage'] };
  const { body } = await ask(operator, 'POST', '/v1/api-keys', key);
  const beyond = await ask(body.secret, 'POST', `/v1/orgs/${brand}/owner`, owner);
  expect(beyond).toMatchObject({ status: 403, body: { code: 'grant_beyond_yours' } });
  expect((await ask(operator, 'POST', `/v1/orgs/${brand}/owner`, owner)).status).toBe(201);
});

test("what made the owner stands in the org's own book, without the password", async () => {
  const rows = await asOwner<{ principal: string; text: string }>(
    db.url,
    `select principal, a::text as text from platform.audit a join merchants.org o using (org_id)
     where o.code = 'noodles' and verb = 'access.create-staff'`,
  );
  expect(rows).toHaveLength(1);
  const [{ id } = { id: '' }] = await asOwner<{ id: string }>(
    db.url,
    "select staff_id::text as id from access.staff where org_id = 1 and login = 'admin'",
  );
  expect(rows[0]?.principal).toBe(`staff:${id}`);
  const all = await asOwner<{ text: string }>(
    db.url,
    'select a::text as text from platform.audit a union all select i::text from platform.idem i',
  );
  expect(all.map(({ text }) => text).join('\n')).not.toContain(owner.password);
});
