import { expect, test } from 'vitest';
import { compileOffers } from './compile.ts';
import type { DefinitionInput } from '../rule/definition.ts';
import { evaluate } from './evaluate.ts';
import { exampleOffer, exampleSale } from '../rule/example.ts';
import type { Facts } from './facts.ts';

type Fields = Partial<DefinitionInput>;
const percentOff = (rate: number) => ({ kind: 'discount', off: { by: 'percent', rate } }) as const;
const saveWhen = (amount: number, spend: number, times?: number) =>
  ({ kind: 'discount', off: { by: 'amount', amount, ...(times && { times }) }, spend }) as const;
const perYuan = (rate: number) =>
  ({ kind: 'points', earn: { by: 'per_yuan', rate }, expiry: { type: 'none' } }) as const;
const cashback = (rate: number) => ({ kind: 'cashback', earn: { by: 'rate', rate } }) as const;
const funders = [
  { party: 'funder', funder_org: 9, budget: 'b9', share: 700_000 },
  { party: 'merchant', share: 300_000 },
] as const;

function decided(offers: Record<string, Fields>, sale: Partial<Facts> = {}) {
  const set = compileOffers(Object.entries(offers).map(([id, fields]) => exampleOffer(id, fields)));
  return evaluate(exampleSale(sale), set);
}

const oneLine = (amount: number) => [
  { sku: 'tea', category: 'drinks', brand: 'leaf', quantity: 1, amount },
];

test.each<[string, Fields, Partial<Facts>, number]>([
  ['percent, half-up', { benefits: [percentOff(50_000)] }, { lines: oneLine(10) }, 1],
  [
    'percent of chosen lines',
    { benefits: [{ ...percentOff(100_000), target: { categories: ['ware'] } }] },
    {},
    500,
  ],
  ['percent with a cap', { benefits: [{ ...percentOff(500_000), cap: 2_000 }] }, {}, 2_000],
  ['threshold reached', { benefits: [saveWhen(1_000, 18_000)] }, {}, 1_000],
  ['threshold missed by a fen', { benefits: [saveWhen(1_000, 18_001)] }, {}, 0],
  ['threshold once', { benefits: [saveWhen(1_000, 5_000)] }, {}, 1_000],
  ['threshold per multiple', { benefits: [saveWhen(1_000, 5_000, 9)] }, {}, 3_000],
  ['threshold per multiple, at most twice', { benefits: [saveWhen(1_000, 5_000, 2)] }, {}, 2_000],
  [
    'amount off never above what is to pay',
    { benefits: [{ kind: 'discount', off: { by: 'amount', amount: 900 } }] },
    { lines: oneLine(500) },
    500,
  ],
  ['most per sale', { limits: { each: [{ per: 'sale', amount: 300 }] } }, {}, 300],
  ['whole discount', { benefits: [percentOff(1_000_000)] }, {}, 18_000],
  ['last day', { schedule: { from: '2026-01-01', to: '2026-11-21' } }, {}, 900],
  ['day after the last', { schedule: { from: '2026-01-01', to: '2026-11-20' } }, {}, 0],
  [
    'hours are open at their end',
    { schedule: { from: '2026-01-01', hours: [{ from: '10:00', to: '12:00' }] } },
    {},
    0,
  ],
  ['empty basket', {}, { lines: [] }, 0],
  ['no tenders yet', { conditions: { type: 'tender', methods: ['cash'] } }, { tenders: [] }, 0],
  [
    'one of two tenders is not enough',
    { conditions: { type: 'tender', methods: ['cash'] } },
    {
      tenders: [
        { method: 'cash', amount: 1 },
        { method: 'card', amount: 1 },
      ],
    },
    0,
  ],
  [
    'one of two tenders with "any"',
    { conditions: { type: 'tender', methods: ['cash'], match: 'any' } },
    {
      tenders: [
        { method: 'cash', amount: 1 },
        { method: 'card', amount: 1 },
      ],
    },
    900,
  ],
  ['gold only', { audience: { tiers: ['gold'] } }, {}, 900],
  ['gold only, anonymous', { audience: { tiers: ['gold'] } }, { member: null }, 0],
  ['none of', { conditions: { type: 'none', of: [{ type: 'contains', skus: ['tea'] }] } }, {}, 0],
])('discount: %s', (_, fields, sale, discount) => {
  const result = decided({ a: fields }, sale);
  expect(result.discount).toBe(discount);
  expect(result.due).toBe(result.gross - discount);
  expect(result.decisions.length).toBe(discount === 0 ? 0 : 1);
});

test('lines go before thresholds, thresholds see what is still to pay, earning sees what is paid', () => {
  const result = decided({
    points: { priority: 1, benefits: [perYuan(1_000_000)] },
    order: { priority: 2, benefits: [saveWhen(1_000, 17_500)] },
    line: { priority: 3, benefits: [{ ...percentOff(100_000), target: { skus: ['cup'] } }] },
  });
  expect(result.decisions.map(({ offer, amount }) => [offer, amount])).toEqual([
    ['line', 500],
    ['order', 1_000],
    ['points', 165],
  ]);
  expect(result.lines.map(({ net }) => net)).toEqual([9_428, 4_243, 2_829]);
});

test('payers get their parts by largest remainder, and two offers share one budget', () => {
  const { decisions } = decided(
    {
      a: { benefits: [cashback(50_000)], funding: [...funders] },
      b: { benefits: [cashback(50_000)], funding: [...funders] },
    },
    { budgets: { b9: 700 } },
  );
  expect(decisions.map(({ amount, wanted, funding }) => ({ amount, wanted, funding }))).toEqual([
    {
      amount: 900,
      wanted: 900,
      funding: [
        { party: 'funder', funderOrg: 9, budget: 'b9', amount: 630 },
        { party: 'merchant', amount: 270 },
      ],
    },
    {
      amount: 100,
      wanted: 900,
      funding: [
        { party: 'funder', funderOrg: 9, budget: 'b9', amount: 70 },
        { party: 'merchant', amount: 30 },
      ],
    },
  ]);
});

test('only live versions decide, and one offer is live once', () => {
  const live = exampleOffer('a');
  expect(compileOffers([{ ...live, status: 'paused' }]).offers).toEqual([]);
  expect(() => compileOffers([live, { ...live, version: 2 }])).toThrow('live in two versions');
  expect(compileOffers([live], 7).version).toBe(7);
});

test('a negative line is a bug of the caller', () => {
  expect(() => decided({ a: {} }, { lines: oneLine(-1) })).toThrow(RangeError);
});
