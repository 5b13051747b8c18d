import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Shop, Stage } from '../stage.ts';
import { broken } from '../rewards/rewards-stage.ts';
import { cashback, points, previewed, sell, spend } from './refunds-stage.ts';

let stage: Stage;
let shops = 0;
let phones = 13_600_000_000;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

type Policy = 'member_debt' | 'from_refund' | 'payer';

/** A shop that serves its own programme or a brand's, whose offers settle what was spent by a policy. */
async function opened(whose: 'own' | 'foreign', shortage: Policy) {
  const code = `shortage-${++shops}`;
  const shop = await stage.shop(code);
  if (whose === 'own') {
    for (const offer of [points({ shortage }), cashback({ shortage })])
      await stage.offer(shop.org, offer);
    const member = await stage.member(shop, String(++phones));
    return { shop, owner: shop.org, programme: shop.programme.programmeId, member };
  }
  const brand = await stage.org(`brand-${shops}`, 'brand');
  const club = await stage.programme(brand, 'stars');
  const storeId = await stage.store(shop.org, `${code}-2`);
  await stage.enrol(club, shop.org, storeId);
  await stage.offer(brand, points({ shortage }));
  await stage.offer(shop.org, cashback({ shortage }));
  const away: Shop = { ...shop, storeId };
  const member = await stage.member(away, String(++phones));
  return { shop: away, owner: brand, programme: club.programmeId, member };
}

/** Points, fen of cashback, points owed, fen owed. */
async function holdings(owner: number, member: string): Promise<number[]> {
  await stage.app.relay.settle();
  return Promise.all(
    (['2210', '2031', '1231', '1230'] as const).map((code) => stage.balance(owner, code, member)),
  );
}

// 2 x 50.00: 100 points worth 0.8 fen each and 10.00 of cashback; 90 points and 7.00 are spent.
test.each([
  // whose, policy: withheld, debt, borne; what the member then has and owes; the money that stays, the cost that stays
  ['own', 'member_debt', 0, [90, 700], [0, 0], [0, 0, 90, 700], 0, 0],
  ['own', 'from_refund', 772, [0, 0], [0, 0], [0, 0, 0, 0], 772, 0],
  ['own', 'payer', 0, [0, 0], [90, 700], [0, 0, 0, 0], 0, 700],
  ['foreign', 'member_debt', 0, [90, 700], [0, 0], [0, 0, 90, 700], 0, 0],
  ['foreign', 'from_refund', 772, [0, 0], [0, 0], [0, 0, 0, 0], 772, 0],
  ['foreign', 'payer', 0, [0, 0], [90, 700], [0, 0, 0, 0], 0, 700],
] as const)(
  '%s programme, %s: what was spent is settled',
  async (whose, policy, withheld, debt, borne, left, money, cost) => {
    const { shop, owner, programme, member } = await opened(whose, policy);
    const sale = await sell(stage, shop, member, { 'TEA-100': 2 });
    expect(await holdings(owner, member)).toEqual([100, 1_000, 0, 0]);
    await spend(stage, owner, programme, member, { points: 90, cashback: 700 });
    const costOfPoints = await stage.balance(owner, '5040', programme);
    const back = await previewed(stage, shop, sale.payment_id);
    expect(back).toMatchObject({
      amount: 10_000 - withheld,
      withheld,
      debt: { points: debt[0], cashback: debt[1] },
      borne_by_payers: { points: borne[0], cashback: borne[1] },
      payment_state: 'refunded',
      tenders: [{ amount: 10_000 - withheld }],
    });
    const spent = Object.fromEntries(
      back.taken_back.map((each: { kind: string; spent: number }) => [each.kind, each.spent]),
    );
    expect(spent).toEqual({ points: 90, cashback: 700 });
    expect(await holdings(owner, member)).toEqual(left);
    expect(await stage.balance(shop.org, '1150', shop.storeId)).toBe(money);
    expect(await stage.balance(shop.org, '5030')).toBe(cost);
    expect(await stage.balance(shop.org, '3010', shop.storeId)).toBe(0);
    // 10 points were still provided for; what was withheld pays for the 90 that were used.
    const paidFor = policy === 'from_refund' ? 72 : 0;
    expect(await stage.balance(owner, '5040', programme)).toBe(costOfPoints - 8 - paidFor);
    const read = await stage.send(shop.token, 'GET', `/v1/payments/${sale.payment_id}`);
    expect(read.json()).toMatchObject({
      state: 'refunded',
      refunded: 10_000 - withheld,
      refunds: [{ withheld, debt: { points: debt[0], cashback: debt[1] } }],
    });
    expect(await broken(stage, [shop.org, owner])).toEqual({});
  },
);

test('a refund too small for what was spent: it is withheld to the last fen, the rest is owed', async () => {
  const { shop, owner, programme, member } = await opened('own', 'from_refund');
  const benefits = [{ kind: 'cashback' as const, earn: { by: 'rate' as const, rate: 990_000 } }];
  const big = { code: 'big', benefits };
  await stage.offer(shop.org, cashback({ shortage: 'from_refund' }, big));
  const sale = await sell(stage, shop, member, { 'CUP-1': 1 });
  await spend(stage, owner, programme, member, { points: 30, cashback: 3_270 });
  const back = await previewed(stage, shop, sale.payment_id);
  expect(back).toMatchObject({
    amount: 0,
    withheld: 3_000,
    debt: { points: 30, cashback: 270 },
    tenders: [],
  });
  expect(await holdings(owner, member)).toEqual([0, 0, 30, 270]);
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('part by part: the member’s own points go first, and the money withheld counts as given back', async () => {
  const { shop, owner, programme, member } = await opened('own', 'from_refund');
  const sale = await sell(stage, shop, member, { 'TEA-100': 1, 'CUP-1': 2 });
  await spend(stage, owner, programme, member, { points: 50, cashback: 0 });
  const first = await previewed(stage, shop, sale.payment_id, [{ line: 0, quantity: 1 }]);
  expect(first).toMatchObject({ amount: 5_000, withheld: 0 });
  const second = await previewed(stage, shop, sale.payment_id, [{ line: 1, quantity: 1 }]);
  expect(second).toMatchObject({ withheld: 16, amount: 2_984 });
  const third = await previewed(stage, shop, sale.payment_id);
  expect(third).toMatchObject({ withheld: 24, amount: 2_976, payment_state: 'refunded' });
  expect(await holdings(owner, member)).toEqual([0, 0, 0, 0]);
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('after a pool was reached: what the refunded sale gave is withheld, part by part', async () => {
  const reach = { amount: 15_000 };
  const timing = { type: 'cumulative' as const, window: { type: 'month' as const }, reach };
  const earn = { by: 'rate' as const, rate: 100_000 };
  const shop = await stage.shop(`shortage-${++shops}`, [
    cashback({ shortage: 'from_refund' }, { benefits: [{ kind: 'cashback', earn, timing }] }),
  ]);
  const member = await stage.member(shop, String(++phones));
  const sale = await sell(stage, shop, member, { 'TEA-100': 2 });
  await sell(stage, shop, member, { 'TEA-100': 2 });
  expect(await holdings(shop.org, member)).toEqual([0, 2_000, 0, 0]);
  await spend(stage, shop.org, shop.programme.programmeId, member, { cashback: 1_500 });
  const half = await previewed(stage, shop, sale.payment_id, [{ line: 0, quantity: 1 }]);
  expect(half).toMatchObject({ amount: 5_000, withheld: 0 });
  const rest = await previewed(stage, shop, sale.payment_id);
  expect(rest).toMatchObject({ amount: 4_500, withheld: 500, debt: { cashback: 0 } });
  expect(await holdings(shop.org, member)).toEqual([0, 0, 0, 0]);
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('a card and cash: what is withheld is taken from what would have gone back last', async () => {
  const { shop, owner, programme, member } = await opened('own', 'from_refund');
  const tenders = [
    { kind: 'card', amount: 6_000, reference: 'POS-1', card: { bin: '62220212', last4: '0128' } },
    { kind: 'cash', amount: 4_000 },
  ];
  const sale = await sell(stage, shop, member, { 'TEA-100': 2 }, tenders);
  await spend(stage, owner, programme, member, { cashback: 1_000 });
  const half = await previewed(stage, shop, sale.payment_id, [{ line: 0, quantity: 1 }]);
  expect(half).toMatchObject({ withheld: 500, tenders: [{ kind: 'card', amount: 4_500 }] });
  const rest = await previewed(stage, shop, sale.payment_id);
  expect(rest.tenders).toMatchObject([
    { kind: 'card', amount: 1_500 },
    { kind: 'cash', amount: 3_000 },
  ]);
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('a void is refused where something was spent, by any policy', async () => {
  for (const whose of ['own', 'foreign'] as const) {
    const { shop, owner, programme, member } = await opened(whose, 'payer');
    const sale = await sell(stage, shop, member, { 'CUP-1': 1 });
    await stage.app.relay.settle();
    await spend(stage, owner, programme, member, { points: 1 });
    const at = `/v1/payments/${sale.payment_id}/void`;
    const refused = await stage.send(shop.token, 'POST', at, { reason: 'mistyped' });
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'rewards_spent']);
    expect(await broken(stage, [shop.org, owner])).toEqual({});
  }
});
