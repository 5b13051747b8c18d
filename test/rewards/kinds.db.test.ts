import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DefinitionInput } from '#offers';
import { type Shop, Stage } from '../stage.ts';
import { broken, giveBack, rewardsOf, sellCups, shopAt, standing, until } from './rewards-stage.ts';

let stage: Stage;
let shops = 0;
let phones = 13_600_000_000;

beforeAll(async () => void (stage = await Stage.open()));
afterAll(() => stage?.close());

const base = { name: { zh: '方案', en: 'offer' }, schedule: { from: '2020-01-01' } };
const tomorrow = { type: 'business_days', days: 1 } as const;

async function opened(day: string, ...offers: DefinitionInput[]) {
  const shop = await shopAt(stage, `kind-${++shops}`, `${day} 10:00`, offers);
  return { shop, member: await stage.member(shop, String(++phones)) };
}

const cashback = (fields: object = {}): DefinitionInput => ({
  ...base,
  code: 'cashback',
  benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 100_000 }, ...fields }],
});

async function voided(shop: Shop, payment: string) {
  const reply = await stage.send(shop.token, 'POST', `/v1/payments/${payment}/void`, {
    reason: 'wrong',
  });
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
}

test('a void mirrors a sale whose reward waits, and undoes one whose reward has arrived since', async () => {
  const reach = { window: { type: 'month' }, reach: { count: 2 } } as const;
  const { shop, member } = await opened(
    '2026-03-10',
    cashback({ timing: { type: 'cumulative', ...reach } }),
  );
  const waits = await sellCups(stage, shop, member, 1);
  const back = await voided(shop, waits.payment_id);
  const mirror = await stage.legs(shop.org, back.journal_id);
  for (const [account, amount] of Object.entries(await stage.legs(shop.org, waits.journal_id)))
    expect(mirror[account]).toBe(-amount);
  const first = await sellCups(stage, shop, member, 1);
  const second = await sellCups(stage, shop, member, 1);
  expect(await standing(stage, shop, member)).toMatchObject({ cashback: [0, 600] });
  await voided(shop, first.payment_id);
  await voided(shop, second.payment_id);
  expect(await standing(stage, shop, member)).toMatchObject({ cashback: [0, 0] });
  expect(await stage.balance(shop.org, '5030')).toBe(0);
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('a store that pays for itself bears the cost alone', async () => {
  const { shop, member } = await opened(
    '2026-03-10',
    cashback({ funding: [{ party: 'store', share: 1_000_000 }], timing: tomorrow }),
  );
  const sale = await sellCups(stage, shop, member, 2);
  expect(await stage.balance(shop.org, '5030', shop.storeId)).toBe(600);
  await giveBack(stage, shop, sale.payment_id, { lines: [{ line: 0, quantity: 1 }] });
  await until(stage, shop, '2026-03-11 00:00');
  expect(await stage.balance(shop.org, '5030', shop.storeId)).toBe(300);
  expect(await standing(stage, shop, member)).toMatchObject({ cashback: [0, 300] });
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('a programme of another book: what waits stays with the seller, and arrives at the owner’s', async () => {
  const brand = await stage.org('brand', 'brand');
  const club = await stage.programme(brand, 'brand-club');
  const { shop } = await opened('2026-11-23', cashback({ timing: tomorrow }));
  await stage.offer(brand, {
    ...base,
    code: 'brand-points',
    benefits: [
      {
        kind: 'points',
        earn: { by: 'per_yuan', rate: 1_000_000 },
        expiry: { type: 'rolling', days: 10 },
        timing: tomorrow,
      },
    ],
  });
  const away = await stage.store(shop.org, `away-${shops}`);
  await stage.enrol(club, shop.org, away);
  const member = await stage.member({ org: shop.org, storeId: away }, String(++phones));
  const till = { token: shop.token, storeId: away };
  const owner = { token: await stage.key(brand) };
  const sales = [
    await sellCups(stage, till, member, 1),
    await sellCups(stage, till, member, 2),
  ] as const;
  expect(await standing(stage, shop, member)).toEqual({ cashback: [900, 0], points: [90, 0] });
  expect(await rewardsOf(stage, owner, member)).toMatchObject({
    owner_org: brand,
    cashback: { pending: 900, posted: 0 },
    next_arrival: '2026-11-24',
    items: [{ org: shop.org }, {}, {}, { state: 'pending' }],
  });
  await until(stage, shop, '2026-11-24 00:00');
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 0], points: [0, 0] });
  expect(await standing(stage, { org: brand }, member)).toEqual({
    cashback: [0, 900],
    points: [0, 90],
  });
  const { lots } = await rewardsOf(stage, owner, member);
  expect(lots).toHaveLength(2);
  for (const each of lots) expect(each.expires_on).toBe('2026-12-04');
  await giveBack(stage, shop, sales[1].payment_id);
  expect(await broken(stage, [shop.org, brand])).toEqual({});
  expect(await standing(stage, { org: brand }, member)).toEqual({
    cashback: [0, 300],
    points: [0, 30],
  });
});

test('a rebate to the merchant needs no member: pending, available, and back to the funder', async () => {
  const bank = await stage.org('rebate-bank', 'issuer');
  const { shop, member } = await opened('2026-03-10');
  const budget = await stage.budget(bank, shop.org, 100_000, 10_000);
  const funding = [{ party: 'funder', funder_org: bank, budget, share: 1_000_000 }] as const;
  await stage.offer(shop.org, {
    ...cashback({ to: 'merchant', timing: tomorrow, funding: [...funding] }),
    code: 'rebate',
  });
  const accounts = () =>
    Promise.all([
      stage.balance(shop.org, '2020'),
      stage.balance(shop.org, '2021'),
      stage.balance(shop.org, '2610', budget),
    ]);
  const anonymous = await sellCups(stage, shop, null, 1);
  expect(anonymous.rewards).toMatchObject([{ to: 'merchant', state: 'pending' }]);
  const known = await sellCups(stage, shop, member, 2);
  expect(await accounts()).toEqual([900, 0, 9_100]);
  await giveBack(stage, shop, known.payment_id, { lines: [{ line: 0, quantity: 1 }] });
  expect(await accounts()).toEqual([600, 0, 9_400]);
  await until(stage, shop, '2026-03-11 00:00');
  expect(await accounts()).toEqual([0, 600, 9_400]);
  await giveBack(stage, shop, anonymous.payment_id);
  expect(await accounts()).toEqual([0, 300, 9_700]);
  expect((await rewardsOf(stage, shop, member)).items).toEqual([]);
  expect(await broken(stage, [shop.org, bank])).toEqual({});
});

test('growth value lifts the tier with the sale that reaches it, and a refund takes both back', async () => {
  const growth: DefinitionInput = {
    ...base,
    code: 'growth',
    benefits: [{ kind: 'growth', earn: { by: 'per_yuan', rate: 10_000_000 } }],
  };
  const { shop, member } = await opened('2026-03-10', growth);
  const told = async () => (await rewardsOf(stage, shop, member)).growth;
  await sellCups(stage, shop, member, 3);
  expect(await told()).toEqual({ value: 900, tier: 'ordinary', next_tier: 'gold', missing: 100 });
  const second = await sellCups(stage, shop, member, 1);
  expect(second.rewards).toMatchObject([{ kind: 'growth', amount: 300, state: 'available' }]);
  expect(await told()).toEqual({
    value: 1_200,
    tier: 'gold',
    next_tier: 'diamond',
    missing: 3_800,
  });
  await giveBack(stage, shop, second.payment_id);
  expect(await told()).toMatchObject({ value: 900, tier: 'ordinary' });
  const records = await stage.db.read([shop.org], (tx) =>
    tx.query(
      `select before, after from platform.audit where org_id = $1 and verb = 'members.grow' order by audit_id`,
      [shop.org],
    ),
  );
  expect(records).toEqual([
    { before: { growth: 900, tier: 'ordinary' }, after: { growth: 1_200, tier: 'gold' } },
    { before: { growth: 1_200, tier: 'gold' }, after: { growth: 900, tier: 'ordinary' } },
  ]);
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('growth value of another’s programme is carried into its owner’s book once', async () => {
  const brand = await stage.org('growing', 'brand');
  const club = await stage.programme(brand, 'growing-club');
  const { shop } = await opened('2026-03-10');
  await stage.offer(brand, {
    ...base,
    code: 'growth',
    benefits: [{ kind: 'growth', earn: { by: 'fixed', amount: 1_000 } }],
  });
  const away = await stage.store(shop.org, `grow-${shops}`);
  await stage.enrol(club, shop.org, away);
  const member = await stage.member({ org: shop.org, storeId: away }, String(++phones));
  const sale = await sellCups(stage, { token: shop.token, storeId: away }, member, 1);
  expect(await broken(stage, [shop.org, brand])).toEqual({});
  const owner = { token: await stage.key(brand) };
  await expect
    .poll(async () => (await rewardsOf(stage, owner, member)).growth)
    .toMatchObject({ value: 1_000, tier: 'gold' });
  await giveBack(stage, shop, sale.payment_id);
  await expect
    .poll(async () => (await rewardsOf(stage, owner, member)).growth)
    .toMatchObject({ value: 0, tier: 'ordinary' });
  expect(await broken(stage, [shop.org, brand])).toEqual({});
});

test('a gift leaves the store with the sale, and comes back into stock unless the buyer keeps it', async () => {
  const gift: DefinitionInput = {
    ...base,
    code: 'gift',
    benefits: [{ kind: 'gift', sku: 'CAKE-1', quantity: 2 }],
  };
  const { shop, member } = await opened('2026-03-10', gift);
  const stock = async () => {
    const rows = await stage.db.read([shop.org], (tx) =>
      tx.query<{ quantity: number }>(
        "select quantity from catalog.stock where org_id = $1 and store_id = $2 and sku = 'CAKE-1'",
        [shop.org, shop.storeId],
      ),
    );
    return rows[0]?.quantity ?? 0;
  };
  const sale = await sellCups(stage, shop, member, 1);
  expect(sale.rewards).toMatchObject([{ kind: 'gift', what: 'CAKE-1', amount: 2 }]);
  expect(await stock()).toBe(-2);
  const back = await giveBack(stage, shop, sale.payment_id);
  expect(back.taken_back).toMatchObject([{ kind: 'gift', amount: 2 }]);
  expect(await stock()).toBe(0);
  const kept = await sellCups(stage, shop, null, 1);
  await giveBack(stage, shop, kept.payment_id, { gifts_kept: true });
  expect(await stock()).toBe(-2);
  expect((await rewardsOf(stage, shop, member)).items).toMatchObject([
    { kind: 'gift', what: 'CAKE-1', state: 'reversed' },
  ]);
  expect(await broken(stage, [shop.org])).toEqual({});
});
