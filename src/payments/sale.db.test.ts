import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contract from './contract.ts';
import { CASHBACK, POINTS, type Shop, Stage, THRESHOLD } from '../../test/stage.ts';

let stage: Stage;
let shop: Shop;
let member: string;
const PHONE = '13800138000';

beforeAll(async () => {
  stage = await Stage.open();
  shop = await stage.shop('lanting', [POINTS, CASHBACK, THRESHOLD]);
  member = await stage.member(shop, PHONE);
});
afterAll(() => stage?.close());

const TWO_TEAS_AND_A_CUP = [
  { sku: 'TEA-100', quantity: 2 },
  { sku: 'CUP-1', quantity: 1 },
];
const basket = (fields: object = {}) => ({
  store: 'lanting-1',
  lines: TWO_TEAS_AND_A_CUP,
  tenders: [{ kind: 'cash' }],
  ...fields,
});
const pay = (fields: object = {}, headers: Record<string, string> = {}, token = shop.token) =>
  stage.send(token, 'POST', '/v1/payments', basket(fields), headers);

test('a sale to a member: discount, points, cashback and their exact legs', async () => {
  const reply = await pay({
    member: { phone: PHONE },
    tenders: [{ kind: 'cash', tendered: 20_000 }],
  });
  expect(reply.statusCode, reply.body).toBe(201);
  const sale = reply.json();
  expect(sale).toMatchObject({
    state: 'paid',
    gross: 13_000,
    discount: 1_000,
    due: 12_000,
    business_day: '2026-11-21',
    member: { member_id: member },
    tenders: [{ kind: 'cash', amount: 12_000, tendered: 20_000, change: 8_000 }],
  });
  expect(sale.lines.map((line: { net: number }) => line.net)).toEqual([9_231, 2_769]);
  const rewards = sale.rewards.map((each: { kind: string; amount: number }) => [
    each.kind,
    each.amount,
  ]);
  expect(Object.fromEntries(rewards)).toEqual({ discount: 1_000, points: 120, cashback: 600 });
  const { programmeId } = shop.programme;
  expect(await stage.legs(shop.org, sale.journal_id)).toEqual({
    [`1150/${shop.storeId}`]: 12_000,
    [`3010/${shop.storeId}`]: -12_000,
    '5030/-': 600,
    [`2031/${member}`]: -600,
    [`1430/${programmeId}`]: 120,
    [`2210/${member}`]: -120,
    [`5040/${programmeId}`]: 96,
    [`2211/${programmeId}`]: -96,
  });
  const owned = await stage.send(shop.token, 'GET', `/v1/members/${member}/rewards`);
  expect(owned.json()).toMatchObject({
    points: { posted: 120, available: 120, debt: 0 },
    cashback: { posted: 600 },
    lots: [{ granted: 120, remaining: 120, expires_on: '2027-12-31' }],
  });
  expect(owned.json().items).toHaveLength(2);
});

test('the same key is carried out once, also when the price has changed since', async () => {
  const headers = { 'idempotency-key': 'once' };
  const first = await pay({}, headers);
  await stage.goods(shop.org, [
    {
      sku: 'CUP-1',
      name: { zh: '白瓷杯', en: 'White cup' },
      category: 'ware',
      brand: 'clay',
      price: 3_001,
    },
  ]);
  const again = await pay({}, headers);
  expect(again.json()).toEqual(first.json());
  expect(again.headers['idempotency-replayed']).toBe('true');
  const priced = {
    lines: [{ sku: 'CUP-1', quantity: 1, unit_price: 3_001 }],
  };
  const once = await pay(priced, { 'idempotency-key': 'priced' });
  expect(once.statusCode, once.body).toBe(201);
  await stage.goods(shop.org);
  const later = await pay(priced, { 'idempotency-key': 'priced' });
  expect([later.statusCode, later.json()]).toEqual([201, once.json()]);
  const other = await pay({ store: shop.storeId }, headers);
  expect([other.statusCode, other.json().code]).toEqual([409, 'idempotency_conflict']);
});

test.each([
  [
    'an unknown SKU',
    { lines: [{ sku: 'NOPE', quantity: 1 }] },
    422,
    'basket_refused',
    '/lines/0/sku',
  ],
  [
    'another price',
    { lines: [{ sku: 'CUP-1', quantity: 1, unit_price: 1 }], override_reason: 'old' },
    409,
    'price_differs',
    '/lines/0/unit_price',
  ],
  [
    'too little cash',
    { tenders: [{ kind: 'cash', tendered: 11_999 }] },
    422,
    'tendered_short',
    '/tenders/0/tendered',
  ],
  [
    'a wrong sum',
    { tenders: [{ kind: 'cash', amount: 11_999 }] },
    409,
    'tender_mismatch',
    '/tenders',
  ],
  ['an unknown store', { store: 'nowhere' }, 404, 'store_unknown', undefined],
  ['no lines', { lines: [] }, 422, 'invalid_request', '/lines'],
  [
    'half a unit',
    { lines: [{ sku: 'CUP-1', quantity: 0.5 }] },
    422,
    'invalid_request',
    '/lines/0/quantity',
  ],
  ['an unknown field', { coupon: 'X' }, 422, 'invalid_request', '/coupon'],
  [
    'two ways to name a member',
    { member: { phone: '1', member_id: '0190b6a0-0000-7000-8000-000000000000' } },
    422,
    'invalid_request',
    '/member',
  ],
  [
    'no member of this number',
    { member: { phone: '13900000000' } },
    404,
    'member_unknown',
    undefined,
  ],
  [
    'a time of its own',
    { occurred_at: '2020-01-01T00:00:00Z' },
    403,
    'time_not_allowed',
    undefined,
  ],
  [
    'an amount of its own',
    { lines: [{ sku: 'CUP-1', quantity: 1, amount: 1 }] },
    403,
    'import_only',
    '/lines/0/amount',
  ],
] as const)('%s is refused and writes nothing', async (_name, fields, status, code, pointer) => {
  const clerk = await stage.key(shop.org, ['payment.take']);
  const before = await sales();
  const reply = await pay(fields, {}, clerk);
  expect([reply.statusCode, reply.json().code], reply.body).toEqual([status, code]);
  expect(reply.json().errors?.[0]?.pointer).toBe(pointer);
  expect(await sales()).toBe(before);
});

async function sales(): Promise<number> {
  const [row] = await stage.db.read([shop.org], (tx) =>
    tx.query<{ count: number }>('select count(*) from payments.payment where org_id = $1', [
      shop.org,
    ]),
  );
  return row?.count ?? -1;
}

test('what is wrong is said in Chinese too', async () => {
  const fields = { lines: [{ sku: 'NOPE', quantity: 1 }] };
  const { errors } = (await pay(fields, { 'accept-language': 'zh-CN' })).json();
  expect(errors).toMatchObject([{ pointer: '/lines/0/sku', detail: '没有商品 NOPE' }]);
});

test('a price is overridden with the permission and a reason, which stands with the sale', async () => {
  const lines = [{ sku: 'CUP-1', quantity: 1, unit_price: 2_500 }];
  expect((await pay({ lines })).json().code).toBe('override_reason_missing');
  const sale = (await pay({ lines, override_reason: 'scratched' })).json();
  expect(sale).toMatchObject({ due: 2_500, lines: [{ unit_price: '2500' }] });
  const [row] = await stage.db.read([shop.org], (tx) =>
    tx.query<{ facts: object }>(
      'select facts from payments.payment where org_id = $1 and payment_id = $2',
      [shop.org, sale.payment_id],
    ),
  );
  expect(row?.facts).toMatchObject({
    overrideReason: 'scratched',
    overrides: [{ sku: 'CUP-1', catalogue: 3_000, asked: '2500' }],
  });
});

test('a quote says what the sale would be, what is missing, and stores nothing', async () => {
  const before = await sales();
  const lines = [{ sku: 'TEA-100', quantity: 1 }];
  const reply = await stage.send(shop.token, 'POST', '/v1/quotes', { store: 'lanting-1', lines });
  expect(reply.statusCode, reply.body).toBe(200);
  const quote = reply.json();
  expect(quote).toMatchObject({ gross: 5_000, discount: 0, due: 5_000, rewards: [] });
  expect(quote.nearest).toMatchObject([
    {
      code: 'threshold',
      outcome: 'not',
      missing: 5_000,
      text: { zh: '再消费 50.00 元可减 10 元', en: 'Spend 50.00 yuan more to save 10.00' },
    },
  ]);
  expect(await sales()).toBe(before);
});

test('a payment is read by id and by receipt number, only in its org and its stores', async () => {
  const sale = (await pay({ member: { phone: PHONE } })).json();
  for (const reference of [
    sale.payment_id,
    sale.receipt_no,
    sale.receipt_no.replaceAll('-', '').toLowerCase(),
  ]) {
    const read = await stage.send(shop.token, 'GET', `/v1/payments/${reference}`);
    expect(read.statusCode, read.body).toBe(200);
    expect(read.json()).toMatchObject({
      payment_id: sale.payment_id,
      due: sale.due,
      refunds: [],
      channel: 'api',
    });
  }
  const other = await stage.shop('elsewhere');
  for (const reference of [sale.payment_id, sale.receipt_no, 'nonsense', '00000-00000-00000']) {
    const read = await stage.send(other.token, 'GET', `/v1/payments/${reference}`);
    expect([read.statusCode, read.json().code]).toEqual([404, 'payment_unknown']);
  }
  const second = await stage.store(shop.org, 'lanting-2');
  const bound = await stage.key(shop.org, ['payment.read', 'payment.take'], [second]);
  expect((await stage.send(bound, 'GET', `/v1/payments/${sale.payment_id}`)).json().code).toBe(
    'store_not_allowed',
  );
  expect((await pay({}, {}, bound)).json().code).toBe('store_not_allowed');
  expect((await stage.send(bound, 'GET', '/v1/payments')).json().items).toEqual([]);
});

test('lists come in pages, newest first, by member, day and state', async () => {
  for (let sale = 0; sale < 2; sale++) {
    expect((await pay({ member: { phone: PHONE } })).statusCode).toBe(201);
  }
  const url = `/v1/payments?member_id=${member}&from=2026-11-21&to=2026-11-21&state=paid&limit=1`;
  const first = (await stage.send(shop.token, 'GET', url)).json();
  const next = (await stage.send(shop.token, 'GET', `${url}&cursor=${first.next_cursor}`)).json();
  const ids = [...first.items, ...next.items].map(
    (each: { payment_id: string }) => each.payment_id,
  );
  expect(ids).toHaveLength(2);
  expect(ids).toEqual(ids.toSorted().toReversed());
  const none = await stage.send(shop.token, 'GET', '/v1/payments?from=2026-11-22');
  expect(none.json()).toEqual({ items: [], next_cursor: null });
});

test('a sale is explained by the offers as they were, for each reader', async () => {
  const sale = (await pay({ member: { phone: PHONE } })).json();
  await stage.offer(shop.org, { ...THRESHOLD, code: 'later' });
  for (const reader of ['consumer', 'cashier', 'merchant']) {
    const told = await stage.send(
      shop.token,
      'GET',
      `/v1/payments/${sale.receipt_no}/explanation?for=${reader}`,
    );
    expect(told.statusCode, told.body).toBe(200);
    const { exact, offers } = told.json();
    expect(exact).toBe(true);
    const outcomes = offers.map((each: { code: string; outcome: string }) => [
      each.code,
      each.outcome,
    ]);
    expect(Object.fromEntries(outcomes)).toEqual({
      points: 'granted',
      cashback: 'granted',
      threshold: 'granted',
    });
  }
});

test('two thousand lines are one sale, one journal and one refund; one line more is refused', async () => {
  const lines = Array.from({ length: 2_000 }, (_, at) => ({
    sku: ['TEA-100', 'CUP-1', 'CAKE-1', 'ODD-1'][at % 4],
    quantity: 1 + (at % 3),
  }));
  const reply = await pay({ lines, member: { phone: PHONE } });
  expect(reply.statusCode, reply.body).toBe(201);
  const sale = reply.json();
  const nets = sale.lines.map((line: { net: number }) => line.net);
  expect(nets.reduce((sum: number, net: number) => sum + net, 0)).toBe(sale.due);
  const body = { payment: sale.payment_id, reason: 'all of it' };
  const back = await stage.send(shop.token, 'POST', '/v1/refunds', body);
  expect(back.json()).toMatchObject({ amount: sale.due, payment_state: 'refunded' });
  const more = await pay({ lines: [...lines, { sku: 'CUP-1', quantity: 1 }] });
  expect(more.json()).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/lines' }] });
});

test('a sale of which nothing is due is paid, refunded and explained like any other', async () => {
  const gift = await stage.shop('gifts', [
    {
      ...THRESHOLD,
      code: 'free',
      benefits: [{ kind: 'discount', off: { by: 'percent', rate: 1_000_000 } }],
    },
  ]);
  const fields = basket({ store: 'gifts-1', lines: [{ sku: 'CUP-1', quantity: 1 }] });
  const reply = await stage.send(gift.token, 'POST', '/v1/payments', fields);
  expect(reply.json(), reply.body).toMatchObject({ due: 0, discount: 3_000, journal_id: null });
  const { payment_id: payment } = reply.json();
  const back = await stage.send(gift.token, 'POST', '/v1/refunds', { payment, reason: 'x' });
  expect(back.json(), back.body).toMatchObject({
    amount: 0,
    gross: 3_000,
    payment_state: 'refunded',
  });
  const told = await stage.send(gift.token, 'GET', `/v1/payments/${payment}/explanation`);
  expect(told.json().exact).toBe(true);
  expect(await stage.breaches([gift.org])).toEqual({});
});

test('every refusal that a contract names is one that the product knows', async () => {
  const codes = new Set((await stage.server.app.inject('/docs/problems')).body.match(/[a-z_]+/g));
  const named = Object.values(contract).flatMap(({ refusals }) => refusals);
  expect(named.filter((code) => !codes.has(code))).toEqual([]);
});

test('a suspended org sells nothing', async () => {
  const closed = await stage.shop('closing');
  await stage.suspend(closed.org);
  const reply = await stage.send(
    closed.token,
    'POST',
    '/v1/payments',
    basket({ store: 'closing-1' }),
  );
  expect([reply.statusCode, reply.json().code]).toEqual([409, 'org_suspended']);
});

test('every invariant of payments holds', async () => {
  expect(await stage.breaches([shop.org])).toEqual({});
});
