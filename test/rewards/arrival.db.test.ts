import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DefinitionInput } from '#offers';
import { broken, giveBack, rewardsOf, sellCups, shopAt, standing, until } from './rewards-stage.ts';
import { type Shop, Stage } from '../stage.ts';

let stage: Stage;
let shops = 0;
let phones = 13_900_000_000;

beforeAll(async () => void (stage = await Stage.open()));
afterAll(() => stage?.close());

const always = { from: '2020-01-01' };

/** 10 % back and a point per yuan, so many business days after the sale. */
const afterDays = (days: number): DefinitionInput => ({
  code: `t${days}`,
  name: { zh: `T+${days}`, en: `T+${days}` },
  schedule: always,
  benefits: [
    {
      kind: 'cashback',
      earn: { by: 'rate', rate: 100_000 },
      timing: { type: 'business_days', days },
    },
    {
      kind: 'points',
      earn: { by: 'per_yuan', rate: 1_000_000 },
      expiry: { type: 'rolling', days: 30, round_up_to: 'month' },
      timing: { type: 'business_days', days },
    },
  ],
});

async function opened(
  day: string,
  ...offers: DefinitionInput[]
): Promise<{ shop: Shop; member: string }> {
  const code = `shop-${++shops}`;
  const shop = await shopAt(stage, code, `${day} 10:00`, offers);
  return { shop, member: await stage.member(shop, String(++phones)) };
}

test.each([
  // sold on       days  arrives       expires       why
  ['2026-03-02', 1, '2026-03-03', '2026-04-30', 'an ordinary Monday'],
  ['2026-02-13', 1, '2026-02-14', '2026-03-31', 'Friday, and the Saturday is made up'],
  ['2026-02-14', 1, '2026-02-24', '2026-03-31', 'over Spring Festival'],
  ['2026-02-13', 3, '2026-02-25', '2026-03-31', 'a make-up day, then over Spring Festival'],
  ['2026-09-30', 1, '2026-10-08', '2026-11-30', 'over National Day'],
  ['2026-10-09', 1, '2026-10-10', '2026-11-30', 'Friday, and the Saturday is made up'],
])('sold on %s, T+%i arrives on %s and expires on %s: %s', async (sold, days, arrives, expires) => {
  const { shop, member } = await opened(sold, afterDays(days));
  const sale = await sellCups(stage, shop, member, 1);
  for (const reward of sale.rewards)
    expect(reward).toMatchObject({ state: 'pending', available_on: arrives, provisional: false });
  expect(await standing(stage, shop, member)).toEqual({ cashback: [300, 0], points: [30, 0] });
  const told = await rewardsOf(stage, shop, member);
  expect(told).toMatchObject({
    points: { pending: 30, available: 0 },
    cashback: { pending: 300, available: 0 },
    next_arrival: arrives,
    items: [
      { kind: 'points', state: 'pending', available_on: arrives, expires_on: expires },
      { kind: 'cashback', state: 'pending', available_on: arrives, expires_on: null },
    ],
  });
  const before = new Date(Date.parse(arrives) - 86_400_000).toISOString().slice(0, 10);
  await until(stage, shop, `${before} 23:59`);
  expect(await standing(stage, shop, member)).toEqual({ cashback: [300, 0], points: [30, 0] });
  await until(stage, shop, `${arrives} 00:00`);
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 300], points: [0, 30] });
  expect(await rewardsOf(stage, shop, member)).toMatchObject({
    points: { pending: 0, available: 30 },
    cashback: { pending: 0, available: 300 },
    next_arrival: null,
    lots: [{ payment_id: sale.payment_id, remaining: 30, expires_on: expires }],
    items: [
      { kind: 'points', state: 'available', available_on: arrives, expires_on: expires },
      { kind: 'cashback', state: 'available', available_on: arrives },
    ],
  });
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('a refund before arrival takes what waits, one after it takes what arrived; both end at nothing', async () => {
  const { shop, member } = await opened('2026-03-02', afterDays(1));
  const sale = await sellCups(stage, shop, member, 3);
  const half = await giveBack(stage, shop, sale.payment_id, { lines: [{ line: 0, quantity: 1 }] });
  expect(half.debt).toEqual({ points: 0, cashback: 0 });
  expect(await standing(stage, shop, member)).toEqual({ cashback: [600, 0], points: [60, 0] });
  await until(stage, shop, '2026-03-03 00:00');
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 600], points: [0, 60] });
  await giveBack(stage, shop, sale.payment_id);
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 0], points: [0, 0] });
  expect(await stage.balance(shop.org, '5030')).toBe(0);
  expect(await stage.balance(shop.org, '2211', shop.programme.programmeId)).toBe(0);
  expect((await rewardsOf(stage, shop, member)).items).toMatchObject([
    { state: 'reversed', reversed: 90 },
    { state: 'reversed', reversed: 900 },
  ]);
  expect(await broken(stage, [shop.org])).toEqual({});
});
