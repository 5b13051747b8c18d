import { expect, test } from 'vitest';
import { exampleSale } from '../rule/example.ts';
import { compileOffers } from './compile.ts';
import { decide } from './evaluate.ts';
import type { Facts } from './facts.ts';
import { retested } from './retest.ts';
import { basket, type Fields, FREE, off, offersOf, tea } from './tables.fixture.ts';

const again: Fields = { clawback: { retest: 'threshold' } };
const perYuan = {
  kind: 'points',
  earn: { by: 'per_yuan', rate: 1_000_000 },
  expiry: { type: 'none' },
} as const;
const save = (amount: number, spend: number) => off({ by: 'amount', amount }, { spend });
const from = (min: number, basis?: 'net') =>
  ({ type: 'basket_amount', min, ...(basis && { basis }) }) as const;
const tenOffTea = off({ by: 'percent', rate: 100_000 }, { target: tea });

/** What every decision of a sale keeps when of its lines only `left` is left: "20 of 20, 0 of 15". */
function kept(
  offers: Record<string, Fields>,
  sold: string,
  left: string,
  sale: Partial<Facts> = {},
) {
  const facts = exampleSale({ lines: basket(sold), ...sale });
  const set = compileOffers(offersOf(offers));
  const { decisions } = decide(facts, set).evaluation;
  const keeps = retested(decisions, facts, set, basket(left));
  return decisions.map(({ amount }, at) => `${keeps[at]} of ${amount}`).join(', ');
}

test.each<[string, Record<string, Fields>, string, string, string]>([
  // what                       offers                                         sold                    left                    kept
  [
    'not tested again',
    { a: { benefits: [save(20, 200)] } },
    'tea 1 150, cup 1 50',
    'tea 1 150, cup 0 0',
    '15 of 20',
  ],
  [
    'reached still',
    { a: { ...again, benefits: [save(20, 200)] } },
    'tea 1 250, cup 1 50',
    'tea 1 250, cup 0 0',
    '17 of 20',
  ],
  [
    'reached exactly',
    { a: { ...again, benefits: [save(20, 200)] } },
    'tea 1 200, cup 1 50',
    'tea 1 200, cup 0 0',
    '16 of 20',
  ],
  [
    'not reached any more',
    { a: { ...again, benefits: [save(20, 200)] } },
    'tea 1 199, cup 1 50',
    'tea 1 199, cup 0 0',
    '0 of 20',
  ],
  [
    'nothing refunded',
    { a: { ...again, benefits: [save(20, 200)] } },
    'tea 1 150, cup 1 50',
    'tea 1 150, cup 1 50',
    '20 of 20',
  ],
  [
    'everything refunded',
    { a: { ...again, benefits: [save(20, 200)] } },
    'tea 1 150, cup 1 50',
    'tea 0 0, cup 0 0',
    '0 of 20',
  ],
  [
    'twice 20, then once',
    { a: { ...again, benefits: [off({ by: 'amount', amount: 20, times: 9 }, { spend: 200 })] } },
    'tea 2 400',
    'tea 1 200',
    '20 of 40',
  ],
  [
    'a lower step',
    {
      a: {
        ...again,
        benefits: [
          off({
            by: 'tiered',
            steps: [
              { from: 100, rate: 50_000 },
              { from: 200, rate: 100_000 },
            ],
          }),
        ],
      },
    },
    'tea 2 200',
    'tea 1 100',
    '5 of 20',
  ],
  [
    'a condition on the basket',
    { a: { ...again, benefits: [perYuan], conditions: from(20_000) } },
    'tea 2 20000',
    'tea 1 10000',
    '0 of 200',
  ],
  [
    'a condition on goods that are all gone',
    { a: { ...again, benefits: [perYuan], conditions: { type: 'contains', skus: ['tea'] } } },
    'tea 1 1000, cup 1 1000',
    'tea 0 0, cup 1 1000',
    '0 of 20',
  ],
  [
    'buy two get one: still three',
    { a: { ...again, benefits: [off({ by: 'buy_get', buy: 2, get: 1, rate: FREE })] } },
    'tea 4 400',
    'tea 3 300',
    '75 of 100',
  ],
  [
    'buy two get one: two are left',
    { a: { ...again, benefits: [off({ by: 'buy_get', buy: 2, get: 1, rate: FREE })] } },
    'tea 3 300',
    'tea 2 200',
    '0 of 100',
  ],
  [
    'a discount that is lost leaves more to pay: the points stay in proportion',
    { a: { ...again, benefits: [save(2_000, 20_000)] }, p: { ...again, benefits: [perYuan] } },
    'tea 2 20000',
    'tea 1 10000',
    '0 of 2000, 90 of 180',
  ],
  [
    'a condition on what is to pay, with what is kept of the discount before it',
    {
      a: { benefits: [save(1_000, 10_000)] },
      p: { ...again, benefits: [perYuan], conditions: from(9_500, 'net') },
    },
    'tea 2 20000',
    'tea 1 10000',
    '500 of 1000, 95 of 190',
  ],
  [
    'the same, a fen short',
    {
      a: { benefits: [save(1_000, 10_000)] },
      p: { ...again, benefits: [perYuan], conditions: from(9_501, 'net') },
    },
    'tea 2 20000',
    'tea 1 10000',
    '500 of 1000, 0 of 190',
  ],
  [
    'no offer is regained by losing another',
    {
      a: { ...again, priority: 1, benefits: [save(20, 110)] },
      b: { ...again, priority: 2, benefits: [save(30, 100)] },
    },
    'tea 10 130',
    'tea 8 109',
    '0 of 20, 0 of 30',
  ],
  [
    'each offer by its own word',
    { a: { priority: 1, benefits: [tenOffTea] }, b: { ...again, benefits: [save(100, 900)] } },
    'tea 1 500, cup 1 500',
    'tea 1 500, cup 0 0',
    '50 of 50, 0 of 100',
  ],
  [
    'units that another offer used up are still its own',
    {
      a: {
        priority: 1,
        stacking: { lane: 'line' },
        benefits: [off({ by: 'buy_get', buy: 2, get: 1, rate: FREE, times: 1 }, { target: tea })],
      },
      b: {
        ...again,
        stacking: { lane: 'line' },
        benefits: [off({ by: 'bundle', price: 150, parts: [{ ...tea, quantity: 2 }] })],
      },
    },
    'tea 5 500, cake 1 1000',
    'tea 5 500, cake 0 0',
    '100 of 100, 50 of 50',
  ],
])('%s', (_what, offers, sold, left, keeps) => {
  expect(kept(offers, sold, left)).toBe(keeps);
});

test('a fixed amount of a window goes back when the sale that reached it no longer does', () => {
  const monthly: Fields = {
    ...again,
    benefits: [
      {
        kind: 'cashback',
        earn: { by: 'fixed', amount: 3_000 },
        timing: { type: 'cumulative', window: { type: 'month' }, reach: { amount: 100_000 } },
      },
    ],
  };
  const usage = { 'pool:a:0:member:m1:month:2026-11-01': { count: 3, amount: 80_000 } };
  expect(kept({ a: monthly }, 'tea 4 40000', 'tea 2 20000', { usage })).toBe('1500 of 3000');
  expect(kept({ a: monthly }, 'tea 4 40000', 'tea 1 10000', { usage })).toBe('0 of 3000');
});

test('the lines left are those of the sale', () => {
  const facts = exampleSale({ lines: basket('tea 1 100, cup 1 100') });
  const set = compileOffers(offersOf({ a: again }));
  const { decisions } = decide(facts, set).evaluation;
  expect(() => retested(decisions, facts, set, basket('tea 1 100'))).toThrow(RangeError);
  expect(() => retested(decisions, facts, set, basket('tea 1 101, cup 1 100'))).toThrow(RangeError);
});
