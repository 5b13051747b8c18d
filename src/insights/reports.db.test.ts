import { afterAll, beforeAll, expect, test } from 'vitest';
import { CASHBACK, HOUR, OPENING, POINTS, type Shop, Stage, THRESHOLD } from '../../test/stage.ts';

let stage: Stage;
let shop: Shop;
let second: string;
const PHONE = '13800138000';

async function pay(fields: object) {
  const body = { store: 'lanting-1', tenders: [{ kind: 'cash' }], ...fields };
  const reply = await stage.send(shop.token, 'POST', '/v1/payments', body);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json();
}
const read = (path: string, headers: Record<string, string> = {}, token = shop.token) =>
  stage.send(token, 'GET', `/v1/reports/${path}from=2026-11-01&to=2026-11-30`, undefined, headers);

/** Day one: a member's sale of 130 yuan, an anonymous one of 50, a cake in the second store; day two: a cup comes back. */
beforeAll(async () => {
  stage = await Stage.open();
  shop = await stage.shop('lanting', [POINTS, CASHBACK, THRESHOLD]);
  second = await stage.store(shop.org, 'lanting-2');
  await stage.member(shop, PHONE);
  const tea = { sku: 'TEA-100', quantity: 2 };
  const { payment_id: payment } = await pay({
    lines: [tea, { sku: 'CUP-1', quantity: 1 }],
    member: { phone: PHONE },
  });
  await pay({ lines: [{ sku: 'TEA-100', quantity: 1 }] });
  await pay({ lines: [{ sku: 'CAKE-1', quantity: 1 }], store: 'lanting-2' });
  await stage.clock(shop.org, new Date(OPENING.getTime() + 25 * HOUR));
  const back = { payment, lines: [{ line: 1, quantity: 1 }], reason: 'x' };
  expect((await stage.send(shop.token, 'POST', '/v1/refunds', back)).statusCode).toBe(201);
});
afterAll(() => stage?.close());

const DAY_ONE = {
  tickets: 3,
  gross: 19_250,
  discount: 1_000,
  paid: 18_250,
  returns: 0,
  refunded: 0,
  net: 19_250,
  net_paid: 18_250,
  average_order: 6_417,
  member_tickets: 1,
  members_share_ppm: 333_333,
  points: 120,
  cashback: 600,
};

test('sales by day: what went back counts on its own day, and the totals are the sums', async () => {
  const { row_count, totals, rows } = (await read('sales?')).json();
  expect(row_count).toBe(2);
  expect(rows).toMatchObject([
    { day: '2026-11-21', store_id: null, hour: null, ...DAY_ONE },
    { day: '2026-11-22', tickets: 0, gross: 0, returns: 3_000, refunded: 2_769, average_order: 0 },
  ]);
  expect(totals).toMatchObject({ tickets: 3, net: 16_250, net_paid: 15_481, average_order: 6_417 });
});

test.each([
  ['store', 2],
  ['day_store', 3],
  ['hour', 2],
] as const)('the same sales by %s have the same totals', async (group, count) => {
  const byDay = (await read('sales?')).json();
  const report = (await read(`sales?group=${group}&`)).json();
  expect(report.row_count).toBe(count);
  expect(report.totals).toEqual(byDay.totals);
});

test('hours are those of the org’s own zone', async () => {
  const { rows } = (await read('sales?group=hour&')).json();
  expect(rows.map((row: { hour: number }) => row.hour)).toEqual([10, 11]);
});

test('offers: who paid how much and what came back', async () => {
  const { rows, totals } = (await read('offers?')).json();
  expect(totals).toEqual({
    grants: 3,
    discount: 1_000,
    points: 120,
    cashback: 600,
    discount_reversed: 231,
    points_reversed: 28,
    cashback_reversed: 138,
  });
  expect(rows).toMatchObject([
    {
      code: 'threshold',
      kind: 'discount',
      amount: 1_000,
      funders: [{ party: 'merchant', amount: 1_000, reversed: 231 }],
    },
    { code: 'cashback', kind: 'cashback', amount: 600 },
    { code: 'points', kind: 'points', amount: 120, name: { zh: '每元一分' } },
  ]);
});

test('offers: growth value and gifts are told, though nobody pays for them when they are granted', async () => {
  const jade = await stage.shop('jade', [
    {
      code: 'both',
      name: { zh: '成长与赠品', en: 'Growth and a gift' },
      schedule: { from: '2020-01-01' },
      benefits: [
        { kind: 'growth', earn: { by: 'fixed', amount: 10 } },
        { kind: 'gift', sku: 'CAKE-1', quantity: 2 },
      ],
    },
  ]);
  const member = await stage.member(jade, PHONE);
  const sold = await stage.send(jade.token, 'POST', '/v1/payments', {
    store: jade.storeId,
    lines: [{ sku: 'TEA-100', quantity: 1 }],
    member: { member_id: member },
    tenders: [{ kind: 'cash' }],
  });
  const refund = { payment: sold.json().payment_id, reason: 'x' };
  expect((await stage.send(jade.token, 'POST', '/v1/refunds', refund)).statusCode).toBe(201);
  const { rows } = (await read('offers?', {}, jade.token)).json();
  expect(rows).toMatchObject([
    { kind: 'growth', grants: 1, amount: 10, reversed: 10, funders: [] },
    { kind: 'gift', grants: 1, amount: 2, reversed: 2, funders: [] },
  ]);
  const csv = await read('offers?', { accept: 'text/csv' }, jade.token);
  expect(csv.body).toContain(',gift,1,,,,2,2');
});

test('products: the largest gross first, in pages, with totals over all', async () => {
  const first = (await read('products?limit=2&')).json();
  expect(first.items).toMatchObject([
    { sku: 'TEA-100', tickets: 2, quantity: 3, gross: 15_000, returned_quantity: 0 },
    { sku: 'CUP-1', quantity: 1, gross: 3_000, returned_quantity: 1, returns: 3_000 },
  ]);
  expect(first.totals).toMatchObject({
    quantity: 5,
    gross: 19_250,
    discount: 1_000,
    returns: 3_000,
  });
  const rest = (await read(`products?limit=2&cursor=${first.next_cursor}&`)).json();
  expect(rest).toMatchObject({ row_count: 3, items: [{ sku: 'CAKE-1' }], next_cursor: null });
});

test.each(['sales?', 'offers?', 'products?'])('%s as CSV that spreadsheets read', async (path) => {
  const reply = await read(path, { accept: 'text/csv' });
  expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8');
  const [head = '', ...lines] = reply.body.trimEnd().split('\r\n');
  expect(head.startsWith('\uFEFF')).toBe(true);
  const width = head.split(',').length;
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.every((line) => line.split(',').length === width)).toBe(true);
});

test('who is bound to a store sees that store alone; another org sees nothing', async () => {
  const bound = await stage.key(shop.org, ['report.read'], [second]);
  const { totals } = (await read('sales?', {}, bound)).json();
  expect(totals).toMatchObject({ tickets: 1, gross: 1_250 });
  const other = await stage.shop('elsewhere');
  expect((await read('sales?', {}, other.token)).json()).toMatchObject({ row_count: 0, rows: [] });
});

test.each([
  ['from=2026-11-30&to=2026-11-01', 'period_wrong', '/query/to'],
  ['from=2020-01-01&to=2026-11-01', 'period_wrong', '/query/to'],
  ['from=2026-02-30&to=2026-11-01', 'invalid_request', '/query/from'],
  ['to=2026-11-01', 'invalid_request', '/query/from'],
])('the period %s is refused', async (query, code, pointer) => {
  const reply = await stage.send(shop.token, 'GET', `/v1/reports/sales?${query}`);
  expect(reply.statusCode).toBe(422);
  expect(reply.json()).toMatchObject({ code, errors: [{ pointer }] });
});
