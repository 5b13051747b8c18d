import { expect, test } from 'vitest';
import type { Condition, DefinitionInput, Leaf, Window } from '../rule/definition.ts';
import { exampleOffer, exampleSale } from '../rule/example.ts';
import { historyOf } from './ask-history.ts';
import { compileOffers } from './compile.ts';
import { viewOf } from './condition.ts';
import type { CardFacts, Facts, History } from './facts.ts';
import { holds } from './holds.ts';
import { prepared } from './prepare-condition.ts';

type HistoryLeaf = Extract<Leaf, { type: 'history' }>;

const month: Window = { type: 'month' };
const past: History = { amount: 82_000, count: 4, visits: 3, last: '2026-11-20' };
const card: CardFacts = { bin: '622202', issuer: 'ICBC', kind: 'debit', scheme: null, token: 'c1' };
const byCard = { method: 'card', amount: 18_000, card };

function asking(id: string, conditions: Condition, fields: Partial<DefinitionInput> = {}) {
  return exampleOffer(id, { ...fields, conditions: conditions as DefinitionInput['conditions'] });
}

/** Whether a condition holds for the sale of `exampleSale`, 180.00 on 2026-11-21, after a past in every window. */
function held(condition: Condition, before: Partial<History> | null, fields: Partial<Facts> = {}) {
  const facts = exampleSale(fields);
  const asked = historyOf(facts, compileOffers([asking('a', condition)]));
  const history = Object.fromEntries(asked.map(({ key }) => [key, { ...past, ...before }]));
  return holds(prepared(condition), viewOf({ ...facts, history: before === null ? {} : history }));
}

test.each<[Omit<HistoryLeaf, 'type' | 'window'>, Partial<History> | null, boolean]>([
  // asks                                  before                 holds, this sale included
  [{ measure: 'count', min: 5 }, {}, true],
  [{ measure: 'count', min: 6 }, {}, false],
  [{ measure: 'count', max: 5 }, {}, true],
  [{ measure: 'count', max: 4 }, {}, false],
  [{ measure: 'count', min: 1, max: 1 }, null, true],
  [{ measure: 'count', min: 2 }, null, false],
  [{ measure: 'count', every: 3 }, { count: 1 }, false],
  [{ measure: 'count', every: 3 }, { count: 2 }, true],
  [{ measure: 'count', every: 3 }, { count: 3 }, false],
  [{ measure: 'count', every: 3 }, { count: 5 }, true],
  [{ measure: 'count', every: 3, min: 4 }, { count: 2 }, false],
  [{ measure: 'visits', min: 4 }, {}, true],
  [{ measure: 'visits', min: 4 }, { last: '2026-11-21' }, false],
  [{ measure: 'visits', max: 3 }, { last: '2026-11-21' }, true],
  [{ measure: 'visits', every: 2 }, {}, true],
  [{ measure: 'visits', every: 3 }, { last: '2026-11-21' }, false], // the third visit was earlier today
  [{ measure: 'visits', min: 1, max: 1 }, null, true],
  [{ measure: 'amount', min: 100_000 }, {}, true],
  [{ measure: 'amount', min: 100_000 }, { amount: 81_999 }, false],
  [{ measure: 'amount', max: 100_000 }, {}, true],
  [{ measure: 'amount', max: 100_000 }, { amount: 82_001 }, false],
  [{ measure: 'amount', every: 100_000 }, {}, true],
  [{ measure: 'amount', every: 100_000 }, { amount: 81_999 }, false],
  [{ measure: 'amount', every: 100_000 }, { amount: 100_000 }, false],
])('%j after %j is %s', (asks, before, expected) => {
  expect(held({ type: 'history', window: month, ...asks }, before)).toBe(expected);
});

test.each([
  // chosen goods        measure      least     holds
  [{ skus: ['tea'] }, 'amount', 92_000, true],
  [{ skus: ['tea'] }, 'amount', 92_001, false],
  [{ skus: ['tea'], brands: ['clay'] }, 'amount', 97_000, true],
  [{ skus: ['tea'], brands: ['clay'] }, 'amount', 97_001, false],
  [{ skus: ['tea'] }, 'count', 5, true],
  [{ skus: ['milk'] }, 'count', 4, true], // no milk in this sale: it does not count
  [{ skus: ['milk'] }, 'count', 5, false],
  [{ skus: ['milk'] }, 'visits', 4, false],
  [{ skus: ['milk'] }, 'amount', 82_001, false],
] as const)('of %j the %s reaches %i: %s', (target, measure, min, expected) => {
  const asks = {
    skus: [...target.skus],
    ...('brands' in target && { brands: [...target.brands] }),
  };
  expect(held({ type: 'history', measure, window: month, target: asks, min }, {})).toBe(expected);
});

test('a sale without the goods reaches no multiple, however many were before', () => {
  const milk = { skus: ['milk'] };
  const third: Condition = {
    type: 'history',
    measure: 'count',
    window: month,
    target: milk,
    every: 3,
  };
  expect(held(third, { count: 3 })).toBe(false);
});

test('what is still to pay counts, not the price', () => {
  const reaches: Condition = { type: 'history', measure: 'amount', window: month, min: 18_000 };
  const view = viewOf(exampleSale());
  expect(holds(prepared(reaches), view)).toBe(true);
  expect(holds(prepared(reaches), { ...view, nets: [9_999, 5_000, 3_000] })).toBe(false);
});

test.each<[HistoryLeaf['whose'], Partial<Facts>, boolean]>([
  ['member', {}, true],
  ['member', { member: null, tenders: [byCard] }, false],
  ['card', { member: null, tenders: [byCard] }, true],
  ['card', {}, false],
  ['card', { tenders: [] }, false],
])('sales of the %s are counted for %j: %s', (whose, fields, expected) => {
  const asks: Condition = { type: 'history', whose, measure: 'count', window: month, min: 1 };
  expect(held(asks, {}, fields)).toBe(expected);
});

test.each<[Condition, Partial<History> | null, boolean]>([
  [{ type: 'nth_purchase', numbers: [1] }, null, true],
  [{ type: 'nth_purchase', numbers: [1] }, { count: 0 }, true],
  [{ type: 'nth_purchase', numbers: [1] }, { count: 1 }, false],
  [{ type: 'nth_purchase', numbers: [2, 5] }, {}, true],
  [{ type: 'nth_purchase', every: 5 }, {}, true],
  [{ type: 'nth_purchase', every: 5 }, { count: 5 }, false],
  [{ type: 'nth_purchase', numbers: [6], every: 5 }, { count: 5 }, true],
  [{ type: 'days_since_last', min: 1 }, {}, true],
  [{ type: 'days_since_last', min: 2 }, {}, false],
  [{ type: 'days_since_last', max: 1 }, {}, true],
  [{ type: 'days_since_last', min: 1 }, { last: '2026-11-21' }, false],
  [{ type: 'days_since_last', min: 30, max: 30 }, { last: '2026-10-22' }, true],
  [{ type: 'days_since_last', min: 30, max: 30 }, { last: '2026-10-21' }, false],
  [{ type: 'days_since_last', max: 3_660 }, null, false],
  [{ type: 'none', of: [{ type: 'days_since_last', max: 30 }] }, null, true],
])('%j after %j is %s', (condition, before, expected) => {
  expect(held(condition, before)).toBe(expected);
});

test('no sale of an anonymous buyer is the first one', () => {
  expect(held({ type: 'nth_purchase', numbers: [1] }, null, { member: null })).toBe(false);
});

const count = (window: Window, fields: Partial<HistoryLeaf> = {}): Condition => ({
  type: 'history',
  measure: 'count',
  window,
  min: 1,
  ...fields,
});
const asksOf = (facts: Facts, ...conditions: Condition[]) =>
  historyOf(facts, compileOffers(conditions.map((each, no) => asking(`o${no}`, each))));

test.each<[string, Window, string | null]>([
  ['2026-11-30', { type: 'month' }, '2026-11-01'],
  ['2026-12-01', { type: 'month' }, '2026-12-01'],
  ['2026-03-01', { type: 'month' }, '2026-03-01'],
  ['2026-03-31', { type: 'quarter' }, '2026-01-01'],
  ['2026-04-01', { type: 'quarter' }, '2026-04-01'],
  ['2026-12-31', { type: 'year' }, '2026-01-01'],
  ['2026-11-22', { type: 'week' }, '2026-11-16'],
  ['2026-11-21', { type: 'day' }, '2026-11-21'],
  ['2026-03-01', { type: 'rolling', days: 2 }, '2026-02-28'],
  ['2026-03-01', { type: 'rolling', days: 1 }, '2026-03-01'],
  ['2026-11-21', { type: 'total' }, null],
])('on %s the %j is read from %s', (day, window, from) => {
  expect(asksOf(exampleSale({ day }), count(window))).toMatchObject([
    { whose: 'member', subject: 'm1', from, to: day, target: null },
  ]);
});

test('what several offers count alike is read once, in the order of keys', () => {
  const facts = exampleSale({ tenders: [byCard] });
  const goods = (...skus: string[]) => ({ target: { skus } });
  const asked = asksOf(
    facts,
    count(month),
    count(month, { measure: 'amount' }),
    { type: 'any', of: [count({ type: 'day' }), count({ type: 'rolling', days: 1 })] },
    { type: 'nth_purchase', numbers: [1] },
    { type: 'days_since_last', min: 1 },
    count({ type: 'total' }),
    count(month, { whose: 'card' }),
    count(month, goods('cup', 'tea')),
    count(month, goods('tea', 'cup')),
  );
  const keys = asked.map(({ key }) => key);
  expect(keys).toEqual(keys.toSorted());
  expect(asked.map(({ subject, from, target }) => [subject, from, target?.skus])).toEqual([
    ['c1', '2026-11-01', undefined],
    ['m1', '2026-11-01', undefined],
    ['m1', '2026-11-01', ['cup', 'tea']],
    ['m1', '2026-11-21', undefined],
    ['m1', null, undefined],
  ]);
});

test.each<[string, Partial<Facts>]>([
  ['an anonymous buyer', { member: null }],
  ['another store', { store: 'x' }],
  ['too small a basket', { lines: exampleSale().lines.slice(2) }],
  ['a card that the offer is not for', { tenders: [byCard] }],
])('nothing is read for %s', (_, fields) => {
  const asks: Condition = {
    type: 'all',
    of: [
      { type: 'basket_amount', min: 5_000 },
      { type: 'tender', methods: ['cash'] },
      count(month),
    ],
  };
  const set = compileOffers([asking('a', asks, { scope: { stores: ['store-1'] } })]);
  expect(historyOf(exampleSale(), set)).toHaveLength(1);
  expect(historyOf(exampleSale(fields), set)).toEqual([]);
});
