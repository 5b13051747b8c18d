import { expect, test } from 'vitest';
import type { Condition, DefinitionInput } from '../rule/definition.ts';
import { exampleDefinition, exampleSale } from '../rule/example.ts';
import { viewOf } from './condition.ts';
import type { CardFacts, Facts, MemberFacts, TenderFacts } from './facts.ts';
import { placeOf } from './hold-out.ts';
import { holds } from './holds.ts';
import { prepared } from './prepare-condition.ts';
import { testsOf } from './prepare-tests.ts';

/** The sale of `exampleSale`: 2 tea at 50.00, 1 cup at 50.00, 3 cake at 10.00; Saturday 2026-11-21, 12:00. */
function held(condition: Condition, fields: Partial<Facts> = {}): boolean {
  return holds(prepared(condition), viewOf(exampleSale(fields)));
}

const basis = 'gross' as const;
const tea = { skus: ['tea'] };
const many = { categories: ['drinks'], brands: ['clay'] };

test.each<[Condition, boolean]>([
  [{ type: 'basket_amount', min: 17_999 }, true],
  [{ type: 'basket_amount', min: 18_000 }, true],
  [{ type: 'basket_amount', min: 18_001 }, false],
  [{ type: 'basket_amount', max: 17_999 }, false],
  [{ type: 'basket_amount', max: 18_000 }, true],
  [{ type: 'basket_amount', basis, min: 18_000, max: 18_000 }, true],
  [{ type: 'basket_amount', basis, max: 18_001 }, true],
  [{ type: 'basket_quantity', min: 6 }, true],
  [{ type: 'basket_quantity', min: 7 }, false],
  [{ type: 'basket_quantity', max: 6 }, true],
  [{ type: 'basket_quantity', max: 5 }, false],
  [{ type: 'contains', ...tea }, true],
  [{ type: 'contains', skus: ['milk'] }, false],
  [{ type: 'contains', skus: ['milk', 'tea'] }, true],
  [{ type: 'contains', ...tea, quantity: 2 }, true],
  [{ type: 'contains', ...tea, quantity: 3 }, false],
  [{ type: 'contains', ...tea, amount: 10_000 }, true],
  [{ type: 'contains', ...tea, amount: 10_001 }, false],
  [{ type: 'contains', ...tea, quantity: 2, amount: 10_001 }, false],
  [{ type: 'contains', ...many, quantity: 3 }, true],
  [{ type: 'contains', ...many, quantity: 4 }, false],
  [{ type: 'contains', brands: ['leaf'] }, true],
  [{ type: 'contains', brands: ['null'] }, false],
  [{ type: 'unit_price', which: 'cheapest', min: 1_000 }, true],
  [{ type: 'unit_price', which: 'cheapest', min: 1_001 }, false],
  [{ type: 'unit_price', which: 'cheapest', max: 999 }, false],
  [{ type: 'unit_price', which: 'dearest', max: 5_000 }, true],
  [{ type: 'unit_price', which: 'dearest', max: 4_999 }, false],
  [{ type: 'unit_price', which: 'dearest', target: { categories: ['food'] }, max: 1_000 }, true],
  [{ type: 'unit_price', which: 'dearest', target: { skus: ['milk'] } }, false],
  [
    {
      type: 'all',
      of: [
        { type: 'contains', ...tea },
        { type: 'basket_quantity', min: 7 },
      ],
    },
    false,
  ],
  [
    {
      type: 'any',
      of: [
        { type: 'contains', ...tea },
        { type: 'basket_quantity', min: 7 },
      ],
    },
    true,
  ],
  [
    {
      type: 'none',
      of: [
        { type: 'contains', ...tea },
        { type: 'basket_quantity', min: 7 },
      ],
    },
    false,
  ],
  [{ type: 'none', of: [{ type: 'basket_quantity', min: 7 }] }, true],
])('a basket of 180.00 and 6 pieces: %j is %s', (condition, expected) => {
  expect(held(condition)).toBe(expected);
});

test('goods without category and brand belong to none that is named so', () => {
  const lines = [{ sku: 'x', category: null, brand: null, quantity: 1, amount: 100 }];
  expect(held({ type: 'contains', categories: ['null'], brands: ['null'] }, { lines })).toBe(false);
});

test('nothing is left to buy in a basket without lines', () => {
  expect(held({ type: 'unit_price', which: 'cheapest' }, { lines: [] })).toBe(false);
  expect(held({ type: 'contains', ...tea }, { lines: [] })).toBe(false);
});

test.each([
  // still to pay per line      min     max     holds
  [[6_000, 5_000, 3_000], 14_000, 14_000, true],
  [[6_000, 5_000, 3_000], 14_001, undefined, false],
  [[6_000, 5_000, 3_000], undefined, 13_999, false],
  [null, 18_000, 18_000, true],
])('with %j still to pay, %s to %s is %s', (nets, min, max, expected) => {
  const view = { ...viewOf(exampleSale()), nets };
  expect(holds(prepared({ type: 'basket_amount', basis: 'net', min, max }), view)).toBe(expected);
});

const icbc: CardFacts = {
  bin: '62220213',
  issuer: 'ICBC',
  kind: 'credit',
  scheme: 'unionpay',
  token: 'card-1',
};
const unread: CardFacts = {
  bin: '400000',
  issuer: null,
  kind: null,
  scheme: null,
  token: 'card-2',
};
const byCard = (card: CardFacts): TenderFacts => ({ method: 'card', amount: 100, card });
const cash: TenderFacts = { method: 'cash', amount: 100 };
const wechat: TenderFacts = { method: 'wallet', amount: 100, wallet: 'wechat' };

const asks = {
  tender: { type: 'tender', methods: ['card', 'gift_card'] },
  issuer: { type: 'issuer', issuers: ['ABC', 'ICBC'] },
  card_kind: { type: 'card_kind', kinds: ['credit', 'semi_credit'] },
  scheme: { type: 'scheme', schemes: ['unionpay'] },
  wallet: { type: 'wallet', wallets: ['wechat', 'alipay'] },
  bin: { type: 'bin', prefixes: ['622202'] },
} satisfies Record<string, Condition>;

test.each<[keyof typeof asks, TenderFacts[], boolean, boolean]>([
  // condition, tenders                      all    any
  ['tender', [byCard(icbc)], true, true],
  ['tender', [byCard(icbc), cash], false, true],
  ['tender', [cash, wechat], false, false],
  ['tender', [], false, false],
  ['issuer', [byCard(icbc)], true, true],
  ['issuer', [byCard(icbc), byCard(icbc)], true, true],
  ['issuer', [byCard(icbc), byCard(unread)], false, true],
  ['issuer', [byCard(unread)], false, false],
  ['issuer', [cash, byCard(icbc)], false, true],
  ['issuer', [], false, false],
  ['card_kind', [byCard(icbc)], true, true],
  ['card_kind', [byCard({ ...icbc, kind: 'debit' })], false, false],
  ['card_kind', [byCard(unread)], false, false],
  ['card_kind', [wechat, byCard(icbc)], false, true],
  ['scheme', [byCard(icbc)], true, true],
  ['scheme', [byCard({ ...icbc, scheme: 'visa' })], false, false],
  ['scheme', [byCard(unread), byCard(icbc)], false, true],
  ['wallet', [wechat], true, true],
  ['wallet', [wechat, cash], false, true],
  ['wallet', [{ ...wechat, wallet: 'unionpay' }], false, false],
  ['wallet', [cash], false, false],
  ['bin', [byCard(icbc)], true, true],
  ['bin', [byCard(unread)], false, false],
  ['bin', [byCard(unread), byCard(icbc)], false, true],
  ['bin', [cash], false, false],
  ['bin', [], false, false],
])('%s over %j: all %s, any %s', (type, tenders, all, any) => {
  expect(held(asks[type], { tenders })).toBe(all);
  expect(held({ ...asks[type], match: 'all' }, { tenders })).toBe(all);
  expect(held({ ...asks[type], match: 'any' }, { tenders })).toBe(any);
});

test.each<[Omit<Extract<Condition, { type: 'bin' }>, 'type'>, string, boolean]>([
  [{ prefixes: ['622'] }, '622202', true],
  [{ prefixes: ['623'] }, '622202', false],
  [{ prefixes: ['623', '62220'] }, '622202', true],
  [{ prefixes: ['6222021'] }, '622202', false], // one digit more than is known
  [{ prefixes: ['6222021'] }, '6222021', true],
  [{ ranges: [{ from: '622202', to: '622210' }] }, '622201', false],
  [{ ranges: [{ from: '622202', to: '622210' }] }, '622202', true],
  [{ ranges: [{ from: '622202', to: '622210' }] }, '6222109999', true],
  [{ ranges: [{ from: '622202', to: '622210' }] }, '622211', false],
  [{ ranges: [{ from: '6222021', to: '6222029' }] }, '622202', false],
  [{ ranges: [{ from: '000', to: '009' }] }, '008000', true],
  [{ prefixes: ['955'], ranges: [{ from: '620', to: '629' }] }, '628888', true],
  [{ prefixes: ['955'], ranges: [{ from: '620', to: '629' }] }, '955880', true],
  [{ prefixes: ['955'], ranges: [{ from: '620', to: '629' }] }, '400000', false],
])('card numbers %j hold for %s: %s', (numbers, bin, expected) => {
  const tenders = [byCard({ ...icbc, bin })];
  expect(held({ type: 'bin', ...numbers }, { tenders })).toBe(expected);
});

test.each<[Condition, Partial<Facts>, boolean]>([
  [{ type: 'terminal_kind', kinds: ['plate', 'online'] }, { terminalKind: 'plate' }, true],
  [{ type: 'terminal_kind', kinds: ['plate', 'online'] }, { terminalKind: 'pos' }, false],
  [{ type: 'terminal_kind', kinds: ['plate', 'online'] }, { terminalKind: null }, false],
  [{ type: 'mcc', codes: ['5812', '5813'] }, { mcc: '5813' }, true],
  [{ type: 'mcc', codes: ['5812', '5813'] }, { mcc: '5814' }, false],
  [{ type: 'mcc', codes: ['5812', '5813'] }, { mcc: null }, false],
  [{ type: 'code', codes: ['Spring'] }, { codes: ['SPRING'] }, true],
  [{ type: 'code', codes: ['SPRING', 'fall'] }, { codes: ['OTHER', 'FALL'] }, true],
  [{ type: 'code', codes: ['SPRING'] }, { codes: ['OTHER'] }, false],
  [{ type: 'code', codes: ['SPRING'] }, { codes: [] }, false],
  [{ type: 'coupon', templates: ['a', 'b'] }, { coupons: [coupon('c'), coupon('b')] }, true],
  [{ type: 'coupon', templates: ['a', 'b'] }, { coupons: [coupon('c')] }, false],
  [{ type: 'coupon', templates: ['a', 'b'] }, { coupons: [] }, false],
  [{ type: 'weekday', weekdays: [6, 7] }, { weekday: 6 }, true],
  [{ type: 'weekday', weekdays: [6, 7] }, { weekday: 5 }, false],
  [{ type: 'hours', hours: [{ from: '08:00', to: '12:00' }] }, { minute: 479 }, false],
  [{ type: 'hours', hours: [{ from: '08:00', to: '12:00' }] }, { minute: 480 }, true],
  [{ type: 'hours', hours: [{ from: '08:00', to: '12:00' }] }, { minute: 719 }, true],
  [{ type: 'hours', hours: [{ from: '08:00', to: '12:00' }] }, { minute: 720 }, false],
  [{ type: 'hours', hours: [{ from: '22:00', to: '24:00' }] }, { minute: 1439 }, true],
  [{ type: 'hours', hours: [{ from: '00:00', to: '02:00' }] }, { minute: 0 }, true],
  [{ type: 'day_kind', kinds: ['holiday', 'rest'] }, { dayKind: 'holiday' }, true],
  [{ type: 'day_kind', kinds: ['holiday', 'rest'] }, { dayKind: 'workday' }, false],
  [{ type: 'days_of_month', days: [1, 31] }, { day: '2026-12-31' }, true],
  [{ type: 'days_of_month', days: [1, 31] }, { day: '2026-12-01' }, true],
  [{ type: 'days_of_month', days: [1, 31] }, { day: '2026-11-30' }, false],
])('%j in %j is %s', (condition, fields, expected) => {
  expect(held(condition, fields)).toBe(expected);
});

function coupon(template: string) {
  return { id: `id-${template}`, template, to: null };
}

const member: MemberFacts = {
  id: 'm1',
  programme: 'p1',
  tier: 'gold',
  labels: ['loyal', 'tea'],
  joined: '2026-11-01',
  birthday: '11-30',
};
const near = (before: number, after: number): Condition => ({
  type: 'birthday',
  within: { type: 'days', before, after },
});
const inMonth: Condition = { type: 'birthday', within: { type: 'month' } };

test.each<[Condition, Partial<MemberFacts>, string, boolean]>([
  // condition                                    member                    day           holds
  [{ type: 'tier', tiers: ['gold'] }, {}, '2026-11-21', true],
  [{ type: 'tier', tiers: ['silver'] }, {}, '2026-11-21', false],
  [{ type: 'label', labels: ['x', 'tea'] }, {}, '2026-11-21', true],
  [{ type: 'label', labels: ['x'] }, {}, '2026-11-21', false],
  [{ type: 'label', labels: ['x'] }, { labels: [] }, '2026-11-21', false],
  [{ type: 'member_for', min_days: 0, max_days: 0 }, {}, '2026-11-01', true],
  [{ type: 'member_for', max_days: 0 }, {}, '2026-11-02', false],
  [{ type: 'member_for', min_days: 30 }, {}, '2026-11-30', false],
  [{ type: 'member_for', min_days: 30 }, {}, '2026-12-01', true],
  [{ type: 'member_for', max_days: 30 }, {}, '2026-12-01', true],
  [{ type: 'member_for', max_days: 30 }, {}, '2026-12-02', false],
  [{ type: 'member_for', min_days: 366 }, { joined: '2024-02-29' }, '2025-02-28', false],
  [{ type: 'member_for', min_days: 366 }, { joined: '2024-02-29' }, '2025-03-01', true],
  [inMonth, {}, '2026-11-01', true],
  [inMonth, {}, '2026-10-31', false],
  [inMonth, {}, '2026-12-01', false],
  [inMonth, { birthday: null }, '2026-11-30', false],
  [near(0, 0), {}, '2026-11-29', false],
  [near(0, 0), {}, '2026-11-30', true],
  [near(0, 0), {}, '2026-12-01', false],
  [near(3, 2), {}, '2026-11-26', false],
  [near(3, 2), {}, '2026-11-27', true],
  [near(3, 2), {}, '2026-12-02', true],
  [near(3, 2), {}, '2026-12-03', false],
  [near(3, 2), { birthday: '01-01' }, '2026-12-29', true],
  [near(3, 2), { birthday: '01-01' }, '2026-12-28', false],
  [near(3, 2), { birthday: '12-31' }, '2027-01-02', true],
  [near(3, 2), { birthday: '12-31' }, '2027-01-03', false],
  [near(0, 0), { birthday: '02-29' }, '2026-02-28', true],
  [near(0, 0), { birthday: '02-29' }, '2024-02-28', false],
  [near(0, 0), { birthday: '02-29' }, '2024-02-29', true],
  [near(366, 366), { birthday: '01-01' }, '2026-12-31', true],
  [near(0, 0), { birthday: null }, '2026-11-30', false],
])(
  '%j of a member %j on %s is %s, and never of an anonymous buyer',
  (condition, fields, day, expected) => {
    expect(held(condition, { day, member: { ...member, ...fields } })).toBe(expected);
    expect(held(condition, { day, member: null })).toBe(false);
  },
);

const always = { from: '2026-01-01' };

test.each<[Partial<DefinitionInput>, Partial<Facts>, boolean]>([
  [{ schedule: { from: '2026-11-21' } }, {}, true],
  [{ schedule: { from: '2026-11-22' } }, {}, false],
  [{ schedule: { from: '2026-01-01', to: '2026-11-21' } }, {}, true],
  [{ schedule: { from: '2026-01-01', to: '2026-11-20' } }, {}, false],
  [{ schedule: { ...always, blackout: [{ from: '2026-11-21', to: '2026-11-21' }] } }, {}, false],
  [{ schedule: { ...always, blackout: [{ from: '2026-11-01', to: '2026-11-20' }] } }, {}, true],
  [{ schedule: { ...always, blackout: [{ from: '2026-11-22', to: '2026-11-30' }] } }, {}, true],
  [{ schedule: { ...always, weekdays: [6] } }, {}, true],
  [{ schedule: { ...always, weekdays: [5] } }, {}, false],
  [{ schedule: { ...always, hours: [{ from: '12:00', to: '13:00' }] } }, {}, true],
  [{ schedule: { ...always, hours: [{ from: '11:00', to: '12:00' }] } }, {}, false],
  [{ schedule: { ...always, day_kinds: ['rest'] } }, {}, true],
  [{ schedule: { ...always, day_kinds: ['holiday', 'workday'] } }, {}, false],
  [{ scope: { stores: ['store-1', 'x'] } }, {}, true],
  [{ scope: { stores: ['x'] } }, {}, false],
  [{ scope: { terminals: ['t1'] } }, { terminal: 't1' }, true],
  [{ scope: { terminals: ['t1'] } }, { terminal: 't2' }, false],
  [{ scope: { terminals: ['t1'] } }, { terminal: null }, false],
  [{ scope: { channels: ['pos'] } }, {}, true],
  [{ scope: { channels: ['api', 'import'] } }, {}, false],
  [{ audience: { members_only: true } }, {}, true],
  [{ audience: { members_only: true } }, { member: null }, false],
  [{ audience: { members_only: false } }, { member: null }, true],
  [{ audience: { tiers: ['gold'] } }, {}, true],
  [{ audience: { tiers: ['gold'] } }, { member: null }, false],
  [{ audience: { labels: ['other'] } }, {}, false],
  [{ audience: { hold_out: { share: placeOf('fall', 'm1'), salt: 'fall' } } }, {}, true],
  [{ audience: { hold_out: { share: placeOf('fall', 'm1') + 1, salt: 'fall' } } }, {}, false],
  [{ audience: { hold_out: { share: 500_000, salt: 's' } } }, { member: null }, true],
])('%j admits %j: %s', (fields, sale, expected) => {
  const view = viewOf(exampleSale(sale));
  expect(testsOf(exampleDefinition(fields)).every((each) => holds(each, view))).toBe(expected);
});

const percent = { kind: 'discount', off: { by: 'percent', rate: 1 } } as const;

test.each<[DefinitionInput['benefits'], boolean]>([
  [[percent], true],
  [[{ kind: 'gift', sku: 'cup', quantity: 1 }], true],
  [[{ kind: 'cashback', to: 'merchant', earn: { by: 'fixed', amount: 1 } }], true],
  [[{ kind: 'cashback', earn: { by: 'fixed', amount: 1 } }], false],
  [[{ kind: 'growth', earn: { by: 'fixed', amount: 1 } }], false],
  [[{ kind: 'coupon', template: 't', quantity: 1 }], false],
  [
    [percent, { kind: 'points', earn: { by: 'fixed', amount: 1 }, expiry: { type: 'none' } }],
    false,
  ],
  [[{ ...percent, target: { skus: ['milk'] } }], false],
  [[{ ...percent, target: { skus: ['milk'] } }, percent], true],
])('%j may be had by an anonymous buyer: %s', (benefits, expected) => {
  const view = viewOf(exampleSale({ member: null }));
  expect(testsOf(exampleDefinition({ benefits })).every((each) => holds(each, view))).toBe(
    expected,
  );
});

test('a sale line must be whole fen of at least 0', () => {
  const line = { sku: 'x', category: null, brand: null, quantity: 1, amount: 0 };
  for (const amount of [-1, 0.5, Number.NaN])
    expect(() => viewOf(exampleSale({ lines: [{ ...line, amount }] }))).toThrow(RangeError);
});
