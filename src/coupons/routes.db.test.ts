import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR, OPENING, type Shop, Stage } from '../../test/stage.ts';
import { couponsInvariants } from './index.ts';

let stage: Stage;
let shop: Shop;
let made = 0;

beforeAll(async () => {
  stage = await Stage.open();
  shop = await stage.shop('lanting');
});
afterAll(() => stage?.close());

interface Sent {
  readonly by?: string;
  readonly key?: string;
  readonly language?: string;
}

async function send(method: string, url: string, body?: object, sent: Sent = {}) {
  const { by = shop.token, key, language } = sent;
  const headers = {
    ...(key && { 'idempotency-key': key }),
    ...(language && { 'accept-language': language }),
  };
  const reply = await stage.send(by, method, url, body, headers);
  return { status: reply.statusCode, headers: reply.headers, body: reply.json() };
}

/** A template with a code of its own. */
async function template(fields: object = {}): Promise<string> {
  const code = `T${++made}`;
  const body = {
    code,
    name: { zh: '下次减', en: 'Next time' },
    validity: { type: 'rolling', days: 30 },
    ...fields,
  };
  const reply = await send('POST', '/v1/coupon-templates', body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return code;
}

const issue = (body: object, sent?: Sent) => send('POST', '/v1/coupons', body, sent);
const coupon = async (reference: string) => (await send('GET', `/v1/coupons/${reference}`)).body;

async function breached(orgs: readonly number[]): Promise<string[]> {
  return stage.db.read(orgs, async (tx) => {
    const found: string[] = [];
    for (const { id, breaches } of couponsInvariants)
      if ((await breaches(tx, orgs)).length > 0) found.push(id);
    return found;
  });
}

test('a template is made, read with its counts, raised, stopped and listed', async () => {
  const code = await template({ quantity: 10, per_member: 2 });
  const at = `/v1/coupon-templates/${code}`;
  await issue({ template: code, quantity: 3 }).then(({ body }) =>
    expect(body.code).toBe('coupon_member_limit'),
  );
  const member = await stage.member(shop, '13800000001');
  await issue({ template: code, member_id: member, quantity: 2 });
  expect((await send('GET', at)).body).toMatchObject({
    code,
    validity: { type: 'rolling', days: 30 },
    usable_from: 'next_day',
    quantity: 10,
    per_member: 2,
    status: 'active',
    issued: 2,
    states: { available: 2, used: 0, expired: 0, reversed: 0, forfeited: 0 },
  });
  expect((await send('PATCH', at, { per_member: 3 })).body).toMatchObject({ per_member: 3 });
  const lowered = await send('PATCH', at, { quantity: 9 });
  expect([lowered.status, lowered.body.code, lowered.body.errors[0].pointer]).toEqual([
    409,
    'coupon_limit_lowered',
    '/quantity',
  ]);
  expect((await send('PATCH', at, { status: 'stopped' })).body.status).toBe('stopped');
  const refused = await issue({ template: code, member_id: member });
  expect([refused.status, refused.body.code]).toEqual([409, 'coupon_template_stopped']);
  const list = await send('GET', '/v1/coupon-templates?status=stopped');
  expect(list.body.items).toMatchObject([{ code }]);
});

test.each<[string, object, number, string, string]>([
  // what                fields                                                    status  code  field
  ['a code taken', { code: 'TAKEN' }, 409, 'coupon_template_code_taken', '/code'],
  ['a code with a space', { code: 'A B' }, 422, 'invalid_request', '/code'],
  ['no days', { validity: { type: 'rolling', days: 0 } }, 422, 'invalid_request', '/validity/days'],
  [
    'too many days',
    { validity: { type: 'rolling', days: 3_661 } },
    422,
    'invalid_request',
    '/validity/days',
  ],
  [
    'an end before the start',
    { validity: { type: 'fixed', from: '2026-12-02', to: '2026-12-01' } },
    422,
    'invalid_request',
    '/validity/to',
  ],
  ['no coupon in all', { quantity: 0 }, 422, 'invalid_request', '/quantity'],
  ['no coupon a member', { per_member: 0 }, 422, 'invalid_request', '/per_member'],
])('%s is refused at its field', async (_what, fields, status, code, pointer) => {
  await template({ code: 'TAKEN' }).catch(() => undefined);
  const body = {
    code: `R${++made}`,
    name: { zh: '券', en: 'Coupon' },
    validity: { type: 'rolling', days: 30 },
    ...fields,
  };
  for (const language of ['zh', 'en']) {
    const refused = await send('POST', '/v1/coupon-templates', body, { language });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    expect(refused.body.errors.map((each: { pointer: string }) => each.pointer)).toContain(pointer);
  }
});

test('days that are over today give no coupon', async () => {
  const over = { validity: { type: 'fixed', from: '2026-11-01', to: '2026-11-21' } };
  const body = { code: 'OVER', name: { zh: '券', en: 'Coupon' }, ...over };
  expect((await send('POST', '/v1/coupon-templates', body)).body.code).toBe('coupon_template_over');
  const today = await send('POST', '/v1/coupon-templates', { ...body, usable_from: 'at_once' });
  expect(today.status).toBe(201);
});

test('coupons are given once per key, each with a code of its own', async () => {
  const code = await template({ usable_from: 'at_once' });
  const member = await stage.member(shop, '13800000002');
  const asked = { template: code, member_id: member, quantity: 3 };
  const first = await issue(asked, { key: 'give-once' });
  expect(first).toMatchObject({
    status: 201,
    body: { template: code, member_id: member, valid_from: '2026-11-21', valid_to: '2026-12-21' },
  });
  const again = await issue(asked, { key: 'give-once' });
  expect([again.body, again.headers['idempotency-replayed']]).toEqual([first.body, 'true']);
  const list = await send('GET', `/v1/coupons?member_id=${member}&template=${code}`);
  expect(list.body.items).toHaveLength(3);
  const [one] = first.body.coupons;
  expect(one.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  const plain = one.code.replace('-', '').toLowerCase();
  for (const reference of [one.code, plain, one.coupon_id]) {
    expect(await coupon(reference)).toMatchObject({
      coupon_id: one.coupon_id,
      state: 'available',
      usable: true,
      why_not: null,
      owner_org: shop.org,
    });
  }
});

test.each([
  [{ template: 'NONE' }, 404, 'coupon_template_unknown'],
  [{ template: 'T1', member_id: '0198c0de-0000-7000-8000-000000000001' }, 404, 'member_unknown'],
  [{ template: 'T1', quantity: 0 }, 422, 'invalid_request'],
  [{ template: 'T1', quantity: 1_001 }, 422, 'invalid_request'],
  [{ template: 'T1', member_id: 'x' }, 422, 'invalid_request'],
])('giving %j is refused: %i %s', async (body, status, code) => {
  const refused = await issue(body);
  expect([refused.status, refused.body.code]).toEqual([status, code]);
});

test('a list is paged and filtered by state', async () => {
  const code = await template();
  const { body } = await issue({ template: code, quantity: 3 });
  const [gone] = body.coupons;
  await send('POST', `/v1/coupons/${gone.code}/void`, { reason: 'wrong' });
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor && `&cursor=${cursor}`;
    const page = await send('GET', `/v1/coupons?limit=1&state=available&template=${code}${query}`);
    seen.push(...page.body.items.map((each: { code: string }) => each.code));
    cursor = page.body.next_cursor;
  }
  expect(seen).toEqual(
    body.coupons
      .slice(1)
      .toReversed()
      .map((each: { code: string }) => each.code),
  );
  const forfeited = await send('GET', `/v1/coupons?state=forfeited&template=${code}`);
  expect(forfeited.body.items).toMatchObject([{ coupon_id: gone.coupon_id }]);
});

test('a voided coupon is out of use, and not voided twice', async () => {
  const code = await template({ usable_from: 'at_once' });
  const { body } = await issue({ template: code });
  const at = `/v1/coupons/${body.coupons[0].code}`;
  expect((await send('POST', `${at}/void`, { reason: 'wrong' })).body.state).toBe('forfeited');
  expect((await send('GET', at)).body).toMatchObject({
    usable: false,
    why_not: { code: 'coupon_void' },
  });
  const twice = await send('POST', `${at}/void`, { reason: 'wrong' });
  expect([twice.status, twice.body.code]).toEqual([409, 'coupon_void']);
  const none = await send('POST', '/v1/coupons/AAAAA-AAAAA/void', { reason: 'wrong' });
  expect([none.status, none.body.code]).toEqual([404, 'coupon_unknown']);
});

test('no limit is passed by twenty callers at once', async () => {
  const each = await template({ per_member: 5 });
  const all = await template({ quantity: 7 });
  const member = await stage.member(shop, '13800000003');
  const ask = (body: object) =>
    Promise.all(Array.from({ length: 20 }, () => issue({ member_id: member, ...body })));
  const [ofMember, ofAll] = await Promise.all([ask({ template: each }), ask({ template: all })]);
  const given = (replies: typeof ofAll) => replies.filter(({ status }) => status === 201).length;
  expect([given(ofMember), given(ofAll)]).toEqual([5, 7]);
  const codes = (replies: typeof ofAll) => [
    ...new Set(replies.flatMap(({ status, body }) => (status === 201 ? [] : [body.code]))),
  ];
  expect([codes(ofMember), codes(ofAll)]).toEqual([['coupon_member_limit'], ['coupons_exhausted']]);
  expect(await breached([shop.org])).toEqual([]);
});

test('who may do what', async () => {
  const code = await template();
  const { body } = await issue({ template: code });
  const reader = await stage.key(shop.org, ['coupon.read']);
  const bound = await stage.key(shop.org, ['coupon.write'], [shop.storeId]);
  const other = await stage.shop('elsewhere');
  const at = `/v1/coupons/${body.coupons[0].code}`;
  const asked: [string, string, string, object | undefined, number, string | undefined][] = [
    [reader, 'GET', at, undefined, 200, undefined],
    [reader, 'POST', '/v1/coupons', { template: code }, 403, 'scope_missing'],
    [reader, 'POST', `${at}/void`, { reason: 'x' }, 403, 'scope_missing'],
    [reader, 'PATCH', `/v1/coupon-templates/${code}`, { status: 'stopped' }, 403, 'scope_missing'],
    [
      bound,
      'PATCH',
      `/v1/coupon-templates/${code}`,
      { status: 'stopped' },
      403,
      'all_stores_needed',
    ],
    [other.token, 'GET', at, undefined, 404, 'coupon_unknown'],
    [other.token, 'GET', `/v1/coupon-templates/${code}`, undefined, 404, 'coupon_template_unknown'],
    [other.token, 'POST', `${at}/void`, { reason: 'x' }, 404, 'coupon_unknown'],
    [other.token, 'POST', '/v1/coupons', { template: code }, 404, 'coupon_template_unknown'],
  ];
  for (const [by, method, url, sent, status, refusal] of asked) {
    const reply = await send(method, url, sent, { by });
    expect([method, url, reply.status, reply.body.code]).toEqual([
      method,
      url,
      status,
      method === 'GET' && status === 200 ? body.coupons[0].code : refusal,
    ]);
  }
});

test('a coupon may be used from its first to its last day, and is marked the day after', async () => {
  const mill = await stage.shop('mill');
  const by = mill.token;
  const wanted = {
    code: 'DAYS',
    name: { zh: '券', en: 'Coupon' },
    validity: { type: 'rolling', days: 3 },
  };
  await send('POST', '/v1/coupon-templates', wanted, { by });
  const { body } = await issue({ template: 'DAYS', quantity: 2 }, { by });
  expect(body).toMatchObject({ valid_from: '2026-11-22', valid_to: '2026-11-24' });
  const [one, two] = body.coupons;
  const at = `/v1/coupons/${one.code}`;
  const voided = await send('POST', `/v1/coupons/${two.code}/void`, { reason: 'x' }, { by });
  expect(voided.status).toBe(200);
  const clock = (now: string) => send('POST', '/v1/clock', { now }, { by });
  const now = async () => (await send('GET', at, undefined, { by })).body;
  expect((await now()).why_not.code).toBe('coupon_not_yet');
  await clock('2026-11-22T00:00:00+08:00');
  expect((await now()).usable).toBe(true);
  await clock('2026-11-24T23:59:59+08:00');
  expect((await now()).usable).toBe(true);
  await stage.clock(mill.org, new Date('2026-11-24T16:00:00Z'));
  expect(await now()).toMatchObject({ state: 'expired', why_not: { code: 'coupon_expired' } });
  const late = await send('POST', `${at}/void`, { reason: 'x' }, { by });
  expect(late.body.code).toBe('coupon_expired');
  const states = () =>
    stage.db.read([mill.org], (tx) =>
      tx.query<{ state: string }>(
        'select state from coupons.coupon where org_id = $1 order by coupon_id',
        [mill.org],
      ),
    );
  expect(await states()).toEqual([{ state: 'available' }, { state: 'forfeited' }]);
  expect((await clock('2026-11-26T00:00:00+08:00')).body.timers).toBeGreaterThan(0);
  expect(await states()).toEqual([{ state: 'expired' }, { state: 'forfeited' }]);
  const counts = await send('GET', '/v1/coupon-templates/DAYS', undefined, { by });
  expect(counts.body.states).toMatchObject({ expired: 1, forfeited: 1 });
  expect(await breached([mill.org])).toEqual([]);
  expect(OPENING.getTime() + 24 * HOUR).toBeLessThan(stage.app.clocks.now(mill.org).getTime());
});

test('every refusal has a sentence in both languages at its own address', async () => {
  const refused = await Promise.all(
    ['zh', 'en'].map((language) => send('GET', '/v1/coupons/K7Q2M-9XD4T', undefined, { language })),
  );
  expect(refused.map(({ body }) => body.detail)).toEqual([
    '没有这张优惠券。',
    'There is no such coupon.',
  ]);
  const { body } = await send('GET', '/openapi.json');
  expect(Object.keys(body.components.schemas)).toEqual(
    expect.arrayContaining(['Coupon', 'CouponTemplate', 'CouponIssue', 'CouponNow']),
  );
});
