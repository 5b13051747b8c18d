import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DefinitionInput } from '#offers';
import { changeOrgIn } from '#merchants';
import { asOwner } from '../../test/database.ts';
import { type Shop, Stage } from '../../test/stage.ts';

let stage: Stage;
let shop: Shop;
let born: string;

type Condition = NonNullable<DefinitionInput['conditions']>;

const OFFERS: Record<string, Condition> = {
  icbc: { type: 'issuer', issuers: ['ICBC'] },
  bin: { type: 'bin', prefixes: ['6229756114'] },
  credit: { type: 'card_kind', kinds: ['credit'] },
  visa: { type: 'scheme', schemes: ['visa'] },
  alipay: { type: 'wallet', wallets: ['alipay'], match: 'any' },
  bycard: { type: 'tender', methods: ['card'], match: 'any' },
  plate: { type: 'terminal_kind', kinds: ['plate'] },
  mcc: { type: 'mcc', codes: ['5812'] },
  code: { type: 'code', codes: ['Spring26'] },
  birthday: { type: 'birthday', within: { type: 'month' } },
  makeup: { type: 'day_kind', kinds: ['workday'] },
};

/** A discount in no group, so that every offer that applies is granted. */
function offerOf([code, conditions]: [string, Condition]): DefinitionInput {
  return {
    code,
    name: { zh: code, en: code },
    schedule: { from: '2020-01-01' },
    conditions,
    benefits: [{ kind: 'discount', off: { by: 'amount', amount: 100 } }],
  };
}

beforeAll(async () => {
  stage = await Stage.open();
  shop = await stage.shop('lanting', Object.entries(OFFERS).map(offerOf));
  const joined = await stage.send(shop.token, 'POST', '/v1/members', {
    phone: '13800138000',
    store_id: shop.storeId,
    birthday: '1987-11-05',
  });
  born = joined.json().member_id;
});
afterAll(() => stage?.close());

const cardOf = (bin: string, more: object = {}) => ({
  kind: 'card',
  card: { bin, last4: '0128', ...more },
  reference: 'r1',
});
const LINES = [{ sku: 'TEA-100', quantity: 1 }];

/** Codes of the offers that a sale gets, the same in the quote before it and in its explanation. */
async function granted(fields: object): Promise<string[]> {
  const body = { store: 'lanting-1', lines: LINES, tenders: [{ kind: 'cash' }], ...fields };
  const quoted = (await stage.send(shop.token, 'POST', '/v1/quotes', body)).json();
  const reply = await stage.send(shop.token, 'POST', '/v1/payments', body);
  expect(reply.statusCode, reply.body).toBe(201);
  const url = `/v1/payments/${reply.json().payment_id}/explanation?for=merchant`;
  const told = (await stage.send(shop.token, 'GET', url)).json();
  expect(told.exact).toBe(true);
  const got = (offers: readonly { code: string; outcome: string }[]) =>
    offers.flatMap(({ code, outcome }) => (outcome === 'granted' ? [code] : [])).toSorted();
  expect(got(told.offers)).toEqual(got(quoted.offers));
  return got(told.offers);
}

test.each<[string, object, string[]]>([
  ['nothing is known', {}, []],
  ['a card of the bank', { tenders: [cardOf('622202')] }, ['bycard', 'icbc']],
  [
    'its credit card, by a prefix of five digits',
    { tenders: [cardOf('622231')] },
    ['bycard', 'credit', 'icbc'],
  ],
  [
    "another bank's, whose prefix is longer than a shared one",
    { tenders: [cardOf('6229756114', { length: 19 })] },
    ['bin', 'bycard'],
  ],
  ['its neighbour', { tenders: [cardOf('6229756115', { length: 19 })] }, ['bycard']],
  ['too few digits for the prefix', { tenders: [cardOf('622975')] }, ['bycard']],
  ['a BIN that two banks share', { tenders: [cardOf('622510')] }, ['bycard']],
  [
    'the same with the length told',
    { tenders: [cardOf('622510', { length: 18 })] },
    ['bycard', 'icbc'],
  ],
  ['a foreign card', { tenders: [cardOf('400000')] }, ['bycard', 'visa']],
  [
    'a card and a wallet',
    {
      tenders: [
        { ...cardOf('622202'), amount: 2_900 },
        { kind: 'wallet', wallet: 'alipay', reference: 'a1', amount: 1_900 },
      ],
    },
    ['alipay', 'bycard'],
  ],
  ['a code, in any case', { codes: [' spring26 ', 'OTHER'] }, ['code']],
  ['another code', { codes: ['spring27'] }, []],
  ['a code plate', { terminal: 'plate-7', terminal_kind: 'plate' }, ['plate']],
])('%s', async (_name, fields, codes) => {
  expect(await granted(fields)).toEqual(codes);
});

test('the birthday counts in its month, and no more of it than month and day is kept', async () => {
  const member = { member: { member_id: born } };
  expect(await granted(member)).toEqual(['birthday']);
  const rows = await asOwner<{ birthday: string }>(
    stage.db.url,
    "select facts->'member'->>'birthday' birthday from payments.payment where member_id = $1",
    [born],
  );
  expect(rows).toEqual([{ birthday: '11-05' }]);
  await stage.send(shop.token, 'PATCH', `/v1/members/${born}`, { birthday: '1987-10-05' });
  expect(await granted(member)).toEqual([]);
});

test("the merchant's category code counts from when it is given", async () => {
  expect(await granted({})).toEqual([]);
  const operator = stage.system(1);
  await stage.db.transact([1], (tx) => changeOrgIn(tx, operator, shop.org, { mcc: '5812' }));
  expect(await granted({})).toEqual(['mcc']);
  await stage.db.transact([1], (tx) => changeOrgIn(tx, operator, shop.org, { mcc: null }));
  expect(await granted({})).toEqual([]);
});

test('of a card no last four and no number stand in the facts', async () => {
  const [row] = await asOwner<{ card: object }>(
    stage.db.url,
    `select facts->'tenders'->0->'card' card from payments.payment
      where org_id = $1 and facts->'tenders'->0->>'method' = 'card' order by payment_id limit 1`,
    [shop.org],
  );
  expect(row?.card).toEqual({
    bin: '622202',
    issuer: 'ICBC',
    kind: 'debit',
    scheme: 'unionpay',
    token: expect.stringMatching(/^[\w-]{43}$/),
  });
});

test('terminal and device stand with the sale', async () => {
  await granted({ terminal: 'till-3', terminal_kind: 'pos', device: 'd-1' });
  const rows = await asOwner(
    stage.db.url,
    `select facts->>'terminalKind' kind, facts->>'device' device
       from payments.payment where org_id = $1 and facts->>'terminal' = 'till-3'`,
    [shop.org],
  );
  expect(rows).toEqual([{ kind: 'pos', device: 'd-1' }]);
});

test.each([
  ['a make-up Saturday', '2026-10-10', 'workday'],
  ['the Sunday after it', '2026-10-11', 'rest'],
  ['a public holiday', '2026-10-01', 'holiday'],
  ['a Tuesday', '2026-10-13', 'workday'],
  ['a Saturday', '2026-10-17', 'rest'],
])('%s, %s, is a %s', async (_name, day, kind) => {
  const importer = await stage.key(shop.org, ['payment.take', 'import']);
  const body = { store: 'lanting-1', lines: LINES, tenders: [{ kind: 'cash' }] };
  const occurred_at = `${day}T12:00:00+08:00`;
  const reply = await stage.send(importer, 'POST', '/v1/payments', { ...body, occurred_at });
  const rows = await asOwner(
    stage.db.url,
    "select facts->>'dayKind' kind from payments.payment where org_id = $1 and payment_id = $2",
    [shop.org, reply.json().payment_id],
  );
  expect(rows).toEqual([{ kind }]);
  expect(reply.json().discount).toBe(kind === 'workday' ? 100 : 0);
});

test.each([
  ['codes', { codes: Array.from({ length: 11 }, (_, at) => `C${at}`) }, '/codes'],
  ['an empty code', { codes: [' '] }, '/codes/0'],
  ['a terminal of 65 characters', { terminal: 't'.repeat(65) }, '/terminal'],
  ['a kind of terminal that is none', { terminal_kind: 'drone' }, '/terminal_kind'],
  [
    'a wallet that is none',
    { tenders: [{ kind: 'wallet', wallet: 'x', reference: 'r' }] },
    '/tenders/0/wallet',
  ],
  ['a BIN of five digits', { tenders: [cardOf('62220')] }, '/tenders/0/card/bin'],
  ['a BIN of eleven', { tenders: [cardOf('62220212345')] }, '/tenders/0/card/bin'],
  [
    'five last digits',
    { tenders: [cardOf('622202', { last4: '01234' })] },
    '/tenders/0/card/last4',
  ],
  [
    'cash handed over by card',
    { tenders: [{ ...cardOf('622202'), tendered: 1 }] },
    '/tenders/0/tendered',
  ],
  ['a tender that is none', { tenders: [{ kind: 'gold' }] }, '/tenders/0/kind'],
])('%s: refused at the field', async (_name, fields, pointer) => {
  const body = { store: 'lanting-1', lines: LINES, tenders: [{ kind: 'cash' }], ...fields };
  const reply = await stage.send(shop.token, 'POST', '/v1/payments', body);
  expect([reply.statusCode, reply.json().errors?.[0]?.pointer], reply.body).toEqual([422, pointer]);
});

test('banks are listed in pages and found by name; a BIN is looked up', async () => {
  const get = async (url: string) => (await stage.send(shop.token, 'GET', url)).json();
  const first = await get('/v1/issuers?limit=200');
  const rest = await get(`/v1/issuers?limit=200&cursor=${first.next_cursor}`);
  expect([first.items.length, rest.items.length, rest.next_cursor]).toEqual([200, 74, null]);
  expect((await get('/v1/issuers?q=icb')).items).toMatchObject([
    { code: 'ICBC', name: '中国工商银行' },
  ]);
  expect((await get(`/v1/issuers?q=${encodeURIComponent('招商')}`)).items).toMatchObject([
    { code: 'CMB' },
  ]);
  expect(await get('/v1/bins/622510')).toMatchObject({
    issuer: null,
    bank_name: null,
    kind: 'debit',
    scheme: 'unionpay',
    ranges: [
      { prefix: '622510', length: 18, issuer: 'ICBC' },
      { prefix: '622510', length: 19, issuer: 'GDRCC' },
    ],
  });
  expect(await get('/v1/bins/622510?length=19')).toMatchObject({ issuer: 'GDRCC' });
  const pan = await stage.send(shop.token, 'GET', '/v1/bins/6222020000000000000');
  expect([pan.statusCode, pan.json().errors[0].pointer]).toEqual([422, '/path/bin']);
});
