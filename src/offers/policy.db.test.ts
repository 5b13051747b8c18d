import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPENING, HOUR, type Shop, Stage } from '../../test/stage.ts';
import { asOwner } from '../../test/database.ts';
import { signedIn } from '../../test/signed-in.ts';
import { parsePolicy } from './policy/policy-set.ts';
import { written } from './stage.fixture.ts';

let stage: Stage;
let shop: Shop;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  stage = await Stage.open();
  shop = await stage.shop('lanting');
  const operator = { org: 1, code: 'operator' };
  for (const login of ['wu', 'zheng'])
    tokens[login] = await signedIn(stage, { ...operator, login, role: 'operator_admin' });
  const own = { org: shop.org, code: 'lanting', login: 'zhao', role: 'owner' } as const;
  tokens['zhao'] = await signedIn(stage, own);
});
afterAll(() => stage?.close());

let blocked = 0;

const article = {
  id: 'art-3',
  text: { zh: '减免至多两成。', en: 'At most 20 % off.' },
  source: { zh: '《测试办法》第三条', en: 'Test Measures, article 3' },
};
const rules = (effective_from: string, rate = 200_000) => ({
  name: { zh: '新规', en: 'New rules' },
  effective_from,
  articles: [article],
  rules: [{ type: 'rate_max', article: 'art-3', kinds: ['discount'], rate }],
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

async function drafted(code: string, fields: object): Promise<string> {
  const { body } = await ask('zhao', 'POST', '/v1/offers', written(code, fields));
  return `/v1/offers/${body.offer_id}`;
}

async function inForce(body: object): Promise<number> {
  const proposed = await ask('wu', 'POST', '/v1/policy-sets', body);
  expect(proposed).toMatchObject({ status: 201, body: { status: 'proposed' } });
  const { version } = proposed.body;
  const approved = await ask('zheng', 'POST', `/v1/policy-sets/${version}/approve`);
  expect(approved.body.status).toBe('published');
  return version;
}

test('a new installation has rules, each with its source', async () => {
  const { status, body } = await ask('zhao', 'GET', '/v1/policy-sets/1');
  expect([status, body.in_force, body.status]).toEqual([200, true, 'published']);
  expect(parsePolicy(body.definition)).toEqual({ definition: body.definition });
  for (const { source } of body.definition.articles) expect(source.zh).not.toBe('');
});

test.each<[string, object, string, RegExp]>([
  // what                            offer                                                                        breach at                            article
  [
    'a discount on tobacco',
    {
      benefits: [
        { kind: 'discount', off: { by: 'percent', rate: 50_000 }, target: { skus: ['YX-1'] } },
      ],
    },
    '/benefits/0/target/skus/0',
    /Guo Yan Fa \[2003\] No. 483/,
  ],
  [
    'points on stage 1 formula',
    {
      benefits: [
        {
          kind: 'points',
          earn: { by: 'fixed', amount: 1 },
          expiry: { type: 'none' },
          target: { categories: ['1段奶粉'] },
        },
      ],
    },
    '/benefits/0/target/categories/0',
    /article 5.3/,
  ],
  [
    'wine without the sentence',
    { conditions: { type: 'contains', categories: ['葡萄酒'] } },
    '/disclosures',
    /Protection of Minors, article 59/,
  ],
  [
    'more than 50,000 yuan',
    { benefits: [{ kind: 'discount', off: { by: 'amount', amount: 5_000_001 } }] },
    '/benefits/0/off/amount',
    /Rule of the platform/,
  ],
])('%s is blocked with the article that says so', async (what, fields, pointer, cited) => {
  const name = { zh: '货', en: 'Goods' };
  const goods = [
    ['YX-1', '卷烟'],
    ['NF-1', '1段奶粉'],
    ['WINE-1', '葡萄酒'],
  ] as const;
  await stage.goods(
    shop.org,
    goods.map(([sku, category]) => ({ sku, name, category, brand: null, price: 5_000 })),
  );
  const body = written('BLOCKED', fields);
  const checked = await ask('zhao', 'POST', '/v1/offers/check', body);
  expect(checked.body).toMatchObject({
    legal: false,
    faults: [],
    policy_version: 1,
    breaches: [{ pointer }],
  });
  expect(checked.body.breaches[0].detail.en, what).toMatch(cited);
  const at = await drafted(`BLOCKED-${blocked++}`, fields);
  for (const step of ['submit', 'publish']) {
    const refused = await ask('zhao', 'POST', `${at}/${step}`);
    expect([refused.status, refused.body.code]).toEqual([422, 'offer_policy_breached']);
    expect(refused.body.errors).toMatchObject([{ pointer, detail: expect.stringMatching(cited) }]);
  }
});

test('an offer of all goods is warned where the shop sells what must not be promoted', async () => {
  const { body } = await ask('zhao', 'POST', '/v1/offers/check', written('ALL', percent(50_000)));
  expect(body).toMatchObject({
    legal: true,
    warnings: [{ pointer: '/benefits/0', detail: { en: expect.stringContaining('卷烟') } }],
  });
});

test('wine with the sentence may be published', async () => {
  const at = await drafted('WINE', {
    conditions: { type: 'contains', categories: ['葡萄酒'] },
    disclosures: [{ zh: '不向未成年人销售酒。', en: 'Alcohol is not sold to minors.' }],
  });
  expect((await ask('zhao', 'POST', `${at}/publish`)).body.status).toBe('live');
});

test('only the operator proposes, and a second person of it approves', async () => {
  expect((await ask('zhao', 'POST', '/v1/policy-sets', rules('2027-01-01'))).body.code).toBe(
    'scope_missing',
  );
  const { body } = await ask('wu', 'POST', '/v1/policy-sets', rules('2027-01-01'));
  const at = `/v1/policy-sets/${body.version}`;
  expect((await ask('wu', 'POST', `${at}/approve`)).body.code).toBe('approval_same_person');
  expect((await ask('zheng', 'POST', `${at}/reject`, { reason: '太严' })).body).toMatchObject({
    status: 'rejected',
    reason: '太严',
  });
  expect((await ask('zheng', 'POST', `${at}/approve`)).body.code).toBe('policy_set_decided');
  expect(
    (await ask('wu', 'POST', '/v1/policy-sets', rules('2026-11-20'))).body.errors,
  ).toMatchObject([{ pointer: '/effective_from' }]);
  expect((await ask('wu', 'GET', '/v1/policy-sets/999')).body.code).toBe('policy_set_unknown');
});

test('a new set lists the live offers that break it, and is checked from its day on', async () => {
  const high = await drafted('HIGH', percent(300_000));
  await ask('zhao', 'POST', `${high}/publish`);
  const low = await drafted('LOW', percent(200_000));
  await ask('zhao', 'POST', `${low}/publish`);
  const another = await stage.shop('another');
  await stage.offer(another.org, written('ALSO', percent(250_000)));
  const version = await inForce(rules('2026-12-01'));
  const breaches = `/v1/policy-sets/${version}/breaches`;
  const { body } = await ask('wu', 'GET', breaches);
  expect(
    body.items.map((each: { org_id: number; code: string }) => [each.org_id, each.code]),
  ).toEqual([
    [shop.org, 'HIGH'],
    [another.org, 'ALSO'],
  ]);
  expect(body.items[0].breaches).toMatchObject([
    { pointer: '/benefits/0/off/rate', article: { id: 'art-3' } },
  ]);
  const first = (await ask('wu', 'GET', `${breaches}?limit=1`)).body;
  const rest = (await ask('wu', 'GET', `${breaches}?limit=1&cursor=${first.next_cursor}`)).body;
  expect([first.items[0].code, rest.items[0].code, rest.next_cursor]).toEqual([
    'HIGH',
    'ALSO',
    null,
  ]);
  expect((await ask('zhao', 'GET', breaches)).body.code).toBe('scope_missing');

  const early = await drafted('EARLY', percent(300_000));
  expect((await ask('zhao', 'POST', `${early}/publish`)).body.status).toBe('live');
  const late = await drafted('LATE', { ...percent(300_000), schedule: { from: '2026-12-01' } });
  const refused = await ask('zhao', 'POST', `${late}/publish`);
  expect(refused.body.errors).toMatchObject([
    {
      pointer: '/benefits/0/off/rate',
      detail: expect.stringContaining('Test Measures, article 3'),
    },
  ]);

  await ask('zhao', 'POST', `${high}/pause`);
  await stage.clock(shop.org, new Date(OPENING.getTime() + 10 * 24 * HOUR));
  expect((await ask('zhao', 'POST', `${high}/resume`)).body.code).toBe('offer_policy_breached');
});

test('proposals and approvals are audited in the operator’s book', async () => {
  const rows = await asOwner<{ verb: string }>(
    stage.db.url,
    `select verb from platform.audit where org_id = 1 and subject like 'policy-set:%' order by audit_id`,
  );
  expect(rows.map(({ verb }) => verb.replace('offers.', ''))).toEqual([
    'propose-policy-set',
    'reject-policy-set',
    'propose-policy-set',
    'approve-policy-set',
  ]);
});
