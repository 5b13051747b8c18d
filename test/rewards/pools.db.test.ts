import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DefinitionInput } from '#offers';
import { Stage } from '../stage.ts';
import { broken, giveBack, rewardsOf, sellCups, shopAt, standing, until } from './rewards-stage.ts';

let stage: Stage;
let funder: number;
let shops = 0;
let phones = 13_700_000_000;

beforeAll(async () => {
  stage = await Stage.open();
  funder = await stage.org('bank', 'issuer');
});
afterAll(() => stage?.close());

const base = { name: { zh: '方案', en: 'offer' }, schedule: { from: '2020-01-01' } };
const month = { type: 'month' } as const;

/** 10 % back and points once the month's purchases reach 200.00. */
const BY_AMOUNT: DefinitionInput = {
  ...base,
  code: 'by-amount',
  benefits: [
    {
      kind: 'cashback',
      earn: { by: 'rate', rate: 100_000 },
      timing: { type: 'cumulative', window: month, reach: { amount: 20_000 } },
    },
    {
      kind: 'points',
      earn: { by: 'per_yuan', rate: 1_000_000 },
      expiry: { type: 'end_of_year', years: 0 },
      timing: { type: 'cumulative', window: month, reach: { amount: 20_000 } },
    },
  ],
};

/** 5.00 back with the third purchase of a month. */
const BY_COUNT: DefinitionInput = {
  ...base,
  code: 'by-count',
  benefits: [
    {
      kind: 'cashback',
      earn: { by: 'fixed', amount: 500 },
      timing: { type: 'cumulative', window: month, reach: { count: 3 } },
    },
  ],
};

/** All of it back three business days after the last purchase. */
const AFTER_LAST: DefinitionInput = {
  ...base,
  code: 'after-last',
  benefits: [
    {
      kind: 'cashback',
      earn: { by: 'rate', rate: 1_000_000 },
      timing: { type: 'after_last', days: 3 },
    },
  ],
};

async function opened(day: string, ...offers: DefinitionInput[]) {
  const shop = await shopAt(stage, `pool-${++shops}`, `${day} 10:00`, offers);
  return { shop, member: await stage.member(shop, String(++phones)) };
}

/** 200.00 in a month, paid by the shop and, from a budget, by the bank. */
async function openedFunded() {
  const { shop, member } = await opened('2026-03-10');
  const budget = await stage.budget(funder, shop.org, 100_000, 10_000);
  await stage.offer(shop.org, {
    ...BY_AMOUNT,
    code: 'funded',
    funding: [
      { party: 'merchant', share: 333_333 },
      { party: 'funder', funder_org: funder, budget, share: 666_667 },
    ],
    benefits: [BY_AMOUNT.benefits[0] as (typeof BY_AMOUNT.benefits)[number]],
  });
  const lent = () => stage.balance(shop.org, '2610', budget);
  return { shop, member, budget, lent };
}

test('a month by amount: all that waits arrives with the sale that reaches it, and later sales at once', async () => {
  const { shop, member } = await opened('2026-03-10', BY_AMOUNT);
  const first = await sellCups(stage, shop, member, 2);
  expect(first.rewards).toMatchObject([
    { kind: 'cashback', state: 'pending', available_on: null, provisional: false },
    { kind: 'points', state: 'pending', available_on: null, expires_on: null },
  ]);
  await until(stage, shop, '2026-03-20 10:00');
  await sellCups(stage, shop, member, 3);
  expect(await standing(stage, shop, member)).toEqual({ cashback: [1_500, 0], points: [150, 0] });
  const told = await rewardsOf(stage, shop, member, '?state=pending&limit=3');
  expect(told.items).toHaveLength(3);
  expect(told).toMatchObject({ next_arrival: null, cashback: { pending: 1_500 } });
  expect(told.items[0].waits_for).toEqual({
    type: 'reached',
    business_days: null,
    until: '2026-03-31',
    amount: 20_000,
    count: null,
    missing_amount: 5_000,
    missing_count: null,
  });
  const next = `?state=pending&limit=3&cursor=${told.next_cursor}`;
  const rest = await rewardsOf(stage, shop, member, next);
  expect(rest.items).toMatchObject([{ kind: 'cashback', payment_id: first.payment_id }]);
  const reaching = await sellCups(stage, shop, member, 2);
  for (const reward of reaching.rewards)
    expect(reward).toMatchObject({ state: 'available', available_on: '2026-03-20' });
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 2_100], points: [0, 210] });
  const arrived = await rewardsOf(stage, shop, member);
  expect(arrived.items).toHaveLength(6);
  for (const each of arrived.items)
    expect(each).toMatchObject({ state: 'available', available_on: '2026-03-20' });
  expect(arrived.lots).toMatchObject([{ expires_on: '2026-12-31' }, {}, {}]);
  await sellCups(stage, shop, member, 1);
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 2_400], points: [0, 240] });
  await until(stage, shop, '2026-04-01 00:00');
  await sellCups(stage, shop, member, 1);
  expect(await standing(stage, shop, member)).toEqual({
    cashback: [300, 2_400],
    points: [30, 240],
  });
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('a month that is not reached is cancelled with its last day, to the fen of each payer', async () => {
  const { shop, member, lent } = await openedFunded();
  const sale = await sellCups(stage, shop, member, 3);
  await sellCups(stage, shop, member, 2);
  await giveBack(stage, shop, sale.payment_id, { lines: [{ line: 0, quantity: 1 }] });
  expect(await standing(stage, shop, member)).toEqual({ cashback: [1_200, 0], points: [0, 0] });
  expect(await stage.balance(shop.org, '5030')).toBe(400);
  await until(stage, shop, '2026-03-31 23:59');
  expect(await standing(stage, shop, member)).toEqual({ cashback: [1_200, 0], points: [0, 0] });
  await until(stage, shop, '2026-04-01 00:00');
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 0], points: [0, 0] });
  expect([await stage.balance(shop.org, '5030'), await lent()]).toEqual([0, 10_000]);
  expect((await rewardsOf(stage, shop, member)).items).toMatchObject([
    { state: 'cancelled', cancelled: 600, available_on: null },
    { state: 'cancelled', amount: 900, reversed: 300, cancelled: 600 },
  ]);
  const late = await giveBack(stage, shop, sale.payment_id);
  expect(late).toMatchObject({ taken_back: [], debt: { points: 0, cashback: 0 } });
  expect([await stage.balance(shop.org, '5030'), await lent()]).toEqual([0, 10_000]);
  expect(await broken(stage, [shop.org, funder])).toEqual({});
});

test('by count: the third sale of the month is granted it once, and the two before are told what is missing', async () => {
  const { shop, member } = await opened('2026-03-10', BY_COUNT);
  for (const bought of [1, 2]) {
    expect((await sellCups(stage, shop, member, 1)).rewards).toEqual([]);
    expect((await rewardsOf(stage, shop, member)).goals).toMatchObject([
      { count: 3, bought_count: bought, missing_count: 3 - bought, until: '2026-03-31' },
    ]);
  }
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 0], points: [0, 0] });
  const third = await sellCups(stage, shop, member, 1);
  expect(third.rewards).toMatchObject([{ amount: 500, state: 'available' }]);
  expect((await sellCups(stage, shop, member, 1)).rewards).toEqual([]);
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 500], points: [0, 0] });
  expect((await rewardsOf(stage, shop, member)).goals).toEqual([]);
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('after the last: each sale restarts the clock, and all arrives together', async () => {
  const { shop, member } = await opened('2026-02-10', AFTER_LAST);
  const days = [
    // sold          arrives, as of then
    ['2026-02-10', '2026-02-13'],
    ['2026-02-12', '2026-02-24'],
    ['2026-02-14', '2026-02-26'],
    ['2026-02-25', '2026-02-28'],
  ] as const;
  for (const [day, arrives] of days) {
    await until(stage, shop, `${day} 12:00`);
    const { rewards } = await sellCups(stage, shop, member, 1);
    expect(rewards).toMatchObject([{ state: 'pending', available_on: arrives }]);
    const told = await rewardsOf(stage, shop, member);
    expect(told).toMatchObject({ next_arrival: arrives });
    for (const each of told.items) expect(each).toMatchObject({ available_on: arrives });
  }
  await until(stage, shop, '2026-02-27 23:59');
  expect(await standing(stage, shop, member)).toEqual({ cashback: [12_000, 0], points: [0, 0] });
  await until(stage, shop, '2026-02-28 00:00');
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 12_000], points: [0, 0] });
  await sellCups(stage, shop, member, 1);
  expect(await standing(stage, shop, member)).toEqual({
    cashback: [3_000, 12_000],
    points: [0, 0],
  });
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('a refund before and one after a pool is reached: both end at nothing, and the rest stays', async () => {
  const { shop, member, lent } = await openedFunded();
  const first = await sellCups(stage, shop, member, 3);
  const second = await sellCups(stage, shop, member, 3);
  await giveBack(stage, shop, first.payment_id, { lines: [{ line: 0, quantity: 2 }] });
  expect(await standing(stage, shop, member)).toEqual({ cashback: [1_200, 0], points: [0, 0] });
  await sellCups(stage, shop, member, 3);
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 2_100], points: [0, 0] });
  await giveBack(stage, shop, first.payment_id);
  await giveBack(stage, shop, second.payment_id);
  expect(await standing(stage, shop, member)).toEqual({ cashback: [0, 900], points: [0, 0] });
  expect([await stage.balance(shop.org, '5030'), await lent()]).toEqual([300, 9_400]);
  expect(await broken(stage, [shop.org, funder])).toEqual({});
});

test('more than moves in one write arrives at once by the pool’s timer', async () => {
  const many: DefinitionInput = {
    ...base,
    code: 'many',
    benefits: [
      {
        kind: 'cashback',
        earn: { by: 'rate', rate: 100_000 },
        timing: { type: 'cumulative', window: month, reach: { count: 151 } },
      },
    ],
  };
  const { shop, member } = await opened('2026-03-10', many);
  await Promise.all(Array.from({ length: 150 }, () => sellCups(stage, shop, member, 1)));
  expect(await standing(stage, shop, member)).toEqual({ cashback: [45_000, 0], points: [0, 0] });
  await sellCups(stage, shop, member, 1);
  await expect
    .poll(() => standing(stage, shop, member))
    .toEqual({ cashback: [0, 45_300], points: [0, 0] });
  expect(await broken(stage, [shop.org])).toEqual({});
});

test('a rolling window: what falls out of it is cancelled alone', async () => {
  const rolling: DefinitionInput = {
    ...base,
    code: 'rolling',
    benefits: [
      {
        kind: 'cashback',
        earn: { by: 'rate', rate: 100_000 },
        timing: {
          type: 'cumulative',
          window: { type: 'rolling', days: 7 },
          reach: { amount: 12_000 },
        },
      },
    ],
  };
  const { shop, member } = await opened('2026-03-10', rolling);
  await sellCups(stage, shop, member, 1);
  await until(stage, shop, '2026-03-14 10:00');
  await sellCups(stage, shop, member, 2);
  await until(stage, shop, '2026-03-16 23:59');
  expect(await standing(stage, shop, member)).toMatchObject({ cashback: [900, 0] });
  await until(stage, shop, '2026-03-17 00:00');
  expect(await standing(stage, shop, member)).toMatchObject({ cashback: [600, 0] });
  const told = await rewardsOf(stage, shop, member, '?state=pending');
  expect(told.items).toMatchObject([{ waits_for: { until: '2026-03-20', missing_amount: 6_000 } }]);
  await until(stage, shop, '2026-03-20 10:00');
  await sellCups(stage, shop, member, 2);
  expect(await standing(stage, shop, member)).toMatchObject({ cashback: [0, 1_200] });
  expect(await broken(stage, [shop.org])).toEqual({});
});
