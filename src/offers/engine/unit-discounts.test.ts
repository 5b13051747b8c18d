import { expect, test } from 'vitest';
import {
  basket,
  cup,
  decided,
  type Fields,
  FREE,
  HALF,
  inLine,
  off,
  type Off,
  sharesOf,
  tea,
} from './tables.fixture.ts';

const nth = (each: number, rate: number, times?: number) =>
  off({ by: 'nth_item', nth: each, rate, ...(times && { times }) });
const buy = (bought: number, get: number, times?: number) =>
  off({ by: 'buy_get', buy: bought, get, rate: FREE, ...(times && { times }) });
const getCup = (bought: number, more: Partial<Off> = {}) =>
  off({ by: 'buy_get', buy: bought, get: 1, of: cup, rate: FREE }, more);
const bundle = (price: number, times?: number) =>
  off({
    by: 'bundle',
    price,
    parts: [
      { ...tea, quantity: 1 },
      { ...cup, quantity: 2 },
    ],
    ...(times && { times }),
  });
const pairOf = (price: number) =>
  off({
    by: 'bundle',
    price,
    parts: [
      { ...tea, quantity: 1 },
      { ...cup, quantity: 1 },
    ],
  });
const anyTWithTea = off({
  by: 'bundle',
  price: 100,
  parts: [
    { categories: ['t'], quantity: 1 },
    { ...tea, quantity: 1 },
  ],
});
const five = 'tea 1 90, tea 1 80, cup 1 70, cup 1 60, cake 1 50';

test.each<[string, Off, string, string]>([
  // what                              discount              lines                               off
  ['the second half price', nth(2, HALF), 'tea 1 80, cup 1 90', '40 0'],
  ['every second of five, dearest first', nth(2, FREE), five, '0 80 0 60 0'],
  ['every second of five, once', nth(2, FREE, 1), five, '0 80 0 0 0'],
  ['every third within a line', nth(3, FREE), 'tea 7 700', '200'],
  ['every third, one short', nth(3, FREE), 'tea 2 200', ''],
  ['two odd prices round once', nth(2, HALF), 'tea 4 132', '33'],
  ['units of 34, 33, 33: the second', nth(2, FREE), 'tea 3 100', '33'],
  ['buy 2 get 1 of three', buy(2, 1), 'tea 1 90, cup 1 50, cake 1 70', '0 50 0'],
  ['buy 2 get 1 of two', buy(2, 1), 'tea 2 200', ''],
  ['buy 2 get 1 of six', buy(2, 1), 'tea 4 400, cup 2 100', '0 100'],
  ['buy 2 get 1 of six, once', buy(2, 1, 1), 'tea 4 400, cup 2 100', '0 50'],
  ['buy 2 get 2 of three: the one there is', buy(2, 2), 'tea 3 300', '100'],
  ['buy 2 get 2 of seven: the last set is not whole', buy(2, 2), 'tea 7 700', '300'],
  ['buy tea get a cup', getCup(1, { target: tea }), 'tea 2 200, cup 3 90', '0 60'],
  ['buy tea get a cup, no cup', getCup(1, { target: tea }), 'tea 2 200', ''],
  ['buy any two get a cup', getCup(2), 'tea 2 200, cup 1 90', '0 90'],
  ['one of the cups has to be bought', getCup(2), 'tea 1 100, cup 2 180', '0 90'],
  ['a bundle', bundle(200), 'tea 1 100, cup 2 180', '29 51'],
  ['two bundles and a rest', bundle(200), 'tea 3 300, cup 5 450', '57 103'],
  ['one bundle of two', bundle(200, 1), 'tea 3 300, cup 5 450', '29 51'],
  ['the dearest go into the bundle', pairOf(100), 'tea 1 60, tea 1 90, cup 1 40', '0 21 9'],
  ['as dear as its parts', bundle(280), 'tea 1 100, cup 2 180', ''],
  ['only the sets that save', pairOf(100), 'tea 1 90, tea 1 50, cup 1 60, cup 1 40', '30 0 20 0'],
  ['a part is missing', bundle(100), 'tea 1 100, cup 1 90', ''],
  ['who has fewer to choose from goes first', anyTWithTea, 'tea 1 90, tray 1 60', '30 20'],
])('%s', (_what, benefit, lines, shares) => {
  const found = decided({ a: { benefits: [benefit] } }, { lines: basket(lines) });
  expect(sharesOf(found)).toEqual(shares === '' ? {} : { a: shares });
});

const half = off({ by: 'percent', rate: HALF });
const pairOfTea = off({ by: 'bundle', price: 150, parts: [{ ...tea, quantity: 2 }] });

test.each<[string, Record<string, Fields>, string, Record<string, string>]>([
  [
    'of five, two are left for the second offer',
    { a: inLine(1, buy(2, 1, 1)), b: inLine(2, pairOfTea) },
    'tea 5 500',
    { a: '100', b: '50' },
  ],
  [
    'of four, no two are left',
    { a: inLine(1, buy(2, 1, 1)), b: inLine(2, pairOfTea) },
    'tea 4 400',
    { a: '100' },
  ],
  [
    'who comes first takes them',
    { a: inLine(2, buy(2, 1, 1)), b: inLine(1, pairOfTea) },
    'tea 4 400',
    { b: '100' },
  ],
  [
    'over lanes too',
    { a: inLine(1, nth(2, HALF)), b: { ...inLine(1, pairOfTea), stacking: { lane: 'order' } } },
    'tea 3 300',
    { a: '50' },
  ],
  [
    'a free unit is not discounted again',
    { a: inLine(1, buy(2, 1, 1)), b: inLine(2, nth(2, HALF)) },
    'tea 3 300, cup 1 50',
    { a: '0 50' },
  ],
  [
    'the units left over may be',
    { a: inLine(1, buy(2, 1, 1)), b: inLine(2, nth(2, HALF)) },
    'tea 4 400, cup 1 50',
    { a: '0 50', b: '50 0' },
  ],
  [
    'a percentage lowers the units that come after it',
    { a: inLine(1, half), b: inLine(2, buy(2, 1)) },
    'tea 3 300',
    { a: '150', b: '50' },
  ],
  [
    'a percentage may follow: it measures on what is to pay',
    { a: inLine(1, buy(2, 1)), b: inLine(2, half) },
    'tea 3 300',
    { a: '100', b: '100' },
  ],
  [
    'a fixed price may follow: the free unit costs nothing already',
    { a: inLine(1, buy(2, 1)), b: inLine(2, off({ by: 'fixed_price', price: 60 })) },
    'tea 3 300',
    { a: '100', b: '80' },
  ],
  [
    'what a cap left to pay of a free unit stays on it',
    {
      a: inLine(1, { ...buy(2, 1), cap: 70 }),
      b: inLine(
        2,
        off({ by: 'fixed_price', price: 0 }, { select: { order: 'cheapest', units: 1 } }),
      ),
    },
    'tea 3 300',
    { a: '70', b: '30' },
  ],
])('a unit is used once: %s', (_what, offers, lines, shares) => {
  expect(sharesOf(decided(offers, { lines: basket(lines) }))).toEqual(shares);
});

test.each<[string, Off, string, string]>([
  ['too few for the nth', nth(3, FREE), 'tea 2 150', 'units 2 3'],
  ['too few to buy', buy(3, 1), 'tea 2 150', 'units 2 3'],
  ['nothing left to get', buy(2, 1), 'tea 2 150', 'units 2 3'],
  ['no cup to get', getCup(1, { target: tea }), 'tea 2 150', 'units 0 1'],
  ['a part is missing', bundle(1), 'tea 2 150, cup 1 10', 'units 1 2'],
])('not granted: %s', (_what, benefit, lines, reason) => {
  const { denied } = decided({ a: { benefits: [benefit] } }, { lines: basket(lines) });
  expect(denied).toEqual([reason]);
});

test('a line of a million units is as quick as one', () => {
  const lines = basket('tea 1000000 100000001, cup 1000000 90000000');
  const offers = { a: inLine(1, buy(2, 1)), b: inLine(2, pairOf(150)), c: inLine(3, nth(7, HALF)) };
  expect(decided(offers, { lines }).decisions.map(({ amount }) => amount)).toEqual([59_999_940]);
});
