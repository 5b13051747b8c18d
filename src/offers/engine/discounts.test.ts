import { expect, test } from 'vitest';
import {
  basket,
  decided,
  FREE,
  HALF,
  inLine,
  off,
  type Fields,
  type Off,
  cup,
  sharesOf,
} from './tables.fixture.ts';

const percent = (rate: number, more: Partial<Off> = {}) => off({ by: 'percent', rate }, more);
const amount = (fen: number, more: Partial<Off> = {}) => off({ by: 'amount', amount: fen }, more);
const per100 = (times: number) => off({ by: 'amount', amount: 10, times }, { spend: 100 });
const down = off({ by: 'percent', rate: 50_000, rounding: 'down' });
const price = (fen: number, units?: number) =>
  off({ by: 'fixed_price', price: fen, ...(units && { units }) });
const steps = off({
  by: 'tiered',
  steps: [
    { from: 300, rate: 200_000 },
    { from: 100, rate: 50_000 },
    { from: 200, amount: 30 },
  ],
});
const cheapest = (units: number) => ({ select: { order: 'cheapest', units } }) as const;
const dearest = (units: number) => ({ select: { order: 'dearest', units } }) as const;

test.each<[string, Off, string, string]>([
  // what                              discount                            lines                                  off
  ['percent, half-up', percent(50_000), 'tea 1 10', '1'],
  ['percent, down', down, 'tea 1 19', ''],
  ['percent over lines', percent(100_000), 'tea 1 333, cup 1 333, cake 1 334', '33 33 34'],
  ['percent with a cap', percent(HALF, { cap: 20 }), 'tea 1 100, cup 1 300', '5 15'],
  ['percent of chosen lines', percent(HALF, { target: cup }), 'tea 1 100, cup 1 300', '0 150'],
  ['all of it', percent(FREE), 'tea 1 100, cup 1 300', '100 300'],
  ['amount', amount(100), 'tea 1 100, cup 1 200', '33 67'],
  ['amount, ties to the lower index', amount(100), 'tea 1 50, cup 1 50, cake 1 50', '34 33 33'],
  ['amount above the base', amount(400), 'tea 1 100, cup 1 200', '100 200'],
  ['amount per 100', per100(9), 'tea 1 399', '30'],
  ['amount per 100, at most twice', per100(2), 'tea 1 399', '20'],
  ['threshold met', amount(10, { spend: 300 }), 'tea 1 300', '10'],
  ['threshold missed by a fen', amount(10, { spend: 300 }), 'tea 1 299', ''],
  [
    'threshold of chosen lines',
    amount(10, { spend: 200, target: cup }),
    'tea 1 300, cup 1 199',
    '',
  ],
  // A line of three for 100 has units of 34, 33 and 33.
  ['fixed price', price(30), 'tea 3 100', '10'],
  ['fixed price of the dearest unit', price(30, 1), 'tea 3 100', '4'],
  ['fixed price as high as the price', price(34), 'tea 3 100', ''],
  ['fixed price of nothing', price(0), 'tea 3 100', '100'],
  ['fixed price where some cost less', price(50), 'tea 1 40, cup 1 80', '0 30'],
  ['under the first step', steps, 'tea 1 99', ''],
  ['first step', steps, 'tea 1 100', '5'],
  ['first step, half-up', steps, 'tea 1 199', '10'],
  ['second step', steps, 'tea 1 200', '30'],
  ['end of the second step', steps, 'tea 1 299', '30'],
  ['last step', steps, 'tea 1 300', '60'],
  ['the cheapest item half price', percent(HALF, cheapest(1)), 'tea 2 200, cup 1 60', '0 30'],
  ['10 off the two dearest', amount(10, dearest(2)), 'tea 1 30, cup 1 60, cake 1 60', '0 5 5'],
  ['more units than there are', percent(HALF, cheapest(9)), 'tea 2 200, cup 1 60', '100 30'],
  [
    'the cheapest free from 300',
    percent(FREE, { spend: 300, ...cheapest(1) }),
    'tea 3 240, cup 1 60',
    '0 60',
  ],
  [
    'the cheapest two for 10 each',
    off({ by: 'fixed_price', price: 10 }, cheapest(2)),
    'tea 3 100',
    '46',
  ],
])('%s', (_what, benefit, lines, shares) => {
  const found = decided({ a: { benefits: [benefit] } }, { lines: basket(lines) });
  expect(sharesOf(found)).toEqual(shares === '' ? {} : { a: shares });
  const taken = found.decisions.reduce((sum, each) => sum + each.amount, 0);
  expect([found.discount, found.due]).toEqual([taken, found.gross - taken]);
});

const half = percent(HALF);
const first = inLine(1, amount(40, { target: cup }));

test.each<[string, Record<string, Fields>, Record<string, string>]>([
  // tea 100, cup 100: first 40 off the cup
  ['on what is to pay', { a: first, b: inLine(2, half) }, { a: '0 40', b: '50 30' }],
  [
    'on the price before',
    { a: first, b: inLine(2, half, { base: 'initial' }) },
    { a: '0 40', b: '63 37' },
  ],
  [
    'on the price before, never more than what is to pay',
    { a: first, b: inLine(2, percent(900_000), { base: 'initial' }) },
    { a: '0 40', b: '100 60' },
  ],
  [
    'steps on the price before',
    { a: first, b: inLine(2, steps, { base: 'initial' }) },
    { a: '0 40', b: '19 11' },
  ],
  ['steps on what is to pay', { a: first, b: inLine(2, steps) }, { a: '0 40', b: '5 3' }],
  [
    'a threshold is always of what is to pay',
    { a: first, b: inLine(2, amount(10, { spend: 161 }), { base: 'initial' }) },
    { a: '0 40' },
  ],
  [
    'lane before priority',
    { a: { ...first, stacking: { lane: 'tender' } }, b: inLine(2, half) },
    { b: '50 50', a: '0 40' },
  ],
])('after another discount: %s', (_what, offers, shares) => {
  expect(sharesOf(decided(offers, { lines: basket('tea 1 100, cup 1 100') }))).toEqual(shares);
});

test.each<[string, Off, string, string]>([
  ['nothing to pay', half, 'tea 1 0', 'nothing_to_pay 0 1'],
  ['under the threshold', amount(1, { spend: 200 }), 'tea 1 150', 'spend 150 200'],
  ['under the first step', steps, 'tea 1 50', 'spend 50 100'],
  ['too little', percent(1), 'tea 2 150', 'rounds_to_zero 0 1'],
])('not granted: %s', (_what, benefit, lines, reason) => {
  const { denied } = decided({ a: { benefits: [benefit] } }, { lines: basket(lines) });
  expect(denied).toEqual([reason]);
});
