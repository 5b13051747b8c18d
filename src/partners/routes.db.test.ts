import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#kernel/ids';
import { fundBudget, leaseNow, ledgerRefusals, openRelay, returnLease } from '#ledger';
import type { Principal } from '#platform/context';
import { buildServer, type Server } from '#platform/http/server';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { openRecorder, type Recorder } from '#platform/record/record';
import { partnersRefusals, partnersRoutes } from './index.ts';
import { asOwner, freshDatabase, type FreshDatabase } from '../../test/database.ts';

const scopes = new Set(['budget.manage']);
const name = { zh: '春季返现', en: 'Spring cashback' };
const BRAND = 21;
const ISSUER = 22;

let db: FreshDatabase;
let server: Server;
let recorder: Recorder;
let keys = 0;

/** "21 store" is staff of org 21 who is bound to one store. */
function principal(bearer: string): Principal {
  const [org, bound] = bearer.split(' ');
  const stores = bound === undefined ? 'all' : new Set([bound]);
  return { kind: 'staff', id: 'li', name: 'Li', org: Number(org), scopes, stores };
}

async function ask(
  org: number | string,
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
  key = `k${++keys}`,
) {
  const headers = { authorization: String(org), 'idempotency-key': key, 'accept-language': 'en' };
  const reply = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
  return { status: reply.statusCode, body: reply.json() };
}

beforeAll(async () => {
  db = await freshDatabase();
  recorder = openRecorder(db);
  server = await buildServer({
    routes: partnersRoutes(
      { db, recorder, zoneOf: async () => 'Asia/Shanghai' },
      async (ids) => new Set(ids.filter((id) => id < 100)),
    ),
    authenticate: (bearer) => principal(bearer),
    clockOf: () => new Date('2026-11-21T02:00:00Z'),
    permissions: scopes,
    refusals: [...ledgerRefusals, ...partnersRefusals],
    digest: openVault(Buffer.alloc(32, 3)).digest,
    log: silentLog(),
    version: '1',
    ping: async () => undefined,
    checkReplies: true,
  });
});
afterAll(async () => {
  await server?.app.close();
  await recorder?.close();
  await db?.drop();
});

test('a budget is opened once per key, granted, paused, resumed and ended', async () => {
  const wanted = { code: 'spring', name, total: 1_000_000, borrowers: [31] };
  const opened = await ask(BRAND, 'POST', '/v1/budgets', wanted, 'once');
  expect(opened).toMatchObject({ status: 201, body: { chunk: 50_000, borrowers: [31] } });
  expect(await ask(BRAND, 'POST', '/v1/budgets', wanted, 'once')).toEqual(opened);
  const path = `/v1/budgets/${opened.body.budget_id}`;
  const steps: [string, object | undefined, object][] = [
    ['grants', { borrower: 32 }, { borrowers: [31, 32] }],
    ['withdrawals', { borrower: 31 }, { borrowers: [32] }],
    ['pause', undefined, { status: 'paused' }],
    ['resume', undefined, { status: 'live' }],
    ['end', undefined, { status: 'ended' }],
  ];
  for (const [verb, body, after] of steps)
    expect(await ask(BRAND, 'POST', `${path}/${verb}`, body)).toMatchObject({
      status: 200,
      body: after,
    });
  expect((await ask(ISSUER, 'POST', `${path}/pause`)).body.code).toBe('budget_unknown');
});

test('lists come in pages of the funder alone', async () => {
  for (const code of ['a', 'b', 'c'])
    await ask(ISSUER, 'POST', '/v1/budgets', { code, name, total: 1 });
  const first = await ask(ISSUER, 'GET', '/v1/budgets?limit=2&status=live');
  expect(first.body.items).toMatchObject([{ code: 'a' }, { code: 'b' }]);
  const cursor = first.body.next_cursor;
  const rest = await ask(ISSUER, 'GET', `/v1/budgets?limit=2&status=live&cursor=${cursor}`);
  expect(rest.body).toMatchObject({ items: [{ code: 'c' }], next_cursor: null });
  const refiltered = await ask(ISSUER, 'GET', `/v1/budgets?cursor=${cursor}`);
  expect(refiltered.body.code).toBe('cursor_malformed');
});

test.each([
  ['a code that is no slug', { code: 'A B', name, total: 100 }, 'invalid_request', '/code'],
  ['a total of nothing', { code: 'x', name, total: 0 }, 'invalid_request', '/total'],
  ['a fraction of a fen', { code: 'x', name, total: 1.5 }, 'invalid_request', '/total'],
  [
    'a lease above the total',
    { code: 'x', name, total: 1, chunk: 2 },
    'budget_chunk_too_large',
    '/chunk',
  ],
  [
    'a borrower unknown',
    { code: 'x', name, total: 1, borrowers: [1, 999] },
    'borrower_unknown',
    '/borrowers/1',
  ],
])('%s is refused at its field', async (_what, body, code, pointer) => {
  const reply = await ask(BRAND, 'POST', '/v1/budgets', body);
  expect(reply).toMatchObject({ body: { code, errors: [{ pointer }] } });
});

test('money is paid into a budget once per key', async () => {
  const opened = await ask(BRAND, 'POST', '/v1/budgets', { code: 'paid', name, total: 9_000 });
  const path = `/v1/budgets/${opened.body.budget_id}/funds`;
  const first = await ask(BRAND, 'POST', path, { amount: 5_000 }, 'pay-1');
  expect(first).toMatchObject({ status: 201, body: { amount: 5_000, left: 5_000 } });
  expect(await ask(BRAND, 'POST', path, { amount: 5_000 }, 'pay-1')).toEqual(first);
  expect((await ask(BRAND, 'POST', path, { amount: 1 }, 'pay-1')).body.code).toBe(
    'idempotency_conflict',
  );
  expect((await ask(BRAND, 'POST', path, { amount: 1_000 })).body.left).toBe(6_000);
  expect((await ask(ISSUER, 'POST', path, { amount: 1 })).body.code).toBe('budget_unknown');
  const over = await ask(BRAND, 'POST', path, { amount: 3_001 });
  expect(over).toMatchObject({ status: 409, body: { code: 'budget_over_total' } });
  expect(over.body.detail).toContain('30.00 CNY may still be paid in');
  expect((await ask(BRAND, 'POST', path, { amount: 3_000 })).body.left).toBe(9_000);
});

test('what is paid in at once, while it is lent and given back, stays within the total to the fen', async () => {
  const opened = await ask(BRAND, 'POST', '/v1/budgets', { code: 'race', name, total: 10_900 });
  const { budget_id: budget } = opened.body;
  const path = `/v1/budgets/${budget}/funds`;
  expect((await ask(BRAND, 'POST', path, { amount: 900 })).status).toBe(201);
  const relay = openRelay({ db, recorder });
  const other = openRecorder(db);
  const stamp = () => ({
    key: newId(),
    actor: 'system:test',
    occurredAt: new Date('2026-11-21T02:00:00Z'),
    valueDate: '2026-11-21',
    source: newId(),
    budget,
    funderOrg: BRAND,
    borrowerOrg: 31,
  });
  const lend = () => leaseNow(recorder, relay, { ...stamp(), amount: 700 }).catch(() => undefined);
  const payments = await Promise.all([
    ...Array.from({ length: 20 }, (_, at) =>
      at % 2 === 0
        ? ask(BRAND, 'POST', path, { amount: 900 }).then(({ status }) => status)
        : fundBudget(other, { ...stamp(), org: BRAND, amount: 900, total: 10_900 }).then(
            () => 201,
            ({ refusal }) => refusal.status,
          ),
    ),
    lend().then(lend),
    lend().then(() => returnLease(recorder, { ...stamp(), amount: 300 })),
  ]);
  await relay.settle();
  await relay.close();
  await other.close();
  expect(payments.filter((status) => status === 201)).toHaveLength(11);
  expect(payments.filter((status) => status === 409)).toHaveLength(9);
  const [paid] = await asOwner<{ sum: number; lent: number }>(
    db.url,
    `select -sum(e.amount)::int sum,
            (select sum(granted)::int from ledger.lease where org_id = $1 and budget = $2) lent
       from ledger.account a
       join ledger.entry e on e.org_id = a.org_id and e.account_id = a.account_id
       join ledger.journal j on j.org_id = e.org_id and j.journal_id = e.journal_id
      where a.org_id = $1 and a.code = '2600' and a.owner = $2 and j.kind = 'budget.fund'`,
    [BRAND, budget],
  );
  expect(paid?.sum).toBe(10_800);
  expect(paid?.lent).toBeGreaterThan(0);
  expect((await ask(BRAND, 'POST', path, { amount: 101 })).body.detail).toContain(' 1.00 CNY may');
  expect((await ask(BRAND, 'POST', path, { amount: 100 })).status).toBe(201);
});

test('who is bound to some stores moves no budget of the org', async () => {
  const opened = await ask(BRAND, 'POST', '/v1/budgets', { code: 'whole', name, total: 9_000 });
  const path = `/v1/budgets/${opened.body.budget_id}`;
  const writes: [string, object?][] = [
    ['/v1/budgets', { code: 'mine', name, total: 100 }],
    [`${path}/funds`, { amount: 1 }],
    [`${path}/grants`, { borrower: 31 }],
    [`${path}/withdrawals`, { borrower: 31 }],
    [`${path}/pause`],
    [`${path}/resume`],
    [`${path}/end`],
  ];
  for (const [url, body] of writes) {
    const reply = await ask(`${BRAND} store`, 'POST', url, body);
    expect([url, reply.status, reply.body.code]).toEqual([url, 403, 'all_stores_needed']);
  }
});
