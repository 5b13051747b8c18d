import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessRefusals } from '#access';
import { buildServer, type Server } from '#platform/http/server';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { memberRefusals, memberRoutes } from './index.ts';
import {
  BRAND,
  CORNER,
  ctxOf,
  LANTING,
  openStage,
  OPERATOR,
  type Stage,
  tablesHolding,
} from '../../test/members-stage.ts';

const permissions = new Set([
  'member.read',
  'member.write',
  'member.tier',
  'member.erase',
  'store.manage',
]);

let stage: Stage;
let server: Server;
let keys = 0;

beforeAll(async () => {
  stage = await openStage();
  server = await buildServer({
    routes: memberRoutes(stage.room),
    // "10" is staff of org 10; "10 clear" may see phone numbers; "10 away" works in another store; "10 joins" is a cashier.
    authenticate(bearer) {
      const [org, extra] = bearer.split(' ');
      const scopes = new Set([...permissions, ...(extra === 'clear' ? ['member.phone'] : [])]);
      if (extra === 'joins') for (const more of ['tier', 'erase']) scopes.delete(`member.${more}`);
      const stores = extra === 'away' ? new Set<string>() : ('all' as const);
      return ctxOf(Number(org), { scopes, stores }).principal;
    },
    clockOf: () => ctxOf(LANTING).now,
    permissions,
    refusals: [...memberRefusals, ...accessRefusals],
    digest: openVault(Buffer.alloc(32, 3)).digest,
    log: silentLog(),
    version: '1',
    ping: async () => undefined,
    checkReplies: true,
  });
});
afterAll(async () => {
  await server?.app.close();
  await stage?.db.drop();
});

async function ask(
  who: string | number,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  key = `k${++keys}`,
) {
  const headers = { authorization: String(who), 'idempotency-key': key, 'accept-language': 'en' };
  const reply = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
  const body = reply.body === '' ? undefined : reply.json();
  return { status: reply.statusCode, body, replayed: reply.headers['idempotency-replayed'] };
}

test('a number joins once: 201, then 200; the same request is replayed without the person', async () => {
  const wanted = { phone: '13811112222', store_id: stage.lanting.store, name: '李雷' };
  const first = await ask(`${LANTING} clear`, 'POST', '/v1/members', wanted, 'once');
  expect(first).toMatchObject({ status: 201, body: { phone: '+8613811112222', name: '李雷' } });
  const again = await ask(`${LANTING} clear`, 'POST', '/v1/members', wanted, 'once');
  expect(again).toMatchObject({ status: 201, replayed: 'true', body: { phone: null, name: null } });
  expect(again.body.member_id).toBe(first.body.member_id);
  const other = await ask(LANTING, 'POST', '/v1/members', { ...wanted, phone: '+8613811112222' });
  expect(other).toMatchObject({ status: 200, body: { phone: '138****2222', name: '李*' } });
  const conflict = await ask(
    `${LANTING} clear`,
    'POST',
    '/v1/members',
    { ...wanted, name: '韩' },
    'once',
  );
  expect(conflict).toMatchObject({ status: 409, body: { code: 'idempotency_conflict' } });
  expect(await tablesHolding(stage.db.url, ['13811112222', '****2222', '李'])).toEqual([]);
});

test('a member is looked up, changed and erased', async () => {
  const joined = await ask(LANTING, 'POST', '/v1/members', {
    phone: '13811113333',
    store_id: stage.lanting.store,
  });
  const url = `/v1/members/${joined.body.member_id}`;
  const found = await ask(LANTING, 'GET', `/v1/members?phone=%2B8613811113333`);
  expect(found.body).toMatchObject({
    items: [{ member_id: joined.body.member_id }],
    next_cursor: null,
  });
  const change = { tier: 'gold', labels: ['loyal'] };
  const changed = await ask(LANTING, 'PATCH', url, change);
  expect(changed).toMatchObject({ status: 200, body: change });
  expect((await ask(LANTING, 'GET', url)).body).toMatchObject(change);
  expect((await ask(LANTING, 'DELETE', url)).status).toBe(204);
  expect((await ask(LANTING, 'GET', url)).body).toMatchObject({ status: 'erased', phone: null });
  expect((await ask(LANTING, 'GET', '/v1/members?phone=13811113333')).body.items).toEqual([]);
});

test('a birthday is told, masked, changed and taken away, and stands sealed', async () => {
  const wanted = { phone: '13811117777', store_id: stage.lanting.store, birthday: '1987-06-05' };
  const joined = await ask(`${LANTING} clear`, 'POST', '/v1/members', wanted, 'born');
  expect(joined).toMatchObject({ status: 201, body: { birthday: '1987-06-05' } });
  const again = await ask(`${LANTING} clear`, 'POST', '/v1/members', wanted, 'born');
  expect(again).toMatchObject({ replayed: 'true', body: { birthday: null } });
  const url = `/v1/members/${joined.body.member_id}`;
  expect((await ask(LANTING, 'GET', url)).body.birthday).toBe('06-05');
  for (const birthday of ['02-29', '02-29', null]) {
    const changed = await ask(LANTING, 'PATCH', url, { birthday });
    expect(changed).toMatchObject({ status: 200, body: { birthday } });
  }
  for (const birthday of ['1987-06-31', '2026-11-22', '06-31', '6-5']) {
    const refused = await ask(LANTING, 'PATCH', url, { birthday });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/birthday' }] } });
  }
  await ask(LANTING, 'PATCH', url, { birthday: '1987-06-05' });
  expect(await tablesHolding(stage.db.url, ['1987', '06-05'])).toEqual([]);
  expect((await ask(LANTING, 'DELETE', url)).status).toBe(204);
  const erased = await ask(`${LANTING} clear`, 'GET', url);
  expect(erased.body).toMatchObject({ status: 'erased', birthday: null });
});

test.each([
  ['PATCH', '10 away', 'all_stores_needed'],
  ['DELETE', '10 away', 'all_stores_needed'],
  ['PATCH', '10 joins', 'scope_missing'],
  ['DELETE', '10 joins', 'scope_missing'],
] as const)('%s of a member by "%s" is refused: %s', async (method, who, code) => {
  const joined = await ask(LANTING, 'POST', '/v1/members', {
    phone: '13811115555',
    store_id: stage.lanting.store,
  });
  const url = `/v1/members/${joined.body.member_id}`;
  const refused = await ask(who, method, url, method === 'PATCH' ? { tier: 'gold' } : undefined);
  expect(refused).toMatchObject({ status: 403, body: { code } });
});

test("a programme is created and served by another merchant's store", async () => {
  const name = { zh: '奶粉俱乐部', en: 'Milk club' };
  const wanted = { code: 'milk', name, point_value_ppm: 500_000 };
  const made = await ask(BRAND, 'POST', '/v1/programmes', wanted);
  expect(made).toMatchObject({ status: 201, body: { owner_org: BRAND, stores: [] } });
  expect(made.body.tiers).toHaveLength(4);
  const url = `/v1/programmes/${made.body.programme_id}`;
  const store = { store_id: stage.corner.store, owner_org: BRAND };
  const enrol = async (who: string | number, more: object = {}) => {
    const { status, body } = await ask(who, 'POST', `${url}/stores`, { ...store, ...more });
    return body?.code ?? status;
  };
  const invite = async (who: string | number, merchant: number) => {
    const reply = await ask(who, 'POST', `${url}/invitations`, { merchant_org: merchant });
    return reply.body?.code ?? reply.status;
  };
  expect(await enrol(BRAND, { merchant_org: CORNER })).toBe('enrolment_store_not_yours');
  expect(await enrol(LANTING, { merchant_org: CORNER })).toBe('enrolment_store_not_yours');
  expect(await enrol(CORNER)).toBe('programme_owner_only');
  expect(await invite(CORNER, CORNER)).toBe('programme_unknown');
  expect(await invite(BRAND, 999_999)).toBe('invitation_merchant_unknown');
  expect(await invite(`${BRAND} away`, CORNER)).toBe('all_stores_needed');
  expect([await invite(BRAND, CORNER), await invite(BRAND, CORNER)]).toEqual([204, 204]);
  expect(await enrol(LANTING)).toBe('programme_owner_only');
  expect(await enrol(`${CORNER} away`)).toBe('store_not_yours');
  expect([await enrol(CORNER), await enrol(OPERATOR, { merchant_org: CORNER })]).toEqual([
    204, 204,
  ]);
  const listed = await ask(CORNER, 'GET', '/v1/programmes');
  expect(listed.body.items).toMatchObject([
    { code: 'milk', stores: [{ store_id: stage.corner.store, priority: 0 }] },
  ]);
  const joined = await ask(CORNER, 'POST', '/v1/members', {
    phone: '13811114444',
    store_id: stage.corner.store,
  });
  expect(joined).toMatchObject({ status: 201, body: { owner_org: BRAND, joined_org: CORNER } });
});

test('what is wrong is named at its field, in words', async () => {
  const { store } = stage.lanting;
  const tier = { code: 'a', name: { zh: '一', en: 'A' }, growth_from: 0 };
  const programme = { code: 'x', name: tier.name, point_value_ppm: 1 };
  const cases: [
    string | number,
    'GET' | 'POST' | 'PATCH',
    string,
    object | undefined,
    number,
    string,
    string?,
  ][] = [
    [
      LANTING,
      'POST',
      '/v1/members',
      { phone: '123', store_id: store },
      422,
      'phone_invalid',
      '/phone',
    ],
    [LANTING, 'POST', '/v1/members', { phone: '13811112222' }, 422, 'invalid_request', ''],
    [
      LANTING,
      'POST',
      '/v1/members',
      { phone: '13811112222', store_id: 'x' },
      422,
      'invalid_request',
      '/store_id',
    ],
    [
      `${LANTING} away`,
      'POST',
      '/v1/members',
      { phone: '13811112222', store_id: store },
      403,
      'store_not_yours',
    ],
    [LANTING, 'GET', '/v1/members?phone=1', undefined, 422, 'phone_invalid', '/query/phone'],
    [LANTING, 'GET', `/v1/members/${store}`, undefined, 404, 'member_unknown'],
    [
      LANTING,
      'PATCH',
      `/v1/members/${store}`,
      { labels: ['a b'] },
      422,
      'invalid_request',
      '/labels/0',
    ],
    [
      LANTING,
      'POST',
      '/v1/programmes',
      { ...programme, tiers: [tier, tier] },
      422,
      'invalid_request',
      '/tiers',
    ],
    [
      LANTING,
      'POST',
      '/v1/programmes',
      { ...programme, code: 'X' },
      422,
      'invalid_request',
      '/code',
    ],
    [
      CORNER,
      'POST',
      `/v1/programmes/${stage.lanting.programme}/stores`,
      { store_id: stage.corner.store },
      404,
      'programme_unknown',
    ],
    [
      CORNER,
      'POST',
      `/v1/programmes/${stage.lanting.programme}/stores`,
      { store_id: stage.corner.store, owner_org: LANTING },
      403,
      'programme_owner_only',
    ],
  ];
  for (const [who, method, url, payload, status, code, pointer] of cases) {
    const { status: got, body } = await ask(who, method, url, payload);
    expect([url, got, body.code]).toEqual([url, status, code]);
    if (pointer !== undefined) expect(body.errors[0].pointer).toBe(pointer);
  }
});
