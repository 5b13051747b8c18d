import { expect, test } from 'vitest';
import { exampleDefinition } from '../rule/example.ts';
import { checkDefinition } from './check.ts';
import {
  type Benefit,
  type Fields,
  cashback,
  day,
  expiring,
  from,
  funder,
  limited,
  merchant,
  month,
  off,
  paid,
  points,
  save,
  when,
  expectFault,
} from './check.fixture.ts';

test.each<[string, Fields]>([
  ['the plainest', {}],
  ['one day', { schedule: { from, to: from } }],
  [
    'a rest of one day',
    { schedule: { from, blackout: [{ from: '2026-02-01', to: '2026-02-01' }] } },
  ],
  ['until midnight', { schedule: { from, hours: [{ from: '23:59', to: '24:00' }] } }],
  [
    'points by a funder, without a budget',
    { benefits: [points], funding: [{ party: 'funder', funder_org: 9, share: 1_000_000 }] },
  ],
  [
    'an amount of points beside growth',
    {
      benefits: [points, { kind: 'growth', earn: { by: 'fixed', amount: 5 } }],
      ...limited({ per: 'sale', amount: 100 }),
    },
  ],
  [
    'points and cashback paid differently',
    {
      benefits: [{ ...points, funding: [{ ...merchant, share: 1_000_000 }] } as Benefit, cashback],
      funding: [{ ...funder, share: 1_000_000 }],
    },
  ],
  [
    'three payers',
    paid(
      { ...funder, share: 333_333 },
      { ...funder, funder_org: 8, share: 333_333 },
      { ...merchant, share: 333_334 },
    ),
  ],
  ['a fixed part and the rest', paid({ ...funder, fixed: 300 }, { ...merchant, remainder: true })],
  ['a share and the rest', paid({ ...funder, share: 999_999 }, { ...merchant, remainder: true })],
  [
    'fixed, share and the rest',
    paid(
      { ...funder, fixed: 300, cap: { per_sale: 300 }, overflow: 'next' },
      { party: 'store', share: 1 },
      { ...merchant, remainder: true },
    ),
  ],
  [
    'two budgets of one funder',
    paid({ ...funder, share: 500_000 }, { ...funder, budget: 'c', share: 500_000 }),
  ],
  [
    'caps that rise',
    paid({ ...funder, share: 1_000_000, cap: { per_sale: 1, per_day: 1, per_month: 2, total: 2 } }),
  ],
  ['one fen under the threshold', save(999, 1_000)],
  [
    'steps',
    off({
      by: 'tiered',
      steps: [
        { from: 100, amount: 99 },
        { from: 101, rate: 1 },
      ],
    }),
  ],
  ['a date on the day of arrival', expiring(from)],
  [
    'a limit of each kind',
    limited(
      { per: 'line', amount: 1 },
      { per: 'sale', amount: 1 },
      { per: 'member', window: day, amount: 1 },
      { per: 'member', window: month, amount: 1, count: 3 },
      { per: 'offer', amount: 1 },
    ),
  ],
  [
    'a week may hold more than a month',
    limited(
      { per: 'card', window: { type: 'week' }, count: 5 },
      { per: 'card', window: month, count: 4 },
    ),
  ],
  ['the best three of a group', { stacking: { group: 'g', pick: 'all', most: 3 } }],
  ['a coupon lane for a discount', { stacking: { lane: 'coupon' } }],
  [
    'card numbers',
    when({ type: 'bin', prefixes: ['622'], ranges: [{ from: '6210', to: '6210' }] }),
  ],
  [
    'every third of at least three',
    when({ type: 'history', measure: 'count', window: month, every: 3, min: 3, max: 3 }),
  ],
])('legal: %s', (_, fields) => {
  expect(checkDefinition(exampleDefinition(fields))).toEqual([]);
});

test.each<[string, Fields, string, RegExp]>([
  // schedule
  ['end before start', { schedule: { from, to: '2025-12-31' } }, '/schedule/to', /2026-01-01/],
  [
    'hours over midnight',
    { schedule: { from, hours: [{ from: '22:00', to: '02:00' }] } },
    '/schedule/hours/0/to',
    /22:00-24:00/,
  ],
  [
    'hours of nothing',
    { schedule: { from, hours: [{ from: '22:00', to: '22:00' }] } },
    '/schedule/hours/0/to',
    /after 22:00/,
  ],
  [
    'a rest that ends before it begins',
    { schedule: { from, blackout: [{ from: '2026-02-02', to: '2026-02-01' }] } },
    '/schedule/blackout/0/to',
    /2026-02-02/,
  ],
  // what is given
  [
    'threshold not above what it saves',
    save(1_000, 1_000),
    '/benefits/0/spend',
    /above the 1000 fen/,
  ],
  [
    'repeats without a threshold',
    off({ by: 'amount', amount: 1, times: 2 }),
    '/benefits/0/off/times',
    /give spend/,
  ],
  [
    'steps that do not rise',
    off({
      by: 'tiered',
      steps: [
        { from: 100, rate: 1 },
        { from: 100, rate: 2 },
      ],
    }),
    '/benefits/0/off/steps/1/from',
    /above the 100 fen/,
  ],
  [
    'a step of two kinds',
    off({ by: 'tiered', steps: [{ from: 100, rate: 1, amount: 1 }] }),
    '/benefits/0/off/steps/0',
    /exactly one/,
  ],
  [
    'a step of nothing',
    { benefits: [{ kind: 'cashback', earn: { by: 'tiered', steps: [{ from: 100 }] } }] },
    '/benefits/0/earn/steps/0',
    /exactly one/,
  ],
  [
    'a step that saves all of it',
    off({ by: 'tiered', steps: [{ from: 100, amount: 100 }] }),
    '/benefits/0/off/steps/0/from',
    /above the 100 fen/,
  ],
  [
    'target of nothing',
    off({ by: 'amount', amount: 1 }, { target: {} }),
    '/benefits/0/target',
    /skus, categories or brands/,
  ],
  [
    'free units of nothing',
    off({ by: 'buy_get', buy: 1, get: 1, rate: 1_000_000, of: {} }),
    '/benefits/0/off/of',
    /skus/,
  ],
  [
    'a bundle of nothing',
    off({ by: 'bundle', parts: [{ quantity: 1 }], price: 1 }),
    '/benefits/0/off/parts/0',
    /skus/,
  ],
  [
    'a bundle with a target',
    off(
      { by: 'bundle', parts: [{ skus: ['a'], quantity: 1 }], price: 1 },
      { target: { skus: ['a'] } },
    ),
    '/benefits/0/target',
    /leave the target out/,
  ],
  [
    'the cheapest of a bundle',
    off(
      { by: 'bundle', parts: [{ skus: ['a'], quantity: 1 }], price: 1 },
      { select: { order: 'cheapest', units: 1 } },
    ),
    '/benefits/0/select',
    /leave select out/,
  ],
  [
    'nothing to reach',
    { benefits: [{ ...cashback, timing: { type: 'cumulative', window: month, reach: {} } }] },
    '/benefits/0/timing/reach',
    /amount or the count/,
  ],
  [
    'points that expire before they come',
    expiring('2025-12-31'),
    '/benefits/0/expiry/day',
    /2026-01-01/,
  ],
  [
    'points that expire while they are on their way',
    expiring('2026-01-04', { timing: { type: 'business_days', days: 2 } }),
    '/benefits/0/expiry/day',
    /2026-01-05/,
  ],
])('refused: %s', (_, fields, pointer, en) => expectFault(fields, pointer, en));
