import { expect, test } from 'vitest';
import { checkDefinition } from './check.ts';
import { parseDefinition, type DefinitionInput } from '../rule/definition.ts';
import { CONDITION_TYPES } from '../rule/conditions.ts';
import { exampleDefinition } from '../rule/example.ts';

const save = (amount: number, spend?: number) =>
  ({ kind: 'discount', off: { by: 'amount', amount }, ...(spend && { spend }) }) as const;
const points = {
  kind: 'points',
  earn: { by: 'per_yuan', rate: 1_000_000 },
  expiry: { type: 'none' },
} as const;
const cashback = { kind: 'cashback', earn: { by: 'rate', rate: 50_000 } } as const;
const from = '2026-01-01';
const funder = { party: 'funder', funder_org: 9, budget: 'b' } as const;
type Fields = Partial<DefinitionInput>;

test.each<[string, Fields]>([
  ['the plainest', {}],
  ['one day', { schedule: { from, to: from } }],
  [
    'points and cashback paid differently',
    {
      benefits: [{ ...points, funding: [{ party: 'merchant', share: 1_000_000 }] }, cashback],
      funding: [{ ...funder, share: 1_000_000 }],
    },
  ],
  [
    'points by a funder, without a budget',
    { benefits: [points], funding: [{ party: 'funder', funder_org: 9, share: 1_000_000 }] },
  ],
  [
    'three payers',
    {
      benefits: [cashback],
      funding: [
        { ...funder, share: 333_333 },
        { ...funder, funder_org: 8, share: 333_333 },
        { party: 'merchant', share: 333_334 },
      ],
    },
  ],
  [
    'either of two amounts',
    {
      conditions: {
        type: 'any',
        of: [
          { type: 'basket_amount', max: 10 },
          { type: 'basket_amount', min: 20 },
        ],
      },
    },
  ],
  [
    'card in part and cash in part',
    {
      conditions: {
        type: 'all',
        of: [
          { type: 'tender', methods: ['card'], match: 'any' },
          { type: 'tender', methods: ['cash'], match: 'any' },
        ],
      },
    },
  ],
  [
    'two methods but neither alone',
    {
      conditions: {
        type: 'all',
        of: [
          { type: 'tender', methods: ['card', 'cash'] },
          {
            type: 'none',
            of: [
              { type: 'tender', methods: ['card'] },
              { type: 'tender', methods: ['cash'] },
            ],
          },
        ],
      },
    },
  ],
  ['not gold', { conditions: { type: 'none', of: [{ type: 'tier', tiers: ['gold'] }] } }],
])('legal: %s', (_, fields) => {
  expect(checkDefinition(exampleDefinition(fields))).toEqual([]);
});

test.each<[string, Fields, string]>([
  ['end before start', { schedule: { from, to: '2025-12-31' } }, '/schedule/to'],
  [
    'hours over midnight',
    { schedule: { from, hours: [{ from: '22:00', to: '02:00' }] } },
    '/schedule/hours/0/to',
  ],
  ['shares of 99.9999 %', { funding: [{ party: 'merchant', share: 999_999 }] }, '/funding'],
  [
    'shares of a benefit above 100 %',
    {
      benefits: [
        {
          ...cashback,
          funding: [
            { party: 'merchant', share: 500_000 },
            { ...funder, share: 500_001 },
          ],
        },
      ],
    },
    '/benefits/0/funding',
  ],
  [
    'a funder without org',
    { benefits: [cashback], funding: [{ party: 'funder', budget: 'b', share: 1_000_000 }] },
    '/funding/0/funder_org',
  ],
  [
    'a funder without budget',
    { benefits: [cashback], funding: [{ party: 'funder', funder_org: 9, share: 1_000_000 }] },
    '/funding/0/budget',
  ],
  [
    'a merchant with an org',
    { funding: [{ party: 'merchant', funder_org: 9, share: 1_000_000 }] },
    '/funding/0/funder_org',
  ],
  [
    'points from a budget',
    { benefits: [points], funding: [{ ...funder, share: 1_000_000 }] },
    '/funding/0/budget',
  ],
  [
    'the same payer twice',
    {
      benefits: [cashback],
      funding: [
        { ...funder, share: 500_000 },
        { ...funder, share: 500_000 },
      ],
    },
    '/funding/1',
  ],
  ['threshold not above what it saves', { benefits: [save(1_000, 1_000)] }, '/benefits/0/spend'],
  [
    'repeats without a threshold',
    { benefits: [{ kind: 'discount', off: { by: 'amount', amount: 1, times: 2 } }] },
    '/benefits/0/off/times',
  ],
  ['target of nothing', { benefits: [{ ...save(1), target: {} }] }, '/benefits/0/target'],
  [
    'contains nothing',
    { conditions: { type: 'any', of: [{ type: 'contains' }] } },
    '/conditions/of/0',
  ],
  ['amount without bounds', { conditions: { type: 'basket_amount' } }, '/conditions'],
  ['max under min', { conditions: { type: 'basket_amount', min: 2, max: 1 } }, '/conditions/max'],
  ['discount in the earning lane', { stacking: { lane: 'earning' } }, '/stacking/lane'],
  [
    'points in a discount lane',
    { benefits: [points], stacking: { lane: 'order' } },
    '/stacking/lane',
  ],
  ['a limit of nothing', { limits: { each: [{ per: 'offer' }] } }, '/limits/each/0'],
  [
    'one limit over two units',
    { benefits: [points, cashback], limits: { each: [{ per: 'sale', amount: 100 }] } },
    '/limits/each/0/amount',
  ],
  [
    'amounts that never meet',
    {
      conditions: {
        type: 'all',
        of: [
          { type: 'basket_amount', max: 10 },
          { type: 'basket_amount', min: 11 },
        ],
      },
    },
    '/conditions',
  ],
  [
    'a basket under the threshold',
    { benefits: [save(10, 100)], conditions: { type: 'basket_amount', max: 99 } },
    '/conditions',
  ],
  [
    'no such weekday left',
    { schedule: { from, weekdays: [1] }, conditions: { type: 'weekday', weekdays: [2] } },
    '/conditions',
  ],
  [
    'weekdays excluded',
    {
      schedule: { from, weekdays: [1] },
      conditions: { type: 'none', of: [{ type: 'weekday', weekdays: [1, 2] }] },
    },
    '/conditions',
  ],
  [
    'hours that never meet',
    {
      schedule: { from, hours: [{ from: '08:00', to: '10:00' }] },
      conditions: { type: 'hours', hours: [{ from: '10:00', to: '11:00' }] },
    },
    '/conditions',
  ],
  [
    'two tiers at once',
    { audience: { tiers: ['gold'] }, conditions: { type: 'tier', tiers: ['silver'] } },
    '/conditions',
  ],
  [
    'all card and all cash',
    {
      conditions: {
        type: 'all',
        of: [
          { type: 'tender', methods: ['card'] },
          { type: 'tender', methods: ['cash'] },
        ],
      },
    },
    '/conditions',
  ],
])('refused: %s', (_, fields, pointer) => {
  const faults = checkDefinition(exampleDefinition(fields));
  expect(faults.map((fault) => fault.pointer)).toEqual([pointer]);
  expect(faults[0]!.detail.zh).toMatch(/\p{Script=Han}/u);
  expect(faults[0]!.detail.en).not.toBe('');
});

const deep = (depth: number): unknown =>
  depth === 0 ? { type: 'weekday', weekdays: [1] } : { type: 'all', of: [deep(depth - 1)] };

test.each<[string, object, string, string]>([
  [
    'rate above 100 %',
    { benefits: [{ ...cashback, earn: { by: 'rate', rate: 1_000_001 } }] },
    '/benefits/0/earn/rate',
    'must be a rate in ppm, at most 1,000,000 (100 %)',
  ],
  [
    'half a fen',
    { benefits: [save(0.5)] },
    '/benefits/0/off/amount',
    'must be a whole number of fen',
  ],
  [
    'no such day',
    { schedule: { from: '2026-02-30' } },
    '/schedule/from',
    'must be a calendar day such as 2026-11-21',
  ],
  ['no benefit', { benefits: [] }, '/benefits', 'an offer needs at least one benefit'],
  [
    'unknown benefit',
    { benefits: [{ kind: 'lottery' }] },
    '/benefits/0/kind',
    'must be discount, points, growth, cashback, coupon or gift',
  ],
  ['unknown field', { colour: 'red' }, '', 'unknown fields: colour; remove them'],
  [
    'empty list',
    { scope: { stores: [] } },
    '/scope/stores',
    'must name at least one; leave it out for "any"',
  ],
  [
    'five groups deep',
    { conditions: deep(5) },
    '/conditions/of/0/of/0/of/0/of/0/type',
    `must be all, any, none, ${CONDITION_TYPES.slice(0, -1).join(', ')} or days_of_month; groups nest at most 4 deep`,
  ],
])('malformed: %s', (_, fields, pointer, en) => {
  const parsed = parseDefinition({ ...exampleDefinition(), ...fields });
  expect('faults' in parsed && parsed.faults).toMatchObject([{ pointer, detail: { en } }]);
});

test('hostile nesting is refused without exhausting the stack, four groups are legal', () => {
  expect(parseDefinition({ ...exampleDefinition(), conditions: deep(4) })).toHaveProperty(
    'definition',
  );
  expect(parseDefinition({ ...exampleDefinition(), conditions: deep(5_000) })).toHaveProperty(
    'faults',
  );
});

test('a stored definition reads back as itself', () => {
  const written = exampleDefinition({ conditions: { type: 'tier', tiers: ['gold'] } });
  expect(parseDefinition(JSON.parse(JSON.stringify(written)))).toEqual({ definition: written });
});
