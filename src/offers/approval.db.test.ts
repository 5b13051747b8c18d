import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Another, HOUR, OPENING, type Shop, Stage } from '../../test/stage.ts';
import { asOwner } from '../../test/database.ts';
import { signedIn } from '../../test/signed-in.ts';
import { written } from './stage.fixture.ts';

let stage: Stage;
let second: Another;
let shop: Shop;
let brand: number;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  stage = await Stage.open();
  shop = await stage.shop('lanting');
  brand = await stage.org('leaf', 'brand');
  second = await stage.another();
  const hire = async (
    name: string,
    org: number,
    code: string,
    role: 'owner' | 'marketer' | 'finance',
  ) => void (tokens[name] = await signedIn(stage, { org, code, login: name, role }));
  await hire('zhao', shop.org, 'lanting', 'owner');
  await hire('qian', shop.org, 'lanting', 'marketer');
  await hire('sun', shop.org, 'lanting', 'finance');
  await hire('li', brand, 'leaf', 'owner');
  await hire('zhou', brand, 'leaf', 'finance');
  tokens['key'] = shop.token;
});
afterAll(async () => {
  await second?.close();
  await stage?.close();
});

const percent = (rate: number) => ({
  benefits: [{ kind: 'discount' as const, off: { by: 'percent' as const, rate } }],
});

async function ask(by: string, method: string, url: string, body?: object) {
  const reply = await stage.send(
    tokens[by]!,
    method,
    url,
    body ?? (method === 'GET' ? undefined : {}),
  );
  return { status: reply.statusCode, body: reply.json() };
}

/** Drafts an offer; its address. */
async function drafted(by: string, code: string, fields: object = {}): Promise<string> {
  const { status, body } = await ask(by, 'POST', '/v1/offers', written(code, fields));
  expect(status).toBe(201);
  return `/v1/offers/${body.offer_id}`;
}

const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

test('a second person approves: not who wrote it, not who submitted it, and no key', async () => {
  const at = await drafted('zhao', 'EYES');
  expect((await ask('qian', 'POST', `${at}/submit`)).body).toMatchObject({
    status: 'in_review',
    review: { state: 'in_review', submitted_by: expect.stringContaining('staff:') },
  });
  const revision = { revision: 1 };
  expect(code(await ask('qian', 'POST', `${at}/approve`, revision))).toEqual([
    403,
    'scope_missing',
  ]);
  expect(code(await ask('key', 'POST', `${at}/approve`, revision))).toEqual([403, 'scope_missing']);
  expect(code(await ask('zhao', 'POST', `${at}/approve`, revision))).toEqual([
    403,
    'approval_same_person',
  ]);
  expect(code(await ask('zhao', 'POST', `${at}/publish`))).toEqual([409, 'offer_not_approved']);
  expect(code(await ask('sun', 'POST', `${at}/approve`, { revision: 2 }))).toEqual([
    409,
    'offer_changed',
  ]);
  expect((await ask('sun', 'POST', `${at}/approve`, revision)).body.status).toBe('approved');
  expect((await ask('qian', 'POST', `${at}/publish`)).body).toMatchObject({
    status: 'live',
    review: { state: 'none' },
  });
  const { body } = await ask('qian', 'GET', `${at}/versions`);
  expect(body.items).toMatchObject([{ version: 1, policy_version: 1 }]);
  expect(body.items[0].approved_by).not.toBe(body.items[0].published_by);
});

test('who submitted it cannot approve it, even if somebody else wrote it', async () => {
  const at = await drafted('qian', 'SUBMITTER');
  await ask('zhao', 'POST', `${at}/submit`);
  expect(code(await ask('zhao', 'POST', `${at}/approve`, { revision: 1 }))).toEqual([
    403,
    'approval_same_person',
  ]);
});

test('what was rejected comes back with its reason, and is published only after another edit', async () => {
  const at = await drafted('qian', 'BACK');
  expect(code(await ask('sun', 'POST', `${at}/reject`, { revision: 1, reason: 'x' }))).toEqual([
    409,
    'offer_not_in_review',
  ]);
  await ask('qian', 'POST', `${at}/submit`);
  expect(code(await ask('sun', 'POST', `${at}/reject`, { revision: 1, reason: ' ' }))).toEqual([
    422,
    'invalid_request',
  ]);
  const rejected = await ask('sun', 'POST', `${at}/reject`, { revision: 1, reason: '太多了' });
  expect(rejected.body).toMatchObject({
    status: 'draft',
    review: { state: 'rejected', reason: '太多了' },
  });
  expect(code(await ask('qian', 'POST', `${at}/publish`))).toEqual([409, 'offer_not_approved']);
  await ask('qian', 'PUT', `${at}/draft`, written('BACK', percent(10_000)));
  expect((await ask('qian', 'POST', `${at}/publish`)).body.status).toBe('live');
});

test('an edit after the approval takes it back', async () => {
  const at = await drafted('qian', 'EDITED');
  await ask('qian', 'POST', `${at}/submit`);
  await ask('sun', 'POST', `${at}/approve`, { revision: 1 });
  const edited = await ask('qian', 'PUT', `${at}/draft`, written('EDITED', percent(90_000)));
  expect(edited.body).toMatchObject({ status: 'draft', revision: 2, review: { state: 'none' } });
});

test('a merchant chooses; a brand needs approval unless it chose otherwise', async () => {
  expect((await ask('zhao', 'GET', '/v1/offer-settings')).body).toEqual({
    approval: 'not',
    chosen: false,
  });
  expect((await ask('li', 'GET', '/v1/offer-settings')).body).toEqual({
    approval: 'required',
    chosen: false,
  });
  const points = {
    benefits: [{ kind: 'points', earn: { by: 'fixed', amount: 5 }, expiry: { type: 'none' } }],
  };
  const at = await drafted('li', 'BRANDED', points);
  expect(code(await ask('li', 'POST', `${at}/publish`))).toEqual([409, 'offer_not_approved']);
  await ask('li', 'POST', `${at}/submit`);
  await ask('zhou', 'POST', `${at}/approve`, { revision: 1 });
  expect((await ask('li', 'POST', `${at}/publish`)).body.status).toBe('live');
  expect(code(await ask('qian', 'PUT', '/v1/offer-settings', { approval: 'required' }))).toEqual([
    403,
    'scope_missing',
  ]);
  expect((await ask('zhao', 'PUT', '/v1/offer-settings', { approval: 'required' })).body).toEqual({
    approval: 'required',
    chosen: true,
  });
  const own = await drafted('zhao', 'CHOSEN');
  expect((await ask('zhao', 'POST', '/v1/offers/check', written('X'))).body.approval).toBe(true);
  expect(code(await ask('zhao', 'POST', `${own}/publish`))).toEqual([409, 'offer_not_approved']);
  await ask('zhao', 'PUT', '/v1/offer-settings', { approval: 'not' });
  expect((await ask('zhao', 'POST', `${own}/publish`)).body.status).toBe('live');
});

test('above the amount of the platform’s rules even a small shop needs a second person', async () => {
  const save = (amount: number) => ({
    benefits: [{ kind: 'discount', off: { by: 'amount', amount }, spend: 9_000_000 }],
  });
  const small = await drafted('zhao', 'TEN-THOUSAND', save(1_000_000));
  expect((await ask('zhao', 'POST', `${small}/publish`)).body.status).toBe('live');
  const large = await drafted('zhao', 'MORE', save(1_000_001));
  const refused = await ask('zhao', 'POST', `${large}/publish`);
  expect(code(refused)).toEqual([409, 'offer_not_approved']);
  expect(refused.body.detail).toMatch(/Rule of the platform/);
});

async function sold(shopAt: Shop, send = stage.send.bind(stage)): Promise<number> {
  const body = {
    store: shopAt.storeId,
    lines: [{ sku: 'TEA-100', quantity: 1 }],
    tenders: [{ kind: 'cash' }],
  };
  const reply = await send(shopAt.token, 'POST', '/v1/payments', body);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json().discount;
}

test('a scheduled offer gives nothing on the eve and begins with its day', async () => {
  const early = await stage.shop('early');
  tokens['early'] = early.token;
  const at = await drafted('early', 'SOON', { schedule: { from: '2026-11-23', to: '2026-11-23' } });
  expect((await ask('early', 'POST', `${at}/publish`)).body.status).toBe('scheduled');
  const listed = async (status: string) =>
    (await ask('early', 'GET', `/v1/offers?status=${status}`)).body.items.length;
  expect([await listed('scheduled'), await listed('live')]).toEqual([1, 0]);
  expect(await sold(early)).toBe(0);
  const midnight = OPENING.getTime() + 38 * HOUR;
  await stage.clock(early.org, new Date(midnight - 1));
  expect(await sold(early)).toBe(0);
  await stage.clock(early.org, new Date(midnight));
  expect((await ask('early', 'GET', at)).body.status).toBe('live');
  expect([await listed('scheduled'), await listed('live')]).toEqual([0, 1]);
  expect(await sold(early)).toBe(250);
  await stage.clock(early.org, new Date(midnight + 24 * HOUR));
  expect(await sold(early)).toBe(0);
});

test('a pause is in force for the next sale of every process, a resume too', async () => {
  const busy = await stage.shop('busy');
  tokens['busy'] = busy.token;
  second.app.clocks.keep(busy.org, OPENING);
  const at = await drafted('busy', 'STOP');
  await ask('busy', 'POST', `${at}/publish`);
  const there = second.send.bind(second);
  expect([await sold(busy), await sold(busy, there)]).toEqual([250, 250]);
  await ask('busy', 'POST', `${at}/pause`);
  expect([await sold(busy, there), await sold(busy)]).toEqual([0, 0]);
  await ask('busy', 'POST', `${at}/resume`);
  expect([await sold(busy, there), await sold(busy)]).toEqual([250, 250]);
});

test('what ended is put away: lists leave it out, its address and its versions stay', async () => {
  const old = await stage.shop('old');
  tokens['old'] = old.token;
  const at = await drafted('old', 'GONE');
  await ask('old', 'POST', `${at}/publish`);
  expect(code(await ask('old', 'POST', `${at}/archive`))).toEqual([409, 'offer_not_ended']);
  await ask('old', 'POST', `${at}/end`);
  expect((await ask('old', 'POST', `${at}/archive`)).body.status).toBe('archived');
  expect((await ask('old', 'POST', `${at}/archive`)).body.status).toBe('archived');
  const items = async (query: string) => (await ask('old', 'GET', `/v1/offers${query}`)).body.items;
  expect(await items('')).toEqual([]);
  expect(await items('?status=archived')).toHaveLength(1);
  expect((await ask('old', 'GET', `${at}/versions`)).body.items).toHaveLength(1);
  expect(code(await ask('old', 'PUT', `${at}/draft`, written('GONE')))).toEqual([
    409,
    'offer_ended',
  ]);
});

test('every step is audited with what was and what is', async () => {
  const rows = await asOwner<{ verb: string; before: object; after: object }>(
    stage.db.url,
    `select verb, before, after from platform.audit
      where after->>'code' = 'EYES' order by audit_id`,
  );
  expect(rows.map(({ verb }) => verb)).toEqual([
    'offers.create-offer',
    'offers.submit-offer',
    'offers.approve-offer',
    'offers.publish-offer',
  ]);
  expect(rows[2]).toMatchObject({
    before: { review: { state: 'in_review' } },
    after: { review: { state: 'approved' } },
  });
});
