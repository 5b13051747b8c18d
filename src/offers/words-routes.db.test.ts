import { afterAll, beforeAll, expect, test } from 'vitest';
import { permissionSet } from '#access';
import { merchantsRefusals } from '#merchants';
import { buildServer, type Server } from '#platform/http/server';
import { silentLog } from '#platform/log';
import { openVault } from '#platform/vault/field';
import { freshDatabase, type FreshDatabase } from '../../test/database.ts';
import { offersRefusals, offersRoutes } from './index.ts';
import { principal, roomOver, TEA, written } from './stage.fixture.ts';

let db: FreshDatabase;
let server: Server;
let keys = 0;

beforeAll(async () => {
  db = await freshDatabase();
  server = await buildServer({
    routes: offersRoutes(roomOver(db)),
    authenticate: async () =>
      principal(TEA, { scopes: new Set(['offer.read', 'offer.write', 'offer.publish']) }),
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

async function send(method: 'GET' | 'POST' | 'PUT', url: string, body?: object, language = 'zh') {
  const response = await server.app.inject({
    method,
    url,
    headers: {
      authorization: 'Bearer tea',
      'accept-language': language,
      ...(method !== 'GET' && { 'idempotency-key': `k${keys++}` }),
    },
    ...(body && { payload: body }),
  });
  return { status: response.statusCode, body: response.json() };
}

const back = (fields: object = {}) =>
  ({
    kind: 'cashback',
    earn: { by: 'rate', rate: 50_000 },
    timing: { type: 'business_days', days: 2 },
    ...fields,
  }) as const;
const limits = (amount: number) => ({
  each: [{ per: 'member', window: { type: 'day' }, amount } as const],
});

async function published(code: string): Promise<string> {
  const first = written(code, { benefits: [back()], limits: limits(2_000) });
  const { body } = await send('POST', '/v1/offers', first);
  const at = `/v1/offers/${body.offer_id}`;
  expect((await send('POST', `${at}/publish`)).status).toBe(200);
  return at;
}

const sentences = (body: { sections: { key: string; sentences: string[] }[] }, key: string) =>
  body.sections.find((each) => each.key === key)?.sentences;

test('the terms of an offer are read in the language asked for, with an example of today', async () => {
  const at = await published('TERMS');
  const zh = await send('GET', `${at}/terms`);
  expect(zh).toMatchObject({ status: 200, body: { version: 1, lang: 'zh', title: '示例' } });
  expect(sentences(zh.body, 'example')).toEqual([
    '例:11月21日(周六)消费 120.00 元,返现 6.00 元,11月24日(周二)到账。',
  ]);
  const en = await send('GET', `${at}/terms?lang=en`);
  expect(sentences(en.body, 'limits')?.[0]).toBe('Each member: at most 20.00 yuan a day.');
  expect((await send('GET', `${at}/terms`, undefined, 'en')).body).toMatchObject({ lang: 'en' });
});

test('terms are those of the live version, of any version, and of a draft before the first', async () => {
  const at = await published('VERSIONS');
  await send(
    'PUT',
    `${at}/draft`,
    written('VERSIONS', { benefits: [back()], limits: limits(3_000) }),
  );
  const most = async (query: string) =>
    sentences((await send('GET', `${at}/terms${query}`)).body, 'limits')?.[0];
  expect(await most('')).toBe('每位会员每日最多 20.00 元。');
  await send('POST', `${at}/publish`);
  expect(await most('')).toBe('每位会员每日最多 30.00 元。');
  expect(await most('?version=1')).toBe('每位会员每日最多 20.00 元。');
  const unknown = await send('GET', `${at}/terms?version=9`);
  expect(unknown).toMatchObject({ status: 404, body: { code: 'offer_version_unknown' } });
  const { body } = await send('POST', '/v1/offers', written('DRAFTED'));
  const drafted = await send('GET', `/v1/offers/${body.offer_id}/terms`);
  expect(drafted).toMatchObject({ status: 200, body: { version: null } });
});

test('what changed between versions, and what the draft would change, is said', async () => {
  const at = await published('CHANGED');
  const more = written('CHANGED', { benefits: [back({ cap: 5_000 })], limits: limits(3_000) });
  await send('PUT', `${at}/draft`, more);
  const change = {
    pointer: '/limits/each/0',
    detail: {
      zh: '每位会员每日上限由 20.00 元提高到 30.00 元。',
      en: 'The limit of amount for each member a day goes up from 20.00 yuan to 30.00 yuan.',
    },
  };
  const drafted = await send('GET', `${at}/versions/1/difference/draft`);
  expect(drafted).toMatchObject({ status: 200, body: { from: 1, to: null } });
  expect(drafted.body.changes).toContainEqual(change);
  await send('POST', `${at}/publish`);
  const found = await send('GET', `${at}/versions/1/difference/2`);
  expect(found).toMatchObject({ status: 200, body: { from: 1, to: 2 } });
  expect(found.body.changes).toEqual(drafted.body.changes);
  expect((await send('GET', `${at}/versions/2/difference/2`)).body.changes).toEqual([]);
  const gone = await send('GET', `${at}/versions/2/difference/draft`);
  expect(gone).toMatchObject({ status: 409, body: { code: 'offer_without_draft' } });
});

test('checking an offer shows the terms that it would have; with faults there are none', async () => {
  const fine = await send('POST', '/v1/offers/check', written('CHECKED', { benefits: [back()] }));
  expect(fine).toMatchObject({ status: 200, body: { legal: true } });
  expect(sentences(fine.body.terms.zh, 'what')).toEqual(['按实付金额返现 5%。']);
  expect(sentences(fine.body.terms.en, 'what')).toEqual([
    'Get 5% cash back on what is really paid.',
  ]);
  const schedule = { from: '2026-12-01', to: '2026-11-01' };
  const faulty = await send('POST', '/v1/offers/check', written('CHECKED', { schedule }));
  expect(faulty.body).toMatchObject({ legal: false, terms: null });
});
