import { afterAll, beforeAll, expect, test } from 'vitest';
import { permissionSet } from '#access';
import { merchantsRefusals } from '#merchants';
import { buildServer, type Server } from '#platform/http/server';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { freshDatabase, type FreshDatabase } from '../../test/database.ts';
import { offersRefusals, offersRoutes } from './index.ts';
import { BOOKS, principal, roomOver, TEA, written } from './stage.fixture.ts';

const ALL = ['offer.read', 'offer.write', 'offer.publish'];
const callers: Record<string, readonly [number, readonly string[]]> = {
  tea: [TEA, ALL],
  'tea reader': [TEA, ['offer.read']],
  'tea writer': [TEA, ['offer.read', 'offer.write']],
  books: [BOOKS, ALL],
};

let db: FreshDatabase;
let server: Server;
let keys = 0;

beforeAll(async () => {
  db = await freshDatabase();
  server = await buildServer({
    routes: offersRoutes(roomOver(db)),
    authenticate: async (authorization) => {
      const [org, scopes] = callers[authorization.replace('Bearer ', '')]!;
      return principal(org, { scopes: new Set(scopes) });
    },
    clockOf: () => new Date('2026-11-21T02:00:00Z'),
    permissions: permissionSet,
    refusals: [...offersRefusals, ...merchantsRefusals],
    digest: openVault(Buffer.alloc(32, 3)).digest,
    log: silentLog(),
    version: '0',
    ping: () => Promise.resolve(),
    checkReplies: true,
  });
});
afterAll(async () => {
  await server?.app.close();
  await db?.drop();
});

interface Sent {
  readonly by?: string;
  readonly body?: object;
  readonly key?: string;
  readonly language?: string;
}

async function send(method: 'GET' | 'POST' | 'PUT', url: string, sent: Sent = {}) {
  const response = await server.app.inject({
    method,
    url,
    headers: {
      authorization: `Bearer ${sent.by ?? 'tea'}`,
      'accept-language': sent.language ?? 'en',
      ...(method !== 'GET' && { 'idempotency-key': sent.key ?? `k${keys++}` }),
    },
    ...(sent.body && { payload: sent.body }),
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

async function draft(code: string): Promise<string> {
  const { status, body } = await send('POST', '/v1/offers', { body: written(code) });
  expect(status).toBe(201);
  return `/v1/offers/${body.offer_id}`;
}

test('an offer is drafted, published, edited, paused, resumed, ended and read', async () => {
  const at = await draft('WAY');
  expect((await send('GET', at)).body).toMatchObject({
    code: 'WAY',
    status: 'draft',
    published: null,
  });
  const out = await send('POST', `${at}/publish`);
  expect(out).toMatchObject({
    status: 200,
    body: { status: 'live', live_version: 1, draft: null, published: { code: 'WAY' } },
  });
  const name = { zh: '新', en: 'New' };
  const edited = await send('PUT', `${at}/draft`, { body: written('WAY', { name }) });
  expect(edited.body).toMatchObject({ status: 'live', name: { en: 'Offer WAY' }, draft: { name } });
  expect((await send('POST', `${at}/pause`)).body.status).toBe('paused');
  expect((await send('POST', `${at}/resume`)).body.status).toBe('live');
  expect((await send('POST', `${at}/publish`)).body).toMatchObject({ live_version: 2, name });
  expect((await send('POST', `${at}/end`)).body.status).toBe('ended');
  const first = (await send('GET', `${at}/versions?limit=1`)).body;
  expect(first.items).toMatchObject([
    { version: 2, published_by: 'staff:wang', definition: { name } },
  ]);
  const second = (await send('GET', `${at}/versions?limit=1&cursor=${first.next_cursor}`)).body;
  expect(second).toMatchObject({ items: [{ version: 1 }], next_cursor: null });
});

test('the same key publishes once and gets the same answer, also when the draft is gone', async () => {
  const at = await draft('ONCE');
  const once = await send('POST', `${at}/publish`, { key: 'publish-once' });
  const again = await send('POST', `${at}/publish`, { key: 'publish-once' });
  expect(again).toMatchObject({
    status: 200,
    body: once.body,
    headers: { 'idempotency-replayed': 'true' },
  });
});

test('a list is paged by code', async () => {
  await draft('PAGE-A');
  await draft('PAGE-B');
  const codes: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor && `&cursor=${cursor}`;
    const { body } = await send('GET', `/v1/offers?limit=1&status=draft${query}`);
    codes.push(...body.items.map(({ code }: { code: string }) => code));
    cursor = body.next_cursor;
  }
  expect(codes).toEqual(codes.toSorted());
  expect(codes).toEqual(expect.arrayContaining(['PAGE-A', 'PAGE-B']));
});

const wrong = written('WRONG', {
  scope: { stores: ['moon'] },
  benefits: [{ kind: 'discount', off: { by: 'percent', rate: 2_000_000 } }],
});

test.each([
  ['en', 'must be a rate in ppm, at most 1,000,000 (100 %)'],
  ['zh', '须为百万分率,至多 1,000,000(100 %)'],
])('an illegal definition is a problem at its field, in %s', async (language, detail) => {
  const { status, body } = await send('POST', '/v1/offers', { body: wrong, language });
  expect([status, body.code]).toEqual([422, 'offer_illegal']);
  expect(body.errors).toEqual([{ pointer: '/benefits/0/off/rate', detail }]);
});

test('checking saves nothing, needs no key and finds what is not there', async () => {
  const unknownStore = written('CHECK', { scope: { stores: ['moon'] } });
  const check = (body: object) =>
    server.app.inject({
      method: 'POST',
      url: '/v1/offers/check',
      headers: { authorization: 'Bearer tea' },
      payload: body,
    });
  expect((await check(written('CHECK'))).json()).toMatchObject({ legal: true, faults: [] });
  expect((await check(unknownStore)).json()).toMatchObject({
    legal: false,
    faults: [{ pointer: '/scope/stores/0', detail: { zh: expect.stringContaining('moon') } }],
  });
  const { body } = await send('GET', '/v1/offers?limit=200');
  expect(body.items.map(({ code }: { code: string }) => code)).not.toContain('CHECK');
});

test.each<[string, 'GET' | 'POST' | 'PUT', string, string, number, string]>([
  // who            method  address        to       status  code
  ['tea reader', 'POST', '', 'create', 403, 'scope_missing'],
  ['tea reader', 'PUT', '/draft', 'edit', 403, 'scope_missing'],
  ['tea writer', 'POST', '/publish', 'publish', 403, 'scope_missing'],
  ['tea writer', 'POST', '/pause', 'pause', 403, 'scope_missing'],
  ['tea writer', 'POST', '/resume', 'resume', 403, 'scope_missing'],
  ['tea writer', 'POST', '/end', 'end', 403, 'scope_missing'],
  ['books', 'GET', '', 'read', 404, 'offer_unknown'],
  ['books', 'GET', '/versions', 'list versions of', 404, 'offer_unknown'],
  ['books', 'PUT', '/draft', 'edit', 404, 'offer_unknown'],
  ['books', 'POST', '/publish', 'publish', 404, 'offer_unknown'],
  ['books', 'POST', '/pause', 'pause', 404, 'offer_unknown'],
  ['books', 'POST', '/end', 'end', 404, 'offer_unknown'],
])('%s: %s %s, to %s an offer of tea: %i %s', async (by, method, path, does, status, code) => {
  const at = does === 'create' ? '/v1/offers' : await draft(`R${keys}`);
  const body = method === 'PUT' || does === 'create' ? { body: written('R') } : {};
  const refused = await send(method, `${at}${path}`, { by, ...body });
  expect([refused.status, refused.body.code]).toEqual([status, code]);
  expect(refused.body.fix).not.toBe('');
});

test('the document tells what an offer may hold, and every refusal has a status', async () => {
  const { body } = await send('GET', '/openapi.json');
  const { OfferDefinition, Offer } = body.components.schemas;
  expect(Object.keys(OfferDefinition.properties)).toEqual(
    expect.arrayContaining(['schedule', 'benefits', 'funding']),
  );
  expect(OfferDefinition.required).not.toContain('funding');
  expect(Offer.properties.status.enum).toEqual([
    'draft',
    'in_review',
    'approved',
    'scheduled',
    'live',
    'paused',
    'ended',
    'archived',
  ]);
});

test('who is served in stores of others is told what does not apply there', async () => {
  const at = ['/funding/0/party'];
  const pointers = ({ warnings }: { warnings: { pointer: string }[] }) =>
    warnings.map(({ pointer }) => pointer);
  const check = async (by: string) =>
    (await send('POST', '/v1/offers/check', { by, body: written('WARN') })).body;
  expect([pointers(await check('tea')), pointers(await check('books'))]).toEqual([at, []]);
  const published = await send('POST', `${await draft('WARN')}/publish`);
  expect(published).toMatchObject({ status: 200, body: { status: 'live' } });
  expect(pointers(published.body)).toEqual(at);
});
