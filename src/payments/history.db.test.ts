import type { Response } from 'light-my-request';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DefinitionInput } from '#offers';
import { asOwner } from '../../test/database.ts';
import { HOUR, OPENING, type Shop, Stage } from '../../test/stage.ts';

let stage: Stage;
let phones = 13_800_000_000;
const DAY = 24 * HOUR;

beforeAll(async () => void (stage = await Stage.open()));
afterAll(() => stage?.close());

const MONTH = { type: 'month' } as const;
type Condition = NonNullable<DefinitionInput['conditions']>;

/** 5 yuan off where the condition holds. */
const offIf = (conditions: Condition): DefinitionInput => ({
  code: 'off',
  name: { zh: '减 5 元', en: '5 off' },
  schedule: { from: '2020-01-01' },
  conditions,
  benefits: [{ kind: 'discount', off: { by: 'amount', amount: 500 } }],
});

async function shopWith(code: string, conditions: Condition): Promise<Shop> {
  return stage.shop(code, [offIf(conditions)]);
}

interface Sale {
  readonly payment_id: string;
  readonly discount: number;
  readonly due: number;
}

function saleOf(reply: Response): Sale {
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
}

/** Sales of one buyer in a shop, one after the other. */
function buyer({ storeId, token }: Shop, fields: object) {
  const body = { store: storeId, tenders: [{ kind: 'cash' }], ...fields };
  const lines = [{ sku: 'TEA-100', quantity: 1 }];
  return {
    buy: async (more: object = {}) =>
      saleOf(await stage.send(token, 'POST', '/v1/payments', { ...body, lines, ...more })),
    quote: async (more: object = {}) =>
      (await stage.send(token, 'POST', '/v1/quotes', { ...body, lines, ...more })).json(),
  };
}

async function newMember(shop: Shop) {
  return buyer(shop, { member: { member_id: await stage.member(shop, String(++phones)) } });
}

/** Which sales of a series got the discount, counted from 1. */
async function winners(buy: () => Promise<Sale>, count: number): Promise<number[]> {
  const won: number[] = [];
  for (let sale = 1; sale <= count; sale++) if ((await buy()).discount > 0) won.push(sale);
  return won;
}

async function giveBack({ token }: Shop, { payment_id: payment }: Sale, lines?: object[]) {
  const body = { payment, reason: 'x', ...(lines && { lines }) };
  const reply = await stage.send(token, 'POST', '/v1/refunds', body);
  expect(reply.statusCode, reply.body).toBe(201);
}

test('of 20 sales of one member at once, in two processes, every third of the month wins', async () => {
  const shop = await shopWith('thirds', {
    type: 'history',
    measure: 'count',
    window: MONTH,
    every: 3,
  });
  const member = await stage.member(shop, String(++phones));
  const other = await stage.another();
  const body = {
    store: shop.storeId,
    lines: [{ sku: 'TEA-100', quantity: 1 }],
    member: { member_id: member },
    tenders: [{ kind: 'cash' }],
  };
  const sales = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const at1 = at % 2 === 0 ? stage : other;
      return saleOf(await at1.send(shop.token, 'POST', '/v1/payments', body));
    }),
  );
  await other.close();
  const rows = await asOwner<{ payment_id: string; before: number }>(
    stage.db.url,
    `select payment_id, coalesce((select (value->>'count')::int from json_each(facts->'history')), 0) before
       from payments.payment where org_id = $1`,
    [shop.org],
  );
  const before = new Map(rows.map((row) => [row.payment_id, row.before]));
  const ordered = sales.toSorted(
    (a, b) => (before.get(a.payment_id) ?? 0) - (before.get(b.payment_id) ?? 0),
  );
  expect(ordered.map((sale) => before.get(sale.payment_id))).toEqual(
    Array.from({ length: 20 }, (_, at) => at),
  );
  expect(ordered.map(({ discount }) => discount > 0)).toEqual(
    Array.from({ length: 20 }, (_, at) => (at + 1) % 3 === 0),
  );
  for (const { payment_id: id } of sales) {
    const told = await stage.send(shop.token, 'GET', `/v1/payments/${id}/explanation`);
    expect(told.json()).toMatchObject({ exact: true });
  }
});

test.each<[string, Condition, number[]]>([
  ['the first purchase', { type: 'nth_purchase', numbers: [1] }, [1]],
  ['the second and every third', { type: 'nth_purchase', numbers: [2], every: 3 }, [2, 3, 6]],
  [
    'from 150.00 a month, this sale included',
    { type: 'history', measure: 'amount', window: MONTH, min: 15_000 },
    [3, 4, 5, 6],
  ],
  [
    'the sale that reaches 150.00 in a month, and 300.00',
    { type: 'history', measure: 'amount', window: MONTH, every: 14_500 },
    [3, 6],
  ],
  [
    'the second day of a week on which one comes',
    { type: 'history', measure: 'visits', window: { type: 'week' }, min: 2 },
    [],
  ],
  ['nobody who has not bought before', { type: 'days_since_last', max: 30 }, [2, 3, 4, 5, 6]],
])('%s', async (name, conditions, won) => {
  const shop = await shopWith(`s${phones}`, conditions);
  const first = await newMember(shop);
  expect(await winners(first.buy, 6), name).toEqual(won);
  const second = await newMember(shop);
  expect((await second.buy()).discount > 0).toBe(won[0] === 1);
});

test('windows end with the day, week and month; days apart are counted', async () => {
  const shop = await stage.shop('windows', [
    { ...offIf({ type: 'history', measure: 'count', window: { type: 'day' }, min: 2 }), code: 'd' },
    { ...offIf({ type: 'history', measure: 'visits', window: MONTH, min: 2 }), code: 'v' },
    { ...offIf({ type: 'days_since_last', min: 2 }), code: 'l' },
    {
      ...offIf({
        type: 'history',
        measure: 'count',
        window: { type: 'rolling', days: 2 },
        min: 2,
      }),
      code: 'r',
    },
  ]);
  const { buy } = await newMember(shop);
  // Saturday 21 November, twice; the day after; the Wednesday after; 1 December.
  const days = [0, 0, 1, 4, 10];
  const got: number[] = [];
  for (const days1 of days) {
    await stage.clock(shop.org, new Date(OPENING.getTime() + days1 * DAY));
    got.push((await buy()).discount / 500);
  }
  expect(got).toEqual([0, 2, 2, 2, 1]);
});

test('what went back no longer counts: part of a sale by its amount, a whole one not at all', async () => {
  const amount = await shopWith('amounts', {
    type: 'history',
    measure: 'amount',
    window: MONTH,
    min: 15_000,
  });
  const spender = await newMember(amount);
  const two = { lines: [{ sku: 'TEA-100', quantity: 2 }] };
  const first = await spender.buy(two);
  expect((await spender.quote()).discount).toBe(500);
  await giveBack(amount, first, [{ line: 0, quantity: 1 }]);
  expect((await spender.quote()).discount).toBe(0);
  expect((await spender.buy()).discount).toBe(0);
  expect((await spender.buy()).discount).toBe(500);

  const count = await shopWith('counts', { type: 'nth_purchase', numbers: [2] });
  const comer = await newMember(count);
  const sale = await comer.buy(two);
  await giveBack(count, sale, [{ line: 0, quantity: 1 }]);
  expect((await comer.quote()).discount).toBe(500);
  await giveBack(count, sale);
  expect((await comer.quote()).discount).toBe(0);
  const again = await comer.buy();
  expect(again.discount).toBe(0);
  const url = `/v1/payments/${again.payment_id}/void`;
  await stage.send(count.token, 'POST', url, { reason: 'x' });
  expect((await comer.buy()).discount).toBe(0);
  expect((await comer.buy()).discount).toBe(500);
});

test('only the chosen lines count, each net of its own refunds', async () => {
  const shop = await shopWith('teas', {
    type: 'history',
    measure: 'amount',
    window: MONTH,
    target: { categories: ['tea'], skus: ['CAKE-1'] },
    min: 10_000,
  });
  const { buy, quote } = await newMember(shop);
  const mixed = [
    { sku: 'CUP-1', quantity: 3 },
    { sku: 'ODD-1', quantity: 3 },
    { sku: 'CAKE-1', quantity: 4 },
  ];
  expect((await buy({ lines: [{ sku: 'CUP-1', quantity: 9 }] })).discount).toBe(0);
  // 9.99 + 50.00 of it count.
  const sale = await buy({ lines: mixed });
  expect(sale.discount).toBe(0);
  const tea = (quantity: number) => ({ lines: [{ sku: 'ODD-1', quantity }] });
  expect((await quote(tea(12))).discount).toBe(0);
  expect((await quote(tea(13))).discount).toBe(500);
  await giveBack(shop, sale, [
    { line: 0, quantity: 1 },
    { line: 1, quantity: 1 },
  ]);
  expect((await quote(tea(13))).discount).toBe(0);
  expect((await quote(tea(14))).discount).toBe(500);
  await giveBack(shop, sale, [{ line: 2, quantity: 4 }]);
  expect((await quote(tea(28))).discount).toBe(0);
  expect((await quote(tea(29))).discount).toBe(500);
});

test("a card's history is the card's, whoever brings it; each sale counts once", async () => {
  const shop = await shopWith('cards', {
    type: 'history',
    whose: 'card',
    measure: 'count',
    window: { type: 'day' },
    min: 3,
  });
  const card = (token: string) => ({
    kind: 'card',
    card: { bin: '622202', last4: '0128', token },
    reference: `r${++phones}`,
  });
  const paidBy = (token: string) => ({ tenders: [card(token)] });
  const anybody = buyer(shop, {});
  const twice = [
    { ...card('one'), amount: 2_500 },
    { ...card('one'), amount: 2_500 },
  ];
  expect((await anybody.buy({ tenders: twice })).discount).toBe(0);
  expect((await (await newMember(shop)).buy(paidBy('one'))).discount).toBe(0);
  expect((await anybody.buy(paidBy('two'))).discount).toBe(0);
  expect((await anybody.buy()).discount).toBe(0);
  expect((await anybody.quote(paidBy('one'))).discount).toBe(500);
  expect((await anybody.buy(paidBy('one'))).discount).toBe(500);
});

test('sales and money back of one batch are seen by the sales behind them', async () => {
  const shop = await shopWith('batch', { type: 'nth_purchase', numbers: [3] });
  const { buy } = await newMember(shop);
  const gone = await buy();
  const all = await Promise.all([
    giveBack(shop, gone).then(() => null),
    ...Array.from({ length: 7 }, () => buy()),
  ]);
  expect(all.filter((sale) => sale !== null && sale.discount > 0)).toHaveLength(1);
});

test('what a card gets in a day is bounded, of 20 sales at once in two processes and in all', async () => {
  const daily: DefinitionInput = {
    code: 'daily',
    name: { zh: '工行卡九五折', en: '5 % off with ICBC' },
    schedule: { from: '2020-01-01' },
    conditions: { type: 'issuer', issuers: ['ICBC'] },
    benefits: [{ kind: 'discount', off: { by: 'percent', rate: 50_000 } }],
    limits: { each: [{ per: 'card', window: { type: 'day' }, amount: 2_000 }] },
  };
  const shop = await stage.shop('daily', [daily]);
  const other = await stage.another();
  const sale = async (at: number, last4: string) => {
    const body = {
      store: shop.storeId,
      lines: [{ sku: 'TEA-100', quantity: 1 }],
      tenders: [
        { kind: 'card', card: { bin: '622202', last4, token: `t${last4}` }, reference: `r${at}` },
      ],
    };
    const through = at % 2 === 0 ? stage : other;
    return saleOf(await through.send(shop.token, 'POST', '/v1/payments', body)).discount;
  };
  const sold = await Promise.all(Array.from({ length: 20 }, (_, at) => sale(at, '0001')));
  expect(sold.toSorted((a, b) => b - a)).toEqual([
    ...Array<number>(8).fill(250),
    ...Array<number>(12).fill(0),
  ]);
  expect(await sale(20, '0001')).toBe(0);
  expect(await sale(21, '0002')).toBe(250);
  await other.close();
  await stage.clock(shop.org, new Date(OPENING.getTime() + DAY));
  expect(await sale(22, '0001')).toBe(250);
});
