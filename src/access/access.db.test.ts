import type { InjectOptions, Response } from 'light-my-request';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#platform/context';
import { silentLog } from '#platform/log';
import { buildServer } from '#platform/http/server';
import type { Server } from '#platform/http/server';
import { asOwner, freshDatabase } from '../../test/database.ts';
import type { FreshDatabase } from '../../test/database.ts';
import { createApiKey } from './create-api-key.ts';
import { createStaff } from './create-staff.ts';
import { hashPassword } from './password.ts';
import { permissionSet } from './permissions.ts';
import type { Role } from './permissions.ts';
import { accessRefusals } from './refusals.ts';
import { openAccess } from './room.ts';
import type { AccessRoom } from './room.ts';
import { accessRoutes } from './routes.ts';

const PASSWORD = 'open sesame 1';
const START = new Date('2026-11-21T08:00:00Z').getTime();
const HOUR = 3_600_000;
let clockMs = START;
let db: FreshDatabase;
let room: AccessRoom;
let server: Server;
let served = 0;
let passwordHash = '';

const now = () => new Date(clockMs);
const org = (code: string) => Promise.resolve(code === 'lanting' ? 7 : code === 'other' ? 8 : null);

/** A new process over the same database: nothing remembered, no limit used up. */
async function start(): Promise<void> {
  await server?.app.close();
  room = openAccess(db, org, now);
  server = await buildServer({
    routes: accessRoutes(room),
    authenticate: room.bearers.authenticate,
    clockOf: now,
    permissions: permissionSet,
    refusals: accessRefusals,
    log: silentLog(),
    version: '0',
    ping: () => Promise.resolve(),
    checkReplies: true,
  });
}

function systemOf(orgId: number): Ctx {
  const principal = {
    kind: 'system',
    id: 'seed',
    name: 'seed',
    org: orgId,
    scopes: new Set<string>(),
    stores: 'all',
  } as const;
  return { org: orgId, principal, now: now(), requestId: 'r', locale: 'en' };
}

function hire(orgId: number, login: string, role: Role, stores: string[] | null = null) {
  return db.transact([orgId], (tx) =>
    createStaff(tx, systemOf(orgId), { login, name: login, passwordHash, role, stores }),
  );
}

function send(
  token: string,
  method: string,
  url: string,
  payload?: object,
  key = `k${++served}`,
): Promise<Response> {
  const headers = {
    'accept-language': 'en',
    ...(token && { authorization: `Bearer ${token}` }),
    'idempotency-key': key,
  };
  return server.app.inject({ method, url, headers, ...(payload && { payload }) } as InjectOptions);
}

const signIn = (login: string, password = PASSWORD, code = 'lanting') =>
  send('', 'POST', '/v1/session', { org: code, login, password });

async function tokenOf(login: string, code = 'lanting'): Promise<string> {
  const response = await signIn(login, PASSWORD, code);
  expect(response.statusCode, response.body).toBe(201);
  return response.json<{ token: string }>().token;
}

const outcome = (response: Response) => [
  response.statusCode,
  response.json<{ code?: string }>().code,
];

beforeAll(async () => {
  db = await freshDatabase();
  passwordHash = await hashPassword(PASSWORD);
  await hire(7, 'owner', 'owner');
  await hire(7, 'manager', 'manager');
  await hire(7, 'cashier', 'cashier');
  await hire(8, 'owner', 'owner');
});
beforeEach(async () => {
  clockMs += HOUR;
  await start();
});
afterAll(async () => {
  await server?.app.close();
  await db?.drop();
});

describe('who gets in', () => {
  const ID = '0190b3f0-0000-7000-8000-000000000000';
  const table: [string, string, object?][] = [
    ['GET', '/v1/session'],
    ['DELETE', '/v1/session'],
    ['GET', '/v1/staff'],
    ['POST', '/v1/staff', { login: 'li', name: '李', password: 'twelve letters', role: 'cashier' }],
    ['POST', `/v1/staff/${ID}/disable`],
    ['GET', '/v1/api-keys'],
    ['POST', '/v1/api-keys', { name: 'till', scopes: ['payment.take'] }],
    ['POST', `/v1/api-keys/${ID}/revoke`],
  ];

  test('the table names every operation but sign-in', () => {
    expect(table).toHaveLength(accessRoutes(room).length - 1);
  });

  test.each(table)('%s %s', async (method, url, body) => {
    const token = await tokenOf('cashier');
    const [, mark, random] = token.split('_') as [string, string, string];
    expect(mark).toBe('7');
    expect(outcome(await send('', method, url, body))).toEqual([401, 'token_missing']);
    expect(outcome(await send('nonsense', method, url, body))).toEqual([401, 'token_invalid']);
    expect(outcome(await send(`tbs_8_${random}`, method, url, body))).toEqual([
      401,
      'token_invalid',
    ]);
    if (url === '/v1/session') return;
    expect(outcome(await send(token, method, url, body))).toEqual([403, 'scope_missing']);
  });

  test('what belongs to another org is not there', async () => {
    const { staff_id } = await hire(7, 'victim', 'cashier');
    const { key } = await db.transact([7], (tx) =>
      createApiKey(tx, systemOf(7), {
        name: 'k',
        scopes: ['offer.read'],
        stores: null,
        expires: null,
      }),
    );
    const other = await tokenOf('owner', 'other');
    expect(outcome(await send(other, 'POST', `/v1/staff/${staff_id}/disable`))).toEqual([
      404,
      'staff_unknown',
    ]);
    expect(outcome(await send(other, 'POST', `/v1/api-keys/${key.key_id}/revoke`))).toEqual([
      404,
      'api_key_unknown',
    ]);
    const list = (await send(other, 'GET', '/v1/staff')).json<{ items: { login: string }[] }>();
    expect(list.items.map((item) => item.login)).toEqual(['owner']);
  });
});

describe('signing in', () => {
  test('by code or number of the org; says who one is', async () => {
    const token = await tokenOf(' Cashier ', '7');
    const me = (await send(token, 'GET', '/v1/session')).json<Record<string, unknown>>();
    expect(me).toMatchObject({ kind: 'staff', name: 'cashier', org_id: 7, stores: null });
    expect(me['scopes']).toContain('payment.take');
  });

  test.each([
    ['a wrong password', 'cashier', 'wrong', 'lanting'],
    ['an unknown login', 'nobody', PASSWORD, 'lanting'],
    ['an unknown merchant', 'cashier', PASSWORD, 'nowhere'],
    ['another merchant', 'cashier', PASSWORD, 'other'],
    ['a number that is no org', 'cashier', PASSWORD, '99999999999999999999'],
  ])('%s says no more than that it failed', async (_name, login, password, code) => {
    expect(outcome(await signIn(login, password, code))).toEqual([401, 'sign_in_failed']);
  });

  test.each(['manager', 'ghost'])('ten failures lock %s for 15 minutes', async (login) => {
    for (let failure = 1; failure <= 10; failure++) {
      expect(outcome(await signIn(login, 'wrong'))).toEqual([401, 'sign_in_failed']);
    }
    const locked = await signIn(login);
    expect(outcome(locked)).toEqual([429, 'sign_in_locked']);
    expect(locked.headers['retry-after']).toBe('900');
    clockMs += 15 * 60_000;
    expect((await signIn(login)).statusCode).toBe(login === 'ghost' ? 401 : 201);
  });

  test('one login cannot be tried without end', async () => {
    const statuses = [];
    for (let tries = 0; tries < 21; tries++)
      statuses.push(outcome(await signIn('cashier', 'wrong', 'nowhere'))[1]);
    expect(new Set(statuses.slice(0, 20))).toEqual(new Set(['sign_in_failed']));
    expect(statuses[20]).toBe('rate_limited');
  });

  test('a session lives on while it is used, and ends after 12 quiet hours or 7 days', async () => {
    const used = await tokenOf('cashier');
    const quiet = await tokenOf('cashier');
    for (let hours = 0; hours < 160; hours += 10) {
      clockMs += 10 * HOUR;
      await start();
      expect((await send(used, 'GET', '/v1/session')).statusCode).toBe(200);
      if (hours === 10) expect((await send(quiet, 'GET', '/v1/session')).statusCode).toBe(401);
    }
    clockMs += 9 * HOUR;
    await start();
    expect(outcome(await send(used, 'GET', '/v1/session'))).toEqual([401, 'token_invalid']);
  });

  test('signing out ends the session at once', async () => {
    const token = await tokenOf('cashier');
    expect((await send(token, 'GET', '/v1/session')).statusCode).toBe(200);
    expect((await send(token, 'DELETE', '/v1/session')).statusCode).toBe(204);
    expect(outcome(await send(token, 'GET', '/v1/session'))).toEqual([401, 'token_invalid']);
  });
});

describe('staff', () => {
  const li = { login: 'li', name: '李', password: 'twelve letters', role: 'cashier' };

  test('are created once per key, sign in, and are gone at once when disabled', async () => {
    const owner = await tokenOf('owner');
    const first = await send(owner, 'POST', '/v1/staff', li, 'once');
    expect(first.statusCode).toBe(201);
    const again = await send(owner, 'POST', '/v1/staff', li, 'once');
    expect([again.statusCode, again.body, again.headers['idempotency-replayed']]).toEqual([
      201,
      first.body,
      'true',
    ]);
    expect(outcome(await send(owner, 'POST', '/v1/staff', { ...li, name: 'Li' }, 'once'))).toEqual([
      409,
      'idempotency_conflict',
    ]);
    expect(outcome(await send(owner, 'POST', '/v1/staff', li))).toEqual([409, 'login_taken']);

    const session = (await signIn('li', li.password)).json<{ token: string }>().token;
    expect((await send(session, 'GET', '/v1/session')).statusCode).toBe(200);
    const { staff_id } = first.json<{ staff_id: string }>();
    expect((await send(owner, 'POST', `/v1/staff/${staff_id}/disable`)).statusCode).toBe(200);
    expect((await send(session, 'GET', '/v1/session')).statusCode).toBe(401);
    expect(outcome(await signIn('li', li.password))).toEqual([401, 'sign_in_failed']);
  });

  test('the same request twice at once makes one person and one answer', async () => {
    const owner = await tokenOf('owner');
    const twin = { ...li, login: 'twin' };
    const [a, b] = await Promise.all(
      [1, 2].map(() => send(owner, 'POST', '/v1/staff', twin, 'twins')),
    );
    expect([a?.statusCode, b?.statusCode]).toEqual([201, 201]);
    expect(a?.body).toBe(b?.body);
  });

  test.each([
    ['an owner', { role: 'owner' }, 403, 'grant_beyond_yours'],
    ['an operator', { role: 'operator_admin' }, 403, 'grant_beyond_yours'],
    ['a marketer', { role: 'marketer' }, 403, 'grant_beyond_yours'],
    ['an unknown role', { role: 'king' }, 422, 'invalid_request'],
    ['a short password', { password: '1234567' }, 422, 'invalid_request'],
    ['an odd login', { login: 'li li' }, 422, 'invalid_request'],
    ['an unknown field', { salary: 1 }, 422, 'invalid_request'],
    ['a cashier', { login: 'hired' }, 201, undefined],
  ])('a manager who creates %s', async (_name, over, status, code) => {
    const manager = await tokenOf('manager');
    expect(outcome(await send(manager, 'POST', '/v1/staff', { ...li, ...over }))).toEqual([
      status,
      code,
    ]);
  });

  test('nobody hands out stores that are not theirs, or disables themselves or their betters', async () => {
    const store = '0190b3f0-0000-7000-8000-00000000000a';
    await hire(7, 'branch', 'manager', [store]);
    const branch = await tokenOf('branch');
    const create = (login: string, stores: string[] | null) =>
      send(branch, 'POST', '/v1/staff', { ...li, login, stores }).then(outcome);
    expect(await create('b1', null)).toEqual([403, 'grant_beyond_yours']);
    expect(await create('b2', ['0190b3f0-0000-7000-8000-00000000000b'])).toEqual([
      403,
      'grant_beyond_yours',
    ]);
    expect(await create('b3', [store])).toEqual([201, undefined]);
    const owner = await tokenOf('owner');
    const me = (await send(owner, 'GET', '/v1/session')).json<{ id: string }>().id;
    expect(outcome(await send(owner, 'POST', `/v1/staff/${me}/disable`))).toEqual([
      409,
      'staff_is_you',
    ]);
    expect(outcome(await send(branch, 'POST', `/v1/staff/${me}/disable`))).toEqual([
      403,
      'grant_beyond_yours',
    ]);
  });

  test('are listed page by page', async () => {
    const owner = await tokenOf('owner');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const url: string = `/v1/staff?limit=3${cursor && `&cursor=${cursor}`}`;
      const page: { items: { login: string }[]; next_cursor: string | null } = (
        await send(owner, 'GET', url)
      ).json();
      seen.push(...page.items.map((item) => item.login));
      cursor = page.next_cursor;
    }
    expect(seen.slice(0, 3)).toEqual(['owner', 'manager', 'cashier']);
    expect(new Set(seen).size).toBe(seen.length);
    expect(outcome(await send(owner, 'GET', '/v1/api-keys?limit=201'))).toEqual([
      422,
      'invalid_request',
    ]);
    expect(outcome(await send(owner, 'GET', '/v1/staff?cursor=abc'))).toEqual([
      400,
      'cursor_malformed',
    ]);
  });
});

describe('API keys', () => {
  test('show their secret once, act within their permissions, and stop when revoked', async () => {
    const owner = await tokenOf('owner');
    const body = { name: 'till', scopes: ['payment.take', 'payment.take'] };
    const made = await send(owner, 'POST', '/v1/api-keys', body, 'key');
    const { secret, key } = made.json<{
      secret: string;
      key: { key_id: string; prefix: string; scopes: string[] };
    }>();
    expect(secret.startsWith(key.prefix)).toBe(true);
    expect(key.scopes).toEqual(['payment.take']);
    expect((await send(owner, 'POST', '/v1/api-keys', body, 'key')).json()).toEqual({
      key,
      secret: null,
    });

    expect((await send(secret, 'GET', '/v1/session')).json()).toMatchObject({
      kind: 'key',
      name: 'till',
      org_id: 7,
    });
    expect(outcome(await send(secret, 'GET', '/v1/staff'))).toEqual([403, 'scope_missing']);
    expect(outcome(await send(secret, 'DELETE', '/v1/session'))).toEqual([409, 'not_a_session']);
    expect((await send(owner, 'POST', `/v1/api-keys/${key.key_id}/revoke`)).statusCode).toBe(200);
    expect(outcome(await send(secret, 'GET', '/v1/session'))).toEqual([401, 'token_invalid']);
    const rows = await asOwner<{ text: string }>(
      db.url,
      'select answer as text from platform.idem union all select after::text from platform.audit',
    );
    expect(rows.some(({ text }) => text?.includes(secret.slice(14)))).toBe(false);
  });

  test.each([
    ['a power keys never have', { scopes: ['key.manage'] }, 422, 'invalid_request'],
    ['a permission the owner lacks', { scopes: ['merchant.manage'] }, 403, 'grant_beyond_yours'],
    ['no permission', { scopes: [] }, 422, 'invalid_request'],
    ['an expiry that is past', { expires_at: '2020-01-01T00:00:00Z' }, 422, 'expiry_past'],
    ['a good wish', {}, 201, undefined],
  ])('asked for with %s', async (_name, over, status, code) => {
    const body = { name: 'till', scopes: ['payment.take'], ...over };
    expect(outcome(await send(await tokenOf('owner'), 'POST', '/v1/api-keys', body))).toEqual([
      status,
      code,
    ]);
  });

  test('expire', async () => {
    const expires = new Date(clockMs + HOUR);
    const { secret } = await db.transact([7], (tx) =>
      createApiKey(tx, systemOf(7), { name: 'k', scopes: ['offer.read'], stores: null, expires }),
    );
    expect((await send(secret, 'GET', '/v1/session')).statusCode).toBe(200);
    clockMs += HOUR;
    await start();
    expect((await send(secret, 'GET', '/v1/session')).statusCode).toBe(401);
  });
});

test('every write left its audit record', async () => {
  const rows = await asOwner<{ verb: string }>(
    db.url,
    'select distinct verb from platform.audit order by verb',
  );
  expect(rows.map((row) => row.verb)).toEqual([
    'access.create-api-key',
    'access.create-staff',
    'access.disable-staff',
    'access.lock-login',
    'access.revoke-api-key',
    'access.sign-in',
    'access.sign-out',
  ]);
});
