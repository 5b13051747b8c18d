import { expect, test } from 'vitest';
import { exampleDefinition } from '../rule/example.ts';
import {
  cashback,
  expiring,
  type Fields,
  from,
  funder,
  merchant,
  off,
  paid,
  points,
  when,
} from './check.fixture.ts';
import { checkDefinition } from './check.ts';
import { lookWarnings } from './look-warnings.ts';
import { priceWarnings } from './price-warnings.ts';

const TODAY = '2026-06-01';
const rated = (rate: number, more: object = {}): Fields => ({
  benefits: [{ kind: 'cashback', earn: { by: 'rate', rate }, ...more }],
});
const steps = (...list: { from: number; rate?: number; amount?: number }[]) =>
  off({ by: 'tiered', steps: list });

test.each<[string, Fields, string[]]>([
  ['nothing strange', {}, []],
  ['0.1 %', rated(1_000), []],
  ['less than 0.1 %', rated(999), ['/benefits/0/earn/rate']],
  ['50 for meaning 50 %', off({ by: 'percent', rate: 50 }), ['/benefits/0/off/rate']],
  [
    'a hundredth of a point',
    { benefits: [{ ...points, earn: { by: 'per_yuan', rate: 10_000 } } as never] },
    [],
  ],
  [
    'one ppm of a point',
    { benefits: [{ ...points, earn: { by: 'per_yuan', rate: 1 } } as never] },
    ['/benefits/0/earn/rate'],
  ],
  ['half of everything', rated(500_000), ['/benefits/0/earn/rate']],
  ['half of everything, capped', rated(500_000, { cap: 5_000 }), []],
  [
    'half of everything, limited',
    { ...rated(500_000), limits: { each: [{ per: 'sale', amount: 5_000 }] } },
    [],
  ],
  ['a cap under the amount', off({ by: 'amount', amount: 500 }, { cap: 499 }), ['/benefits/0/cap']],
  ['the last day', { schedule: { from, to: TODAY } }, ['/schedule/to']],
  ['days gone by', { schedule: { from, to: '2026-05-31' } }, ['/schedule/to']],
  [
    'a rest before the first day',
    { schedule: { from, blackout: [{ from: '2025-12-01', to: '2025-12-31' }] } },
    ['/schedule/blackout/0'],
  ],
  [
    'more for less',
    steps({ from: 100, rate: 20_000 }, { from: 200, rate: 10_000 }),
    ['/benefits/0/off/steps/1'],
  ],
  [
    'a step under the threshold',
    off(
      {
        by: 'tiered',
        steps: [
          { from: 100, rate: 10_000 },
          { from: 200, rate: 20_000 },
        ],
      },
      { spend: 200 },
    ),
    ['/benefits/0/off/steps/0'],
  ],
  ['points lost in the last days', { ...expiring('2026-12-30') }, ['/benefits/0/expiry/day']],
  [
    'points lost some day',
    { schedule: { from }, ...expiring('2199-12-31') },
    ['/benefits/0/expiry/day'],
  ],
  ['points of the last day', expiring('2026-12-31'), []],
  [
    'nothing can overflow',
    paid({ ...merchant, share: 500_000, overflow: 'next' }, { party: 'store', share: 500_000 }),
    ['/funding/0/overflow'],
  ],
  [
    'the merchant rebates itself',
    {
      benefits: [{ ...cashback, to: 'merchant' }],
      funding: [
        { ...funder, share: 500_000 },
        { ...merchant, share: 500_000 },
      ],
    },
    ['/funding/1/party'],
  ],
  [
    'a base for an amount',
    { ...off({ by: 'amount', amount: 1 }), stacking: { base: 'initial' } },
    ['/stacking/base'],
  ],
  [
    'all year birthday',
    when({ type: 'birthday', within: { type: 'days', before: 200, after: 165 } }),
    ['/conditions/within'],
  ],
  [
    'an alternative in vain',
    when({
      type: 'all',
      of: [
        { type: 'basket_amount', max: 10 },
        {
          type: 'any',
          of: [
            { type: 'basket_amount', min: 11 },
            { type: 'basket_quantity', min: 2 },
          ],
        },
      ],
    }),
    ['/conditions/of/1/of/0'],
  ],
])('%s', (_, fields, pointers) => {
  const definition = exampleDefinition(fields);
  expect(checkDefinition(definition)).toEqual([]);
  const warnings = lookWarnings(definition, TODAY);
  expect(warnings.map(({ pointer }) => pointer)).toEqual(pointers);
  for (const { detail } of warnings) {
    expect(detail.zh).toMatch(/\p{Script=Han}/u);
    expect(detail.en).toMatch(/^[\x20-\x7e]+$/);
  }
});

test.each([
  // price, of goods                  warned of
  [299, { skus: ['tea'] }, []],
  [300, { skus: ['tea'] }, ['/benefits/0/off/price']],
  [300, { skus: ['tea'], brands: ['leaf'] }, []],
  [500, { categories: ['drinks'] }, ['/benefits/0/off/price']],
])('a fixed price of %i for %j', (price, target, pointers) => {
  const goods = {
    skus: new Map([['tea', { category: 'drinks', price: 300 }]]),
    categories: new Map([['drinks', 500]]),
    brands: new Map([['leaf', 400]]),
  };
  const found = priceWarnings(
    exampleDefinition(off({ by: 'fixed_price', price }, { target })),
    goods,
  );
  expect(found.map(({ pointer }) => pointer)).toEqual(pointers);
});
