import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DefinitionInput } from '#offers';
import { CASHBACK, HOUR, OPENING, POINTS, type Shop, Stage, THRESHOLD } from '../../test/stage.ts';

let stage: Stage;
let shop: Shop;
let phones = 13_800_000_000;

const BONUS: DefinitionInput = {
  ...POINTS,
  code: 'bonus',
  benefits: [
    { kind: 'points', earn: { by: 'fixed', amount: 33 }, expiry: { type: 'rolling', days: 30 } },
  ],
};

beforeAll(async () => {
  stage = await Stage.open();
  shop = await stage.shop('lanting', [POINTS, BONUS, CASHBACK, THRESHOLD]);
});
afterAll(() => stage?.close());

const LINES = [
  { sku: 'ODD-1', quantity: 7 },
  { sku: 'TEA-100', quantity: 2 },
  { sku: 'CUP-1', quantity: 1 },
];

async function sold(token = shop.token) {
  const phone = String(++phones);
  const member = await stage.member(shop, phone);
  const body = { store: 'lanting-1', lines: LINES, member: { phone }, tenders: [{ kind: 'cash' }] };
  const reply = await stage.send(token, 'POST', '/v1/payments', body);
  expect(reply.statusCode, reply.body).toBe(201);
  return { member, sale: reply.json() };
}

async function refund(payment: string, fields: object = {}, token = shop.token) {
  const reply = await stage.send(token, 'POST', '/v1/refunds', {
    payment,
    reason: 'unwanted',
    ...fields,
  });
  return { status: reply.statusCode, body: reply.json() };
}

async function holdings(member: string): Promise<number[]> {
  return Promise.all(
    (['2210', '2031', '1231', '1230'] as const).map((code) =>
      stage.balance(shop.org, code, member),
    ),
  );
}

async function provision(): Promise<number> {
  return stage.balance(shop.org, '2211', shop.programme.programmeId);
}

test('a full refund ends with nothing left, and the preview said so', async () => {
  const before = await provision();
  const { member, sale } = await sold();
  expect(await holdings(member)).not.toEqual([0, 0, 0, 0]);
  const preview = await stage.send(shop.token, 'POST', '/v1/refunds/preview', {
    payment: sale.receipt_no,
  });
  const { status, body } = await refund(sale.receipt_no);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    amount: sale.due,
    payment_state: 'refunded',
    debt: { points: 0, cashback: 0 },
  });
  const { payment_state, amount, gross, lines, taken_back, debt } = body;
  expect(preview.json()).toMatchObject({ payment_state, amount, gross, lines, taken_back, debt });
  expect(await holdings(member)).toEqual([0, 0, 0, 0]);
  expect(await provision()).toBe(before);
  const read = (await stage.send(shop.token, 'GET', `/v1/payments/${sale.payment_id}`)).json();
  expect(read).toMatchObject({
    state: 'refunded',
    refunded: sale.due,
    refunds: [{ refund_id: body.refund_id }],
  });
  expect(
    read.rewards.every(
      (each: { amount: number; reversed: number }) => each.amount === each.reversed,
    ),
  ).toBe(true);
});

test('partial refunds by line end where one full refund ends', async () => {
  const { member, sale } = await sold();
  let back = 0;
  const steps = [
    [{ line: 0, quantity: 2 }],
    [
      { line: 0, quantity: 1 },
      { line: 1, quantity: 1 },
    ],
    [{ line: 2, quantity: 1 }],
    undefined,
  ];
  for (const lines of steps) {
    const { status, body } = await refund(sale.payment_id, { lines });
    expect(status).toBe(201);
    back += body.amount;
  }
  expect(back).toBe(sale.due);
  expect(await holdings(member)).toEqual([0, 0, 0, 0]);
});

test.each([
  ['more than was bought', [{ line: 2, quantity: 2 }], '/lines/0/quantity'],
  [
    'the same line twice',
    [
      { line: 2, quantity: 1 },
      { line: 2, quantity: 1 },
    ],
    '/lines/1/quantity',
  ],
  ['a line that is not there', [{ line: 3, quantity: 1 }], '/lines/0/line'],
])('%s is refused at its field', async (_name, lines, pointer) => {
  const { sale } = await sold();
  const { status, body } = await refund(sale.payment_id, { lines });
  expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([422, 'refund_exceeds', pointer]);
});

test('nothing is refunded twice, also not by twenty callers at once', async () => {
  const { sale } = await sold();
  const all = await Promise.all(Array.from({ length: 20 }, () => refund(sale.payment_id)));
  expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(all.find(({ status }) => status !== 201)?.body.code).toBe('payment_not_refundable');
});

test('a void mirrors an untouched sale on its day only', async () => {
  const { member, sale } = await sold();
  const voided = await stage.send(shop.token, 'POST', `/v1/payments/${sale.payment_id}/void`, {
    reason: 'wrong',
  });
  expect(voided.statusCode, voided.body).toBe(201);
  expect(voided.json()).toMatchObject({ kind: 'void', payment_state: 'voided', amount: sale.due });
  const [was, is] = [
    await stage.legs(shop.org, sale.journal_id),
    await stage.legs(shop.org, voided.json().journal_id),
  ];
  expect(is).toEqual(
    Object.fromEntries(Object.entries(was).map(([name, amount]) => [name, -amount])),
  );
  expect(await holdings(member)).toEqual([0, 0, 0, 0]);
  const later = await sold();
  await stage.clock(shop.org, new Date(OPENING.getTime() + 24 * HOUR));
  const refused = await stage.send(
    shop.token,
    'POST',
    `/v1/payments/${later.sale.payment_id}/void`,
    { reason: 'late' },
  );
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'payment_not_voidable']);
  expect((await refund(later.sale.payment_id)).status).toBe(201);
});

test('what the member has spent becomes a debt, which the preview tells', async () => {
  const { member, sale } = await sold();
  const [points = 0, cashback = 0] = await holdings(member);
  await stage.spend(shop, member, { points: points - 10, cashback: cashback - 1 });
  const preview = await stage.send(shop.token, 'POST', '/v1/refunds/preview', {
    payment: sale.payment_id,
  });
  const { body } = await refund(sale.payment_id);
  expect(body.debt).toEqual({ points: points - 10, cashback: cashback - 1 });
  expect(preview.json().debt).toEqual(body.debt);
  expect(await holdings(member)).toEqual([0, 0, points - 10, cashback - 1]);
});

test('goods without a receipt need the permission', async () => {
  const body = {
    store: 'lanting-1',
    without_receipt: [{ sku: 'CUP-1', quantity: 1, amount: 2_000 }],
    reason: 'broken',
  };
  const clerk = await stage.key(shop.org, ['payment.refund']);
  expect((await stage.send(clerk, 'POST', '/v1/refunds', body)).json().code).toBe('scope_missing');
  const given = await stage.send(shop.token, 'POST', '/v1/refunds', body);
  expect(given.statusCode, given.body).toBe(201);
  expect(given.json()).toMatchObject({ kind: 'without_receipt', amount: 2_000, payment_id: null });
  const unknown = { ...body, without_receipt: [{ sku: 'NOPE', quantity: 1, amount: 1 }] };
  const refused = await stage.send(shop.token, 'POST', '/v1/refunds', unknown);
  expect(refused.json()).toMatchObject({
    code: 'basket_refused',
    errors: [{ pointer: '/without_receipt/0/sku' }],
  });
  const both = await stage.send(shop.token, 'POST', '/v1/refunds', { ...body, payment: 'x' });
  expect([both.statusCode, both.json().code]).toEqual([422, 'invalid_request']);
});

test('refunds are listed, and another org sees none of them', async () => {
  const { sale } = await sold();
  await refund(sale.payment_id, { lines: [{ line: 0, quantity: 1 }] });
  const list = await stage.send(shop.token, 'GET', `/v1/refunds?payment=${sale.receipt_no}`);
  expect(list.json().items).toMatchObject([
    { payment_id: sale.payment_id, lines: [{ sku: 'ODD-1', quantity: 1 }] },
  ]);
  const other = await stage.shop('elsewhere');
  expect((await stage.send(other.token, 'GET', '/v1/refunds')).json().items).toEqual([]);
  expect((await refund(sale.payment_id, {}, other.token)).body.code).toBe('payment_unknown');
});

test('every invariant of payments holds', async () => {
  expect(await stage.breaches([shop.org])).toEqual({});
});

test('a sale paid in several parts goes back part by part, and may be voided', async () => {
  const tenders = [10_000, 6_000, 331].map((amount) => ({ kind: 'cash', amount }));
  const paid = async () => {
    const body = { store: 'lanting-1', lines: LINES, tenders: [{ kind: 'cash' }] };
    const quote = await stage.send(shop.token, 'POST', '/v1/quotes', body);
    const due: number = quote.json().due;
    const rest = due - 10_000 - 331;
    const parts = tenders.map((each, at) => (at === 1 ? { ...each, amount: rest } : each));
    const reply = await stage.send(shop.token, 'POST', '/v1/payments', { ...body, tenders: parts });
    expect(reply.statusCode, reply.body).toBe(201);
    return { id: reply.json().payment_id as string, amounts: parts.map(({ amount }) => amount) };
  };
  const backs = (id: string) =>
    stage.db.read([shop.org], (tx) =>
      tx.query<{ refunded: number }>(
        'select refunded from payments.charge where org_id = $1 and payment_id = $2 order by charge_no',
        [shop.org, id],
      ),
    );
  const first = await paid();
  for (const line of [1, 0, 2])
    expect((await refund(first.id, { lines: [{ line, quantity: 1 }] })).status).toBe(201);
  expect((await refund(first.id)).body).toMatchObject({ payment_state: 'refunded' });
  expect((await backs(first.id)).map(({ refunded }) => refunded)).toEqual(first.amounts);
  const second = await paid();
  const gone = await stage.send(shop.token, 'POST', `/v1/payments/${second.id}/void`, {
    reason: 'mistyped',
  });
  expect(gone.statusCode, gone.body).toBe(201);
  expect((await backs(second.id)).map(({ refunded }) => refunded)).toEqual(second.amounts);
  expect(await stage.breaches([shop.org])).toEqual({});
});
