import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Principal } from '#platform/context';
import { buildServer, type Server } from '#platform/http/server';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { createOrg, merchantsRefusals, merchantsRoutes } from './index.ts';
import { freshDatabase, type FreshDatabase } from '../../test/database.ts';

const scopes = new Set(['merchant.read', 'merchant.manage', 'store.manage']);
const now = new Date('2026-11-21T02:00:00Z');
const name = { zh: '兰亭', en: 'Lanting' };

let db: FreshDatabase;
let server: Server;
let keys = 0;

function principal(org: number): Principal {
  return { kind: 'staff', id: 'wang', name: 'Wang', org, scopes, stores: 'all' };
}

async function ask(
  org: number,
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  payload?: object,
  key = `k${++keys}`,
) {
  const headers = { authorization: String(org), 'idempotency-key': key, 'accept-language': 'en' };
  const reply = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: reply.statusCode, body: reply.json(), headers: reply.headers };
}

beforeAll(async () => {
  db = await freshDatabase();
  server = await buildServer({
    routes: merchantsRoutes(db),
    authenticate: (bearer) => principal(Number(bearer)),
    clockOf: () => now,
    permissions: scopes,
    refusals: merchantsRefusals,
    digest: openVault(Buffer.alloc(32, 3)).digest,
    log: silentLog(),
    version: '1',
    ping: async () => undefined,
    checkReplies: true,
  });
  const system = { ...principal(1), kind: 'system' as const };
  const ctx = { org: 1, principal: system, now, requestId: 'req_1', locale: 'zh' as const };
  await createOrg(db, ctx, { code: 'operator', name, kind: 'operator' });
  await createOrg(db, ctx, { code: 'lanting', name, kind: 'merchant' });
});
afterAll(async () => {
  await server?.app.close();
  await db?.drop();
});

test('an org reads itself; the operator enters another once per key', async () => {
  const own = await ask(2, 'GET', '/v1/org');
  expect(own.body).toMatchObject({ org_id: 2, code: 'lanting', parent_id: 1 });
  const wanted = { code: 'sunrise', name, kind: 'brand', parent_id: null };
  const made = await ask(1, 'POST', '/v1/orgs', wanted, 'once');
  expect(made).toMatchObject({ status: 201, body: { org_id: 3, parent_id: null } });
  const again = await ask(1, 'POST', '/v1/orgs', wanted, 'once');
  expect(again.body).toEqual(made.body);
  expect(again.headers['idempotency-replayed']).toBe('true');
});

test('a category code is four digits; the operator gives, changes and takes it away', async () => {
  const wanted = { code: 'noodles', name, kind: 'merchant', mcc: '5812' };
  const made = await ask(1, 'POST', '/v1/orgs', wanted);
  expect(made).toMatchObject({ status: 201, body: { mcc: '5812' } });
  const url = `/v1/orgs/${made.body.org_id}`;
  for (const mcc of ['5814', null])
    expect(await ask(1, 'PATCH', url, { mcc })).toMatchObject({ status: 200, body: { mcc } });
  for (const mcc of ['581', '58120', '58a2', '', 5812]) {
    const refused = await ask(1, 'PATCH', url, { mcc });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/mcc' }] } });
  }
  const own = await ask(made.body.org_id, 'PATCH', url, { mcc: '5411' });
  expect(own).toMatchObject({ status: 403, body: { code: 'operator_only' } });
  const nobody = await ask(1, 'PATCH', '/v1/orgs/999', { mcc: '5411' });
  expect(nobody).toMatchObject({ status: 404, body: { code: 'org_unknown' } });
});

test('lists come in pages', async () => {
  for (const code of ['a', 'b', 'c']) await ask(2, 'POST', '/v1/stores', { code, name });
  const first = await ask(2, 'GET', '/v1/stores?limit=2');
  expect(first.body.items.map((store: { code: string }) => store.code)).toEqual(['a', 'b']);
  const rest = await ask(2, 'GET', `/v1/stores?limit=2&cursor=${first.body.next_cursor}`);
  expect(rest.body).toMatchObject({ items: [{ code: 'c', place: null }], next_cursor: null });
  const orgs = await ask(1, 'GET', '/v1/orgs?limit=1');
  const next = await ask(1, 'GET', `/v1/orgs?limit=1&cursor=${orgs.body.next_cursor}`);
  expect(next.body.items).toMatchObject([{ code: 'lanting' }]);
  const other = await ask(3, 'GET', `/v1/stores?cursor=${first.body.next_cursor}`);
  expect(other.body.code).toBe('cursor_malformed');
});

test('what is wrong is named at its field, in the language asked for', async () => {
  const wrong = { code: 'Not A Slug', name: { zh: '茶', en: '' }, zone: 'Mars', kind: 'operator' };
  const { status, body } = await ask(1, 'POST', '/v1/orgs', wrong);
  expect(status).toBe(422);
  const pointers = body.errors.map((error: { pointer: string }) => error.pointer);
  expect(pointers).toEqual(['/code', '/name/en', '/kind', '/zone']);
  expect(body.errors.at(-1).detail).toBe('must be an IANA zone such as Asia/Shanghai');
  const taken = await ask(1, 'POST', '/v1/orgs', { code: 'lanting', name, kind: 'brand' });
  expect(taken).toMatchObject({ status: 409, body: { code: 'org_code_taken' } });
  expect(taken.body.errors).toMatchObject([{ pointer: '/code' }]);
  const nul = await ask(2, 'POST', '/v1/stores', {
    code: 'd',
    name: { zh: '门\u0000店', en: 'D' },
  });
  expect(nul.body.errors).toMatchObject([{ pointer: '/name/zh' }]);
});

test.each([
  ['GET', '/v1/orgs', undefined],
  ['POST', '/v1/orgs', { code: 'mine', name, kind: 'merchant' }],
] as const)('a merchant with every permission gets no %s %s', async (method, url, payload) => {
  expect(await ask(2, method, url, payload)).toMatchObject({
    status: 403,
    body: { code: 'operator_only' },
  });
});
