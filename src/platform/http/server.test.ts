import { hash } from 'node:crypto';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { InjectOptions, Response } from 'light-my-request';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Refused } from '#kernel/refusal';
import type { Principal } from '#platform/context';
import type { TrustProxy } from '#platform/config';
import { Raw, answer, bind, operation } from '#platform/contract';
import type { OperationSpec, Route } from '#platform/contract';
import type { Problem } from './problem.ts';
import { tokenMissing } from './refusals.ts';
import { buildServer } from './server.ts';
import type { Server, ServerOptions } from './server.ts';

const common = { summary: 'x', description: 'x', tags: ['Test'] } as const;
const take = operation({
  ...common,
  id: 'take',
  method: 'POST',
  path: '/v1/things/{thing_id}',
  scope: 'payment.take',
  params: z.strictObject({ thing_id: z.string().max(8) }),
  body: z.strictObject({
    mode: z.string(),
    qty: z.int().min(1).max(9).optional(),
    lines: z
      .array(z.strictObject({ sku: z.string().min(1) }))
      .max(2)
      .optional(),
  }),
  reply: { 201: z.strictObject({ n: z.int() }) },
});
const peek = operation({
  ...common,
  id: 'peek',
  method: 'GET',
  path: '/v1/peek',
  scope: 'session',
  reply: { 200: z.strictObject({}) },
});
const limited = operation({
  ...common,
  id: 'limited',
  method: 'POST',
  path: '/v1/limited',
  scope: 'public',
  idempotent: false,
  limits: [{ max: 2, windowSeconds: 60, by: ['who'] }],
  body: z.strictObject({ who: z.string() }),
  reply: { 200: z.strictObject({}) },
});

const modes: Record<string, () => Raw | { status: 201; body: { n: number } }> = {
  raw: () => new Raw(201, '{"n":7}', { 'idempotency-replayed': 'true' }),
  plain: () => answer(201, { n: 7 }),
  broken: () => answer(201, { n: 'seven' as unknown as number }),
  refuse: () => {
    throw new Refused({
      code: 'too_late',
      status: 409,
      detail: { zh: '已过时', en: 'Too late' },
      fix: { zh: '重来', en: 'Again' },
    });
  },
  bug: () => {
    throw new Error('the inside of the machine');
  },
  unstorable: () => {
    throw Object.assign(new Error('date/time field value out of range'), { code: '22008' });
  },
  waited: () => {
    throw new Error('Client was closed and is not queryable');
  },
  gone: () => {
    throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  },
};
const routes: Route[] = [
  bind(take, (_ctx, { body }) => (modes[body.mode] as () => Raw)()),
  bind(peek, () => answer(200, {})),
  bind(limited, () => answer(200, {})),
];

function cashier(scopes: string[]): Principal {
  return { kind: 'staff', id: 's', name: 'n', org: 7, scopes: new Set(scopes), stores: 'all' };
}

const logged: string[] = [];
let pinged: Promise<unknown> = Promise.resolve();
const options: ServerOptions = {
  routes,
  authenticate: (authorization) => {
    if (authorization === 'Bearer good') return cashier(['payment.take']);
    if (authorization === 'Bearer slow') return Promise.resolve(cashier(['payment.take']));
    if (authorization === 'Bearer poor') return cashier([]);
    throw new Refused(tokenMissing());
  },
  clockOf: () => new Date('2026-11-21T09:30:00Z'),
  digest: (text) => hash('sha256', text, 'buffer'),
  permissions: new Set(['payment.take']),
  refusals: [],
  log: {
    error: (fields, message) => void logged.push(JSON.stringify({ ...fields, message })),
    debug: () => undefined,
  },
  version: '1.2.3',
  ping: () => pinged,
  checkReplies: true,
};
let server: Server;
beforeAll(async () => void (server = await buildServer(options)));
afterAll(() => server.app.close());

const HEADERS = {
  authorization: 'Bearer good',
  'idempotency-key': 'k1',
  'content-type': 'application/json',
  'accept-language': 'en',
};

function send(over: InjectOptions, without = ''): Promise<Response> {
  const headers: Record<string, unknown> = { ...HEADERS, ...over.headers };
  delete headers[without];
  const request = {
    method: 'POST',
    url: '/v1/things/t1',
    payload: '{"mode":"plain"}',
    ...over,
    headers,
  } as InjectOptions;
  return server.app.inject(request);
}

describe('what bad input gets', () => {
  const big = JSON.stringify({ mode: 'x'.repeat(1024 * 1024) });
  const table: [string, InjectOptions, number, string, string?][] = [
    ['no token', {}, 401, 'token_missing', 'authorization'],
    ['wrong token', { headers: { authorization: 'Bearer bad' } }, 401, 'token_missing'],
    ['no permission', { headers: { authorization: 'Bearer poor' } }, 403, 'scope_missing'],
    ['no key', {}, 400, 'idempotency_key_missing', 'idempotency-key'],
    [
      'an odd key',
      { headers: { 'idempotency-key': 'caf\u00e9' } },
      400,
      'idempotency_key_malformed',
    ],
    [
      'a long key',
      { headers: { 'idempotency-key': 'x'.repeat(256) } },
      400,
      'idempotency_key_malformed',
    ],
    ['broken JSON', { payload: '{"mode":\n "a",}' }, 400, 'malformed_json'],
    [
      'a body that is no UTF-8',
      { payload: Buffer.from([0x22, 0xff, 0x22]) },
      400,
      'malformed_json',
    ],
    ['a prototype', { payload: '{"mode":"plain","__proto__":{}}' }, 400, 'malformed_json'],
    [
      'another content type',
      { headers: { 'content-type': 'text/plain' } },
      415,
      'wrong_content_type',
    ],
    ['too much', { payload: big }, 413, 'body_too_large'],
    ['an unknown address', { url: '/v1/nothing' }, 404, 'route_unknown'],
    ['a wrong method', { method: 'PUT' }, 405, 'method_not_allowed'],
    ['a broken address', { url: '/v1/things/%ZZ' }, 400, 'bad_request'],
    ['nothing', { payload: '' }, 422, 'invalid_request'],
    ['a refusal', { payload: '{"mode":"refuse"}' }, 409, 'too_late'],
    ['a bug', { payload: '{"mode":"bug"}' }, 500, 'unexpected'],
    ['a reply that breaks its contract', { payload: '{"mode":"broken"}' }, 500, 'unexpected'],
    [
      'a value that cannot be stored',
      { payload: '{"mode":"unstorable"}' },
      422,
      'value_unstorable',
    ],
    ['NUL', { payload: '{"mode":"a\\u0000b"}' }, 422, 'invalid_request'],
    ['NUL as it is', { payload: '{"mode":"a\u0000b"}' }, 400, 'malformed_json'],
    ['an escaped prototype', { payload: '{"\\u005f_proto__":1}' }, 400, 'malformed_json'],
    ['a lost database', { payload: '{"mode":"waited"}' }, 503, 'database_unavailable'],
    ['no database', { payload: '{"mode":"gone"}' }, 503, 'database_unavailable'],
  ];
  test.each(table)('%s', async (_name, over, status, code, without) => {
    for (const language of ['zh-CN,zh;q=0.9,en;q=0.5', 'en']) {
      const response = await send(
        { ...over, headers: { 'accept-language': language, ...over.headers } },
        without,
      );
      const problem = response.json<Problem>();
      expect([response.statusCode, problem.status, problem.code]).toEqual([status, status, code]);
      expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(response.headers['content-language']).toBe(language.slice(0, 2));
      expect(problem.type).toBe(`/docs/problems#${code}`);
      expect(problem.request_id).toMatch(/^req_/);
      expect(/[\u4e00-\u9fff]/.test(problem.detail + problem.fix)).toBe(language !== 'en');
    }
  });

  test('says where JSON breaks', async () => {
    const problem = (await send({ payload: '{"mode":\n "a",}' })).json<Problem>();
    expect(problem.detail).toBe('The body is not legal JSON: line 2, column 6');
  });

  test('names every faulty field and what would be legal', async () => {
    const payload = { mode: 5, qty: 10, lines: [{ sku: '', price: 1 }, {}], member: 'x' };
    const response = await send({ payload, url: '/v1/things/123456789?a=1' });
    expect(response.json<Problem>().errors).toEqual([
      { pointer: '/path/thing_id', detail: 'at most 8 character(s)' },
      { pointer: '/query/a', detail: 'this operation has no such parameter' },
      { pointer: '/mode', detail: 'must be text' },
      { pointer: '/qty', detail: 'at most 9' },
      { pointer: '/lines/0/sku', detail: 'at least 1 character(s)' },
      { pointer: '/lines/0/price', detail: 'unknown field; legal are sku' },
      { pointer: '/lines/1/sku', detail: 'required: text' },
      { pointer: '/member', detail: 'unknown field; legal are mode, qty, lines' },
    ]);
  });

  test.each([
    ['{"mode":"plain","lines":[{"sku":"a\\u0000b"}]}', '', '/lines/0/sku'],
    ['{"mode":"plain","a\\u0000/~":1}', '', '/a\\u0000~1~0'],
    ['"\\u0000"', '', ''],
    ['{"mode":"plain"}', '?a=%00', '/query/a'],
    ['{"mode":"plain"}', '?a=1&a=%00', '/query/a'],
    ['{"mode":"plain"}', '%00', '/path/thing_id'],
  ])('says where NUL stands in %s%s', async (payload, suffix, pointer) => {
    const response = await send({ payload, url: `/v1/things/t${suffix}` });
    expect([response.statusCode, response.json<Problem>().errors]).toEqual([
      422,
      [{ pointer, detail: 'must not hold the character NUL (U+0000)' }],
    ]);
  });

  test('what only looks like a trap passes, however deep it nests', async () => {
    for (const harmless of ['"__proto__"', '"a\\\\u0000"', '"\\u4e2d"']) {
      const payload = `{"mode":"plain","lines":[{"sku":${harmless}}]}`;
      expect((await send({ payload })).statusCode).toBe(201);
    }
    const deep = `${'['.repeat(100_000)}"\\u4e2d"${']'.repeat(100_000)}`;
    expect((await send({ payload: deep })).statusCode).toBe(422);
  });

  test.each([
    [null, '127.0.0.1'],
    [['loopback'], '203.0.113.9'],
    [['10.0.0.0/8'], '127.0.0.1'],
  ])(
    'the address of the caller behind a proxy, trusting %j',
    async (trustProxy: TrustProxy, ip) => {
      let seen = '';
      const look = bind(peek, (_ctx, { meta }) => ((seen = meta.ip), answer(200, {})));
      const own = await buildServer({ ...options, routes: [look], trustProxy });
      const headers = { ...HEADERS, 'x-forwarded-for': '203.0.113.9' };
      await own.app.inject({ method: 'GET', url: '/v1/peek', headers });
      expect(seen).toBe(ip);
      await own.app.close();
    },
  );

  test('405 says what is allowed', async () => {
    expect((await send({ method: 'PUT' })).headers['allow']).toBe('POST');
    expect((await send({ method: 'DELETE', url: '/v1/peek' })).headers['allow']).toBe('GET, HEAD');
  });

  test('a bug answers without internals and is logged without secrets', async () => {
    logged.length = 0;
    const response = await send({
      payload: '{"mode":"bug"}',
      headers: { authorization: 'Bearer slow' },
    });
    expect(response.body).not.toMatch(/inside of the machine|server\.test/);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toMatch(/inside of the machine/);
    expect(logged[0]).toContain(response.json<Problem>().request_id);
    expect(logged[0]).not.toMatch(/Bearer/);
  });

  test('a limit counts per value of its fields', async () => {
    const ask = (who: string) => send({ url: '/v1/limited', payload: { who } });
    const statuses = [];
    for (const who of ['a', 'A ', 'a', 'b']) statuses.push((await ask(who)).statusCode);
    expect(statuses).toEqual([200, 200, 429, 200]);
    expect((await ask('a')).headers['retry-after']).toMatch(/^\d+$/);
  });
});

describe('what good input gets', () => {
  test.each(['Bearer good', 'Bearer slow'])(
    'an object, or JSON text as it is (%s)',
    async (authorization) => {
      const plain = await send({ headers: { authorization } });
      expect([plain.statusCode, plain.body]).toEqual([201, '{"n":7}']);
      const raw = await send({ payload: '{"mode":"raw"}', headers: { authorization } });
      expect([raw.statusCode, raw.body, raw.headers['idempotency-replayed']]).toEqual([
        201,
        '{"n":7}',
        'true',
      ]);
      expect(raw.headers['content-type']).toBe('application/json; charset=utf-8');
    },
  );

  test('a read needs no key', async () => {
    expect(
      (await send({ method: 'GET', url: '/v1/peek', payload: '' }, 'idempotency-key')).statusCode,
    ).toBe(200);
  });
});

describe('the server', () => {
  test('health follows the database and the drain', async () => {
    const own = await buildServer({ ...options, ping: () => pinged });
    const health = async () => {
      const response = await own.app.inject('/health');
      return [response.statusCode, response.json<{ status: string; version: string }>().status];
    };
    expect(await health()).toEqual([200, 'ok']);
    pinged = Promise.reject(new Error('down'));
    expect(await health()).toEqual([503, 'database_down']);
    pinged = Promise.resolve();
    own.drain();
    expect(await health()).toEqual([503, 'draining']);
    await own.app.close();
  });

  test('sheds load beyond its limit', async () => {
    const own = await buildServer({ ...options, inFlightMax: 0 });
    const response = await own.app.inject({ method: 'GET', url: '/v1/peek', headers: HEADERS });
    expect([response.statusCode, response.json<Problem>().code]).toEqual([503, 'overloaded']);
    expect(response.headers['retry-after']).toBe('1');
    await own.app.close();
  });

  test('bytes that are no request get a problem, too', async () => {
    const own = await buildServer(options);
    await own.app.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((own.app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.end('what is this?\r\n\r\n');
    const answered = await text(socket);
    expect(answered).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json/,
    );
    expect(answered).toContain('"code":"bad_request"');
    await own.app.close();
  });

  test('metrics count by operation and status', async () => {
    await send({});
    const { body } = await server.app.inject('/metrics');
    expect(body).toMatch(
      /tillback_http_request_duration_seconds_count\{operation="take",status="201"\} \d+/,
    );
    expect(body).toMatch(/nodejs_eventloop_lag_seconds/);
  });

  test('refuses operations that nobody could be allowed', async () => {
    const spec = { ...peek, scope: 'peek.at.all' };
    await expect(
      buildServer({ ...options, routes: [bind(spec, () => answer(200, {}))] }),
    ).rejects.toThrow(/unknown permission/);
    await expect(
      buildServer({ ...options, routes: [routes[0] as Route, routes[0] as Route] }),
    ).rejects.toThrow(/two operations/);
    expect(() => operation({ ...peek, scope: '' })).toThrow(/names no scope/);
    // @ts-expect-error an operation without a scope does not compile
    const scopeless: OperationSpec = { ...common, id: 'x', method: 'GET', path: '/x', reply: {} };
    expect(() => operation(scopeless)).toThrow(/names no scope/);
  });

  test('documents are served without the internet', async () => {
    const docs = await server.app.inject('/docs/');
    expect(docs.statusCode).toBe(200);
    expect(docs.body).not.toMatch(/src="https?:/);
    expect(docs.headers['content-security-policy']).toMatch(/default-src 'none'/);
    expect((await server.app.inject('/docs/js/scalar.js')).statusCode).toBe(200);
    const problems = await server.app.inject({
      url: '/docs/problems',
      headers: { 'accept-language': 'en' },
    });
    expect(problems.body).toContain('id="idempotency_conflict"');
  });
});
