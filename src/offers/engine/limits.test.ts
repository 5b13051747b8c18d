import { expect, test } from 'vitest';
import type { DefinitionInput } from '../rule/definition.ts';
import type { Facts, Usage } from './facts.ts';
import { basket, decided, type Fields, offersOf } from './tables.fixture.ts';
import { compileOffers } from './compile.ts';
import { exampleSale } from '../rule/example.ts';
import { budgetsOf, countersOf } from './reads.ts';

type Limit = NonNullable<NonNullable<DefinitionInput['limits']>['each']>[number];

const day = { type: 'day' } as const;
const card = {
  bin: '622202',
  issuer: 'ICBC',
  kind: 'credit',
  scheme: 'unionpay',
  token: 'k1',
} as const;
const shown: Partial<Facts> = {
  lines: basket('tea 1 6000, cup 1 4000'),
  terminal: 't1',
  device: 'd1',
  tenders: [{ method: 'card', amount: 10_000, card }],
};
const tenPercentBack: NonNullable<Fields['benefits']> = [
  { kind: 'cashback', earn: { by: 'rate', rate: 100_000 } },
];

/** 10 % back on 100.00; gives the amount and what cut it, or why nothing is given. */
function given(each: Limit[], usage: Record<string, Usage> = {}, fields: Fields = {}) {
  const { decisions, denied } = decided(
    { a: { benefits: tenPercentBack, limits: { each }, ...fields } },
    { ...shown, usage },
  );
  return decisions[0] === undefined
    ? denied.join()
    : [decisions[0].amount, decisions[0].partly].filter(Boolean).join(' ');
}
const used = (count: number, amount: number): Usage => ({ count, amount });

test.each<[string, Limit, string, Usage, string]>([
  // what                limit                                               counter                          before            given
  [
    'member, first',
    { per: 'member', window: day, count: 2 },
    'member:m1:day:2026-11-21',
    used(0, 0),
    '1000',
  ],
  [
    'member, last of the count',
    { per: 'member', window: day, count: 2 },
    'member:m1:day:2026-11-21',
    used(1, 0),
    '1000',
  ],
  [
    'member, count used up',
    { per: 'member', window: day, count: 2 },
    'member:m1:day:2026-11-21',
    used(2, 0),
    'limit_count 2 2',
  ],
  [
    'member, amount left',
    { per: 'member', window: day, amount: 1_500 },
    'member:m1:day:2026-11-21',
    used(1, 500),
    '1000',
  ],
  [
    'member, amount a fen short',
    { per: 'member', window: day, amount: 1_500 },
    'member:m1:day:2026-11-21',
    used(1, 501),
    '999 limit_member',
  ],
  [
    'member, amount used up',
    { per: 'member', window: day, amount: 1_500 },
    'member:m1:day:2026-11-21',
    used(1, 1_500),
    'limit_amount 1500 1500',
  ],
  [
    'week from Monday',
    { per: 'member', window: { type: 'week' }, amount: 999 },
    'member:m1:week:2026-11-16',
    used(1, 9),
    '990 limit_member',
  ],
  [
    'month',
    { per: 'member', window: { type: 'month' }, amount: 999 },
    'member:m1:month:2026-11-01',
    used(1, 9),
    '990 limit_member',
  ],
  [
    'quarter',
    { per: 'member', window: { type: 'quarter' }, amount: 999 },
    'member:m1:quarter:2026-10-01',
    used(1, 9),
    '990 limit_member',
  ],
  [
    'year',
    { per: 'member', window: { type: 'year' }, amount: 999 },
    'member:m1:year:2026-01-01',
    used(1, 9),
    '990 limit_member',
  ],
  [
    'total',
    { per: 'member', window: { type: 'total' }, amount: 999 },
    'member:m1:total',
    used(1, 9),
    '990 limit_member',
  ],
  [
    'no window: total',
    { per: 'member', amount: 999 },
    'member:m1:total',
    used(1, 9),
    '990 limit_member',
  ],
  [
    'card',
    { per: 'card', window: day, amount: 999 },
    'card:k1:day:2026-11-21',
    used(1, 9),
    '990 limit_card',
  ],
  [
    'device',
    { per: 'device', window: day, amount: 999 },
    'device:d1:day:2026-11-21',
    used(1, 9),
    '990 limit_device',
  ],
  [
    'store',
    { per: 'store', window: day, amount: 999 },
    'store:store-1:day:2026-11-21',
    used(1, 9),
    '990 limit_store',
  ],
  [
    'terminal',
    { per: 'terminal', window: day, amount: 999 },
    'terminal:t1:day:2026-11-21',
    used(1, 9),
    '990 limit_terminal',
  ],
  [
    'offer',
    { per: 'offer', window: day, amount: 999 },
    'day:2026-11-21',
    used(1, 9),
    '990 limit_offer',
  ],
])('per %s', (_what, limit, counter, before, outcome) => {
  const key = `offer:a:${counter}`;
  expect(given([limit], { [key]: before })).toBe(outcome);
  expect(given([limit], { [`${key}x`]: used(9, 1e9) })).toBe(given([limit]));
  const set = compileOffers(
    offersOf({ a: { benefits: tenPercentBack, limits: { each: [limit] } } }),
  );
  expect(countersOf(exampleSale(shown), set)).toEqual([key]);
});

test('a rolling window is the sum of its days', () => {
  const limit: Limit = {
    per: 'member',
    window: { type: 'rolling', days: 3 },
    count: 3,
    amount: 1_500,
  };
  const on = (written: string) => `offer:a:member:m1:day:2026-11-${written}`;
  expect(given([limit], { [on('18')]: used(9, 9_000) })).toBe('1000');
  expect(given([limit], { [on('19')]: used(1, 400), [on('20')]: used(1, 300) })).toBe(
    '800 limit_member',
  );
  expect(given([limit], { [on('19')]: used(1, 0), [on('20')]: used(2, 0) })).toBe(
    'limit_count 3 3',
  );
  const set = compileOffers(offersOf({ a: { limits: { each: [limit] } } }));
  expect(countersOf(exampleSale(), set)).toEqual([on('19'), on('20'), on('21')]);
});

test.each<[string, Limit[], Fields, string]>([
  ['sale', [{ per: 'sale', amount: 700 }], {}, '700 limit_sale'],
  ['sale, exactly', [{ per: 'sale', amount: 1_000 }], {}, '1000'],
  ['line', [{ per: 'line', amount: 500 }], {}, '900 limit_line'],
  ['line, under the smaller', [{ per: 'line', amount: 300 }], {}, '600 limit_line'],
  [
    'line and sale',
    [
      { per: 'line', amount: 500 },
      { per: 'sale', amount: 800 },
    ],
    {},
    '800 limit_sale',
  ],
  [
    'the tighter decides, whatever the order',
    [
      { per: 'sale', amount: 800 },
      { per: 'member', window: day, amount: 600 },
    ],
    {},
    '600 limit_member',
  ],
  [
    'a cap is no limit',
    [],
    { benefits: [{ ...tenPercentBack[0]!, cap: 400 } as never] },
    '400 cap',
  ],
])('of one sale: %s', (_what, each, fields, outcome) => {
  expect(given(each, {}, fields)).toBe(outcome);
});

test('no line gets more than its limit, also where the sale is cut further', () => {
  const each: Limit[] = [
    { per: 'line', amount: 500 },
    { per: 'sale', amount: 450 },
  ];
  const { decisions } = decided({ a: { benefits: tenPercentBack, limits: { each } } }, shown);
  expect(decisions[0]!.lineShares).toEqual([250, 200]);
});

test.each<[string, Limit]>([
  ['sale', { per: 'sale', amount: 999 }],
  ['line', { per: 'line', amount: 500 }],
  ['member', { per: 'member', window: day, amount: 999 }],
])('nothing in part: %s', (_what, limit) => {
  const { decisions, denied } = decided(
    { a: { benefits: tenPercentBack, limits: { each: [limit], partial_grants: false } } },
    shown,
  );
  expect([decisions, denied[0]!.split(' ')[0]]).toEqual([[], 'limit_amount']);
});

test.each<[Limit['per'], Partial<Facts>]>([
  ['card', { tenders: [{ method: 'cash', amount: 10_000 }] }],
  ['device', { device: null }],
  ['terminal', { terminal: null }],
])('without a %s nobody can be counted', (per, missing) => {
  const limits = { each: [{ per, window: day, count: 1 }] };
  const { denied } = decided({ a: { benefits: tenPercentBack, limits } }, { ...shown, ...missing });
  expect(denied).toEqual(['limit_subject 0 1']);
});

test('a limit per member is for members', () => {
  const limits = { each: [{ per: 'member' as const, window: day, count: 1 }] };
  expect(decided({ a: { limits } }, { member: null }).decisions).toEqual([]);
});

test('one sale counts once, however many benefits, and every unit of money against one amount', () => {
  const limits = { each: [{ per: 'member' as const, window: day, count: 1, amount: 1_500 }] };
  const { decisions } = decided(
    {
      a: {
        limits,
        benefits: [
          { kind: 'discount', off: { by: 'percent', rate: 100_000 } },
          ...tenPercentBack,
          { kind: 'growth', earn: { by: 'fixed', amount: 9_999 } },
          { kind: 'coupon', template: 'next', quantity: 1 },
        ],
      },
    },
    shown,
  );
  const key = 'offer:a:member:m1:day:2026-11-21';
  expect(decisions.map(({ kind, amount, counters }) => [kind, amount, ...counters])).toEqual([
    ['discount', 1_000, { key, count: 1, amount: 1_000 }],
    ['cashback', 500, { key, count: 0, amount: 500 }],
    ['growth', 9_999, { key, count: 0, amount: 0 }],
    ['coupon', 1, { key, count: 0, amount: 0 }],
  ]);
});

test('two limits on one counter count once; different windows are different counters', () => {
  const each: Limit[] = [
    { per: 'member', window: day, count: 3 },
    { per: 'member', window: day, amount: 5_000 },
    { per: 'member', window: { type: 'month' }, amount: 50_000 },
  ];
  const { decisions } = decided({ a: { benefits: tenPercentBack, limits: { each } } }, shown);
  expect(decisions[0]!.counters).toEqual([
    { key: 'offer:a:member:m1:day:2026-11-21', count: 1, amount: 1_000 },
    { key: 'offer:a:member:m1:month:2026-11-01', count: 1, amount: 1_000 },
  ]);
});

test('what gives nothing counts nothing', () => {
  const limits = { each: [{ per: 'member' as const, window: day, count: 1 }] };
  const { decisions, progress } = decided(
    { a: { benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 1 } }], limits } },
    { ...shown, lines: basket('tea 1 100') },
  );
  expect([decisions, progress]).toEqual([[], []]);
});

test('the callers lock only what this sale may read', () => {
  const funding: Fields['funding'] = [
    { party: 'funder', funder_org: 9, budget: 'b9', share: 700_000, cap: { per_day: 5, total: 9 } },
    { party: 'merchant', share: 300_000 },
  ];
  const limits = {
    each: [
      { per: 'member' as const, window: day, count: 1 },
      { per: 'card' as const, count: 1 },
    ],
  };
  const set = compileOffers(
    offersOf({
      here: { limits, funding },
      there: { limits, funding, scope: { stores: ['store-2'] } },
    }),
  );
  expect(countersOf(exampleSale(), set)).toEqual([
    'offer:here:member:m1:day:2026-11-21',
    'payer:here:0:day:2026-11-21',
    'payer:here:0:total',
  ]);
  expect(countersOf(exampleSale({ member: null }), set)).toEqual([]);
  expect(budgetsOf(exampleSale(), set)).toEqual(['b9']);
  expect(budgetsOf(exampleSale({ store: 'store-3', day: '2027-01-01' }), set)).toEqual([]);
});
