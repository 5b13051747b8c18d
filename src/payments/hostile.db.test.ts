import { hash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '../../test/database.ts';
import { type Shop, Stage } from '../../test/stage.ts';

let stage: Stage;
let shop: Shop;

beforeAll(async () => {
  stage = await Stage.open();
  shop = await stage.shop('hostile');
});
afterAll(() => stage?.close());

const basket = { store: 'hostile-1', lines: [{ sku: 'a\u0000b', quantity: 1 }] };
const sale = {
  store: 'hostile-1',
  lines: [{ sku: 'CUP-1', quantity: 1 }],
  tenders: [{ kind: 'cash' }],
};
const who = { org: 'lanting', login: 'owner', password: 'open sesame 1' };

test.each<[string, string, object | undefined, string]>([
  ['POST', '/v1/quotes', basket, '/lines/0/sku'],
  ['POST', '/v1/payments', { ...basket, tenders: [{ kind: 'cash' }] }, '/lines/0/sku'],
  ['POST', '/v1/session', { ...who, org: 'lan\u0000ting' }, '/org'],
  ['POST', '/v1/session', { ...who, login: 'o\u0000' }, '/login'],
  ['GET', '/v1/products?search=%00', undefined, '/query/search'],
  ['GET', '/v1/products/%00', undefined, '/path/sku'],
  ['GET', '/v1/payments/%00', undefined, '/path/payment'],
  ['GET', '/v1/payments?from=0000-01-01', undefined, '/query/from'],
  ['GET', '/v1/refunds?to=0000-12-31', undefined, '/query/to'],
  ['GET', '/v1/reports/sales?from=0000-01-01&to=0000-01-02', undefined, '/query/from'],
  ['POST', '/v1/payments', { ...sale, occurred_at: '0000-06-01T00:00:00Z' }, '/occurred_at'],
  ['POST', '/v1/payments', { ...sale, occurred_at: '9999-12-31T23:00:00Z' }, '/occurred_at'],
])('%s %s says which value is not legal', async (method, url, payload, pointer) => {
  const reply = await stage.send(shop.token, method, url, payload);
  expect([reply.statusCode, reply.json().errors?.[0]?.pointer]).toEqual([422, pointer]);
});

test('the first and the last day there are do no harm', async () => {
  for (const list of ['/v1/payments', '/v1/refunds'])
    expect(
      (await stage.send(shop.token, 'GET', `${list}?from=0001-01-01&to=9999-12-31`)).statusCode,
    ).toBe(200);
});

test('a phone number cannot be tried against what is kept of a request', async () => {
  await stage.member(shop, '13800138000');
  const member = { phone: '13800138000' };
  const body = { ...sale, member, tenders: [{ kind: 'cash', tendered: 3_000 }] };
  const reply = await stage.send(shop.token, 'POST', '/v1/payments', body);
  expect(reply.statusCode, reply.body).toBe(201);
  const kept = await asOwner<{ hash: string }>(
    stage.db.url,
    "select encode(req_hash, 'hex') as hash from platform.idem",
  );
  const text = `POST /v1/payments\n${JSON.stringify(body)}`;
  const hashes = kept.map((row) => row.hash);
  expect(hashes).not.toContain(hash('sha256', text));
});
