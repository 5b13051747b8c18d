import { expect, test } from 'vitest';
import type { DefinitionInput } from '../rule/definition.ts';
import type { Decision } from './decision.ts';
import { basket, cup, decided, type Fields, off, sharesOf } from './tables.fixture.ts';

type Input = DefinitionInput['benefits'][number];
type Earn<Kind> =
  Extract<Input, { kind: Kind }> extends infer B
    ? B extends { earn: unknown }
      ? B['earn']
      : never
    : never;

const NEVER = { type: 'none' } as const;
const points = (earn: Earn<'points'>, more: Partial<Extract<Input, { kind: 'points' }>> = {}) =>
  ({ kind: 'points', earn, expiry: NEVER, ...more }) as const;
const perYuan = (rate: number) => points({ by: 'per_yuan', rate });
const back = (earn: Earn<'cashback'>, more = {}) => ({ kind: 'cashback', earn, ...more }) as const;
const growth = (earn: Earn<'growth'>, more = {}) => ({ kind: 'growth', earn, ...more }) as const;
const ONE = 1_000_000;
const lines = 'tea 1 9999, cup 1 5000';
const pointSteps = points({
  by: 'tiered',
  steps: [
    { from: 10_000, rate: ONE },
    { from: 20_000, amount: 500 },
  ],
});

test.each<[string, Input, string, string]>([
  // what                       benefit                                   lines                  per line
  ['a point per yuan, down', perYuan(ONE), lines, '99 50'],
  ['half a point per yuan', perYuan(500_000), 'tea 1 199', ''],
  ['half-up', points({ by: 'per_yuan', rate: 500_000, rounding: 'half_up' }), 'tea 1 100', '1'],
  ['points on chosen lines', points({ by: 'per_yuan', rate: ONE }, { target: cup }), lines, '0 50'],
  ['points with a cap', points({ by: 'per_yuan', rate: ONE }, { cap: 30 }), lines, '20 10'],
  ['fixed points', points({ by: 'fixed', amount: 10 }), lines, '7 3'],
  ['fixed points above the yuan paid', points({ by: 'fixed', amount: 500 }), 'tea 1 1', '500'],
  ['steps of points, under the first', pointSteps, 'tea 1 9999', ''],
  ['steps of points, the first', pointSteps, 'tea 1 19999', '199'],
  ['steps of points, the second', pointSteps, 'tea 1 20000', '500'],
  ['growth value', growth({ by: 'per_yuan', rate: ONE }), lines, '99 50'],
  ['growth value with a cap', growth({ by: 'per_yuan', rate: ONE }, { cap: 3 }), lines, '2 1'],
  ['fixed growth value', growth({ by: 'fixed', amount: 7 }), lines, '5 2'],
  ['cashback, half-up', back({ by: 'rate', rate: 50_000 }), 'tea 1 90', '5'],
  ['fixed cashback', back({ by: 'fixed', amount: 300 }), lines, '200 100'],
  ['fixed cashback, never above what is paid', back({ by: 'fixed', amount: 300 }), 'tea 1 9', '9'],
  [
    'steps of cashback',
    back({
      by: 'tiered',
      steps: [
        { from: 100, amount: 5 },
        { from: 200, rate: 100_000 },
      ],
    }),
    'tea 1 250',
    '25',
  ],
  [
    'rebate to the merchant',
    back({ by: 'rate', rate: 10_000 }, { to: 'merchant' }),
    lines,
    '100 50',
  ],
  ['coupons', { kind: 'coupon', template: 'next', quantity: 3 }, lines, '2 1'],
  [
    'coupons from a spend',
    { kind: 'coupon', template: 'next', quantity: 1, spend: 15_000 },
    lines,
    '',
  ],
  ['a gift', { kind: 'gift', sku: 'mug', quantity: 1 }, lines, '1 0'],
  ['a gift with a cup', { kind: 'gift', sku: 'mug', quantity: 2, target: cup }, lines, '0 2'],
])('%s', (_what, benefit, written, shares) => {
  const found = decided({ a: { benefits: [benefit] } }, { lines: basket(written) });
  expect(sharesOf(found)).toEqual(shares === '' ? {} : { a: shares });
});

test('what is earned says what it is, who gets it and who pays', () => {
  const kinds: Record<string, Input> = {
    growth: growth({ by: 'fixed', amount: 7 }),
    coupon: { kind: 'coupon', template: 'next', quantity: 3 },
    gift: { kind: 'gift', sku: 'mug', quantity: 1 },
    points: perYuan(ONE),
    rebate: back({ by: 'fixed', amount: 9 }, { to: 'merchant' }),
    cashback: back({ by: 'fixed', amount: 9 }),
  };
  const offers = Object.fromEntries(
    Object.entries(kinds).map(([id, benefit]) => [id, { benefits: [benefit] }]),
  );
  const { decisions } = decided(offers, { lines: basket('tea 1 10000') });
  const told = ({ offer, kind, to, what, amount, funding, expires }: Decision) => [
    offer,
    [kind, to, what, amount, funding.length, expires?.type].filter(Boolean).join(' '),
  ];
  expect(Object.fromEntries(decisions.map(told))).toEqual({
    growth: 'growth 7',
    coupon: 'coupon next 3',
    gift: 'gift mug 1',
    points: 'points 100 1 none',
    rebate: 'cashback merchant 9 1',
    cashback: 'cashback 9 1',
  });
});

const gold: Fields = { priority: 1, benefits: [perYuan(ONE)] };
const times = (factor: number, more = {}) => points({ by: 'multiplier', factor }, more);

test.each<[string, Record<string, Fields>, Record<string, string>]>([
  ['doubles', { a: gold, x: { benefits: [times(2 * ONE)] } }, { a: '99 50', x: '99 50' }],
  [
    'one and a half, down',
    { a: gold, x: { benefits: [times(1_500_000)] } },
    { a: '99 50', x: '49 25' },
  ],
  [
    'of chosen lines',
    { a: gold, x: { benefits: [times(3 * ONE, { target: cup })] } },
    { a: '99 50', x: '0 100' },
  ],
  [
    'with a cap',
    { a: gold, x: { benefits: [times(3 * ONE, { cap: 30 })] } },
    { a: '99 50', x: '20 10' },
  ],
  [
    'of all offers before it, its own kind too',
    {
      a: gold,
      b: { ...gold, priority: 2 },
      x: { benefits: [times(2 * ONE)] },
      y: { priority: 200, benefits: [times(2 * ONE)] },
    },
    { a: '99 50', b: '99 50', x: '198 100', y: '396 200' },
  ],
  [
    'nothing before it',
    { a: { ...gold, priority: 200 }, x: { benefits: [times(2 * ONE)] } },
    { a: '99 50' },
  ],
])('a multiplier: %s', (_what, offers, shares) => {
  expect(sharesOf(decided(offers, { lines: basket(lines) }))).toEqual(shares);
});

test('earning sees what is really paid, in whatever order the offers stand', () => {
  const found = decided(
    {
      a: { priority: 1, benefits: [perYuan(ONE)] },
      b: { priority: 2, benefits: [off({ by: 'percent', rate: 500_000 })] },
    },
    { lines: basket('tea 1 10000, cup 1 3000') },
  );
  expect(sharesOf(found)).toEqual({ b: '5000 1500', a: '50 15' });
});

test.each<[string, Input, string]>([
  ['points', perYuan(ONE), 'member'],
  ['growth', growth({ by: 'fixed', amount: 7 }), 'member'],
  ['cashback', back({ by: 'fixed', amount: 7 }), 'member'],
  ['coupon', { kind: 'coupon', template: 'next', quantity: 1 }, 'member'],
  ['rebate', back({ by: 'fixed', amount: 7 }, { to: 'merchant' }), 'granted'],
  ['gift', { kind: 'gift', sku: 'mug', quantity: 1 }, 'granted'],
])('an anonymous buyer and %s', (_what, benefit, outcome) => {
  const { decisions } = decided({ a: { benefits: [benefit] } }, { member: null });
  expect(decisions.length > 0 ? 'granted' : 'member').toBe(outcome);
});
