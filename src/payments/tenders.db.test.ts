import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '../../test/database.ts';
import { CASHBACK, POINTS, type Shop, Stage, THRESHOLD } from '../../test/stage.ts';

let stage: Stage;
let shop: Shop;
const PHONE = '13800138000';

beforeAll(async () => {
  stage = await Stage.open();
  shop = await stage.shop('lanting', [POINTS, CASHBACK, THRESHOLD]);
  await stage.member(shop, PHONE);
});
afterAll(() => stage?.close());

const LINES = [
  { sku: 'ODD-1', quantity: 7 },
  { sku: 'TEA-100', quantity: 2 },
  { sku: 'CUP-1', quantity: 1 },
];
/** What LINES come to: 7 x 3.33 + 2 x 50.00 + 30.00 less 10.00. */
const DUE = 14_331;
const CARD = { kind: 'card', card: { bin: '622202', last4: '0128' }, reference: 'POS7-1' };
const WECHAT = { kind: 'wallet', wallet: 'wechat', reference: '4200002126202611218912345678' };

const pay = (tenders: readonly object[], token = shop.token) =>
  stage.send(token, 'POST', '/v1/payments', { store: 'lanting-1', lines: LINES, tenders });
const read = async (payment: string) =>
  (await stage.send(shop.token, 'GET', `/v1/payments/${payment}`)).json();

test('cards and wallets charged elsewhere stand in their own accounts, cash in the till', async () => {
  const reply = await pay([
    { kind: 'cash', amount: 331, tendered: 400 },
    { ...CARD, amount: 10_000 },
    { ...WECHAT, amount: 1_000 },
    { ...WECHAT, wallet: 'alipay', reference: 'A1', amount: 1_000 },
    { ...WECHAT, wallet: 'unionpay', reference: 'U1', amount: 1_000 },
    { ...WECHAT, wallet: 'digital_yuan', reference: 'E1', amount: 1_000 },
  ]);
  expect(reply.statusCode, reply.body).toBe(201);
  const sale = reply.json();
  expect(await stage.legs(shop.org, sale.journal_id)).toEqual({
    [`1110/${shop.storeId}`]: 10_000,
    [`1120/${shop.storeId}`]: 1_000,
    [`1130/${shop.storeId}`]: 1_000,
    [`1140/${shop.storeId}`]: 1_000,
    [`1145/${shop.storeId}`]: 1_000,
    [`1150/${shop.storeId}`]: 331,
    [`3010/${shop.storeId}`]: -DUE,
  });
  expect(sale.tenders.slice(0, 3)).toEqual([
    {
      kind: 'cash',
      wallet: null,
      card: null,
      reference: null,
      amount: 331,
      tendered: 400,
      change: 69,
    },
    {
      kind: 'card',
      wallet: null,
      card: { bin: '622202', last4: '0128' },
      reference: 'POS7-1',
      amount: 10_000,
      tendered: null,
      change: 0,
    },
    {
      kind: 'wallet',
      wallet: 'wechat',
      card: null,
      reference: WECHAT.reference,
      amount: 1_000,
      tendered: null,
      change: 0,
    },
  ]);
  const stored = (await read(sale.payment_id)).tenders;
  expect(stored).toEqual(sale.tenders.map((tender: object) => ({ ...tender, refunded: 0 })));
});

test('the same key gets the same answer', async () => {
  const body = { store: 'lanting-1', lines: LINES, tenders: [CARD] };
  const key = { 'idempotency-key': 'card-once' };
  const first = await stage.send(shop.token, 'POST', '/v1/payments', body, key);
  const again = await stage.send(shop.token, 'POST', '/v1/payments', body, key);
  expect([again.statusCode, again.json()]).toEqual([201, first.json()]);
  expect(again.headers['idempotency-replayed']).toBe('true');
});

test('recording asks for its own permission; a quote does not, and needs no reference', async () => {
  const clerk = await stage.key(shop.org, ['payment.take']);
  const refused = await pay([CARD], clerk);
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'scope_missing']);
  expect((await pay([{ kind: 'cash' }], clerk)).statusCode).toBe(201);
  const { reference: _, ...unpaid } = CARD;
  const quoted = await stage.send(clerk, 'POST', '/v1/quotes', {
    store: 'lanting-1',
    lines: LINES,
    tenders: [unpaid],
  });
  expect(quoted.statusCode, quoted.body).toBe(200);
  expect((await pay([unpaid])).json().errors).toMatchObject([{ pointer: '/tenders/0/reference' }]);
});

const PAN = '6222020000000000000';
test.each([
  ['the BIN', { ...CARD, card: { ...CARD.card, bin: PAN } }, '/tenders/0/card/bin'],
  ['the last four', { ...CARD, card: { ...CARD.card, last4: PAN } }, '/tenders/0/card/last4'],
  ['the token', { ...CARD, card: { ...CARD.card, token: PAN } }, '/tenders/0/card/token'],
  ['a number', { ...CARD, card: { ...CARD.card, number: PAN } }, '/tenders/0/card/number'],
  ['the reference', { ...CARD, reference: `pos ${PAN}` }, '/tenders/0/reference'],
  [
    "a wallet's reference, in groups",
    { ...WECHAT, reference: '6222 0200 0000 0000 000' },
    '/tenders/0/reference',
  ],
])('a card number in %s is refused and not repeated', async (_name, tender, pointer) => {
  const reply = await pay([tender]);
  expect([reply.statusCode, reply.json().errors?.[0]?.pointer]).toEqual([422, pointer]);
  expect(reply.body.replaceAll(/\D/g, '')).not.toContain(PAN);
});

test.each([
  ['codes', { codes: ['SPRING', PAN] }, '/codes/1'],
  ['terminal', { terminal: PAN }, '/terminal'],
  ['device', { device: `d:${PAN}` }, '/device'],
])('a card number in %s is refused and not repeated', async (_name, fields, pointer) => {
  const body = { store: 'lanting-1', lines: LINES, tenders: [{ kind: 'cash' }], ...fields };
  const reply = await stage.send(shop.token, 'POST', '/v1/payments', body);
  expect([reply.statusCode, reply.json().errors?.[0]?.pointer]).toEqual([422, pointer]);
  expect(reply.body).not.toContain(PAN);
});

test('of a card no more is kept than its number stays unknown by', async () => {
  const kept = async (card: object) =>
    (await pay([{ ...CARD, card }])).json().tenders.map((tender: { card: object }) => tender.card);
  expect(await kept({ bin: '62220212', last4: '0128' })).toEqual([
    { bin: '62220212', last4: '0128' },
  ]);
  expect(await kept({ bin: '6229756114', last4: '0128' })).toEqual([
    { bin: '6229756114', last4: null },
  ]);
  expect(await kept({ bin: '6229756114', last4: '0128', length: 19 })).toEqual([
    { bin: '6229756114', last4: '0128' },
  ]);
});

test("a card has the acquirer's token, or one of its digits that tells none of them", async () => {
  const tokenOf = async (card: object) => {
    const { payment_id: id } = (await pay([{ ...CARD, card }])).json();
    const [row] = await asOwner<{ card_token: string }>(
      stage.db.url,
      'select card_token from payments.charge where org_id = $1 and payment_id = $2',
      [shop.org, id],
    );
    return row?.card_token;
  };
  const digits = { bin: '622202', last4: '0128' };
  const made = await tokenOf(digits);
  expect(made).toMatch(/^[\w-]{43}$/);
  expect(await tokenOf(digits)).toBe(made);
  expect(await tokenOf({ ...digits, last4: '0129' })).not.toBe(made);
  expect(await tokenOf({ ...digits, token: 'tok_1' })).toBe('tok_1');
});

interface Back {
  readonly amount: number;
  readonly tenders: readonly { readonly reference: string | null; readonly amount: number }[];
}

const SPLIT = [
  { ...CARD, amount: 5_000 },
  { kind: 'cash', amount: 4_331 },
  { ...WECHAT, amount: 5_000 },
];

test('partial refunds go back to the tenders in their order, and end where all of each is back', async () => {
  const sale = (await pay(SPLIT)).json();
  const steps = [
    [{ line: 0, quantity: 2 }],
    [{ line: 1, quantity: 1 }],
    [
      { line: 0, quantity: 1 },
      { line: 2, quantity: 1 },
    ],
    undefined,
  ];
  const backs: Back[] = [];
  for (const lines of steps) {
    const asked = { payment: sale.payment_id, ...(lines && { lines }) };
    const shown = await stage.send(shop.token, 'POST', '/v1/refunds/preview', asked);
    const reply = await stage.send(shop.token, 'POST', '/v1/refunds', { ...asked, reason: 'x' });
    expect(reply.statusCode, reply.body).toBe(201);
    const back: Back = reply.json();
    expect(shown.json().tenders).toEqual(back.tenders);
    expect(sumOf(back.tenders)).toBe(back.amount);
    const leg = await stage.legs(shop.org, reply.json().journal_id);
    for (const [code, reference] of [
      ['1110', CARD.reference],
      ['1150', null],
      ['1120', WECHAT.reference],
    ] as const) {
      const part = back.tenders.filter((tender) => tender.reference === reference);
      expect(leg[`${code}/${shop.storeId}`] ?? 0).toBe(0 - sumOf(part));
    }
    backs.push(back);
  }
  const rest = (at: number) => SPLIT.slice(at).reduce((sum, { amount }) => sum + amount, 0);
  backs.reduce((gone, { tenders, amount }) => {
    // Nothing of a later tender goes back while an earlier one has something left.
    const earlier = gone + amount < DUE - rest(2);
    expect(tenders.some(({ reference }) => reference === WECHAT.reference)).toBe(!earlier);
    return gone + amount;
  }, 0);
  const { tenders, refunds } = await read(sale.payment_id);
  expect(tenders.map(({ refunded }: { refunded: number }) => refunded)).toEqual([
    5_000, 4_331, 5_000,
  ]);
  expect(refunds.map((refund: Back) => refund.tenders)).toEqual(backs.map((back) => back.tenders));
});

function sumOf(parts: readonly { readonly amount: number }[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}

test('a void gives every tender all of its own back', async () => {
  const sale = (await pay(SPLIT)).json();
  const url = `/v1/payments/${sale.payment_id}/void`;
  const back = (await stage.send(shop.token, 'POST', url, { reason: 'x' })).json();
  expect(back.tenders.map(({ kind, amount }: Record<string, unknown>) => [kind, amount])).toEqual([
    ['card', 5_000],
    ['cash', 4_331],
    ['wallet', 5_000],
  ]);
});

test('every invariant of payments holds', async () => {
  expect(await stage.breaches([shop.org])).toEqual({});
});

test.each([
  ["update payments.charge set wallet = 'alipay' where org_id = $1 and wallet = 'wechat'", 'days'],
  ['update payments.charge set refunded = 4999 where org_id = $1 and refunded = 5000', 'tenders'],
  ["update payments.refund set charged = '{0,0,0}' where org_id = $1", 'tenders'],
])('the audit finds: %s', async (sql, found) => {
  await asOwner(stage.db.url, sql, [shop.org]);
  expect(Object.keys(await stage.breaches([shop.org]))).toContain(`payments.${found}`);
});
