import { expect, test } from 'vitest';
import { exampleDefinition } from '../rule/example.ts';
import { checkDefinition } from './check.ts';
import { expectFault, type Fields, from, when } from './check.fixture.ts';
import {
  type Condition,
  all,
  none,
  any,
  amount,
  units,
  tender,
  some,
  bin,
  issuer,
  goods,
  times,
  joined,
  summer,
} from './condition-words.fixture.ts';

test.each<[string, Fields]>([
  ['either of two amounts', when(any(amount({ max: 10 }), amount({ min: 20 })))],
  ['what is left under a gross', all(amount({ max: 100 }), amount({ basis: 'net', min: 100 }))],
  ['less paid than the basket was', all(amount({ min: 100 }), amount({ basis: 'net', max: 50 }))],
  ['all but a gap', all(amount({ min: 10, max: 12 }), none(amount({ min: 10, max: 11 })))],
  ['card in part and cash in part', all(some('card'), some('cash'))],
  [
    'two methods but neither alone',
    all(tender('card', 'cash'), none(tender('card'), tender('cash'))),
  ],
  [
    'a card of one bank and one of another',
    all(
      { ...issuer('ICBC'), match: 'any' } as Condition,
      { ...issuer('CCB'), match: 'any' } as Condition,
    ),
  ],
  ['a longer and a shorter card number', all(bin('622202'), bin('6222'))],
  [
    'not a card number of a range',
    all(bin('6222'), none({ type: 'bin', ranges: [{ from: '622200', to: '622298' }] })),
  ],
  ['nothing of cards, without cards', when(none(issuer('ICBC'), tender('card')))],
  ['not gold', when(none({ type: 'tier', tiers: ['gold'] }))],
  ['two labels', all({ type: 'label', labels: ['a'] }, { type: 'label', labels: ['b'] })],
  ['tea without much tea', all(goods('tea'), none({ ...goods('tea'), quantity: 3 }))],
  ['tea in a basket of one', all(goods('tea'), units({ max: 1 }))],
  ['the third of at most three', when(times({ every: 3, max: 3 }))],
  ['a third that is not a sixth', all(times({ every: 3 }), none(times({ every: 6 })))],
  [
    'more in the month than in the week',
    all(times({ min: 5 }), times({ window: { type: 'week' }, max: 1 })),
  ],
  ['a coupon of whoever shows it', all({ type: 'coupon', templates: ['a'] }, none(joined))],
  ['anonymous buyers', when(none(joined))],
  [
    'the second or the fourth, not the third',
    all({ type: 'nth_purchase', numbers: [2, 4] }, none({ type: 'nth_purchase', numbers: [2] })),
  ],
  ['the only Sunday', { ...summer(), conditions: { type: 'weekday', weekdays: [7] } }],
  [
    'a holiday of a year that is not published',
    {
      schedule: { from: '2031-10-01', to: '2031-10-01' },
      conditions: { type: 'day_kind', kinds: ['holiday'] },
    },
  ],
  ['the 31st, for ever', { schedule: { from }, conditions: { type: 'days_of_month', days: [31] } }],
  ['an alternative in vain', all(amount({ max: 10 }), any(amount({ min: 11 }), units({ min: 2 })))],
])('may hold: %s', (_, fields) => {
  expect(checkDefinition(exampleDefinition(fields))).toEqual([]);
});

test.each<[string, Fields, string, RegExp]>([
  // conditions that exclude each other
  [
    'amounts that never meet',
    all(amount({ max: 10 }), amount({ min: 11 })),
    '/conditions/of/1',
    /leave 1 to 10/,
  ],
  [
    'an amount and its opposite',
    all(amount({ min: 5 }), none(amount({ min: 5 }))),
    '/conditions/of/1/of/0',
    /leave 5 and above/,
  ],
  [
    'more to pay than the basket',
    all(amount({ max: 99 }), amount({ basis: 'net', min: 100 })),
    '/conditions/of/1',
    /amount/,
  ],
  [
    'goods dearer than the basket',
    all(amount({ max: 99 }), { ...goods('tea'), amount: 100 }),
    '/conditions/of/1',
    /leave 1 to 99/,
  ],
  [
    'a unit dearer than the basket',
    all(amount({ max: 99 }), { type: 'unit_price', which: 'dearest', min: 100 }),
    '/conditions/of/1',
    /amount/,
  ],
  [
    'the cheapest above the dearest',
    all(
      { type: 'unit_price', which: 'dearest', max: 99 },
      { type: 'unit_price', which: 'cheapest', min: 100 },
    ),
    '/conditions/of/1',
    /unit price/,
  ],
  [
    'more units than the basket',
    all(units({ max: 2 }), { ...goods('tea'), quantity: 3 }),
    '/conditions/of/1',
    /units/,
  ],
  [
    'two tiers at once',
    { audience: { tiers: ['gold'] }, ...when({ type: 'tier', tiers: ['silver'] }) },
    '/conditions',
    /leave only gold/,
  ],
  [
    'a label excluded',
    all({ type: 'label', labels: ['a'] }, none({ type: 'label', labels: ['a', 'b'] })),
    '/conditions/of/0',
    /not among a, b/,
  ],
  [
    'a code in other letters',
    all({ type: 'code', codes: ['vip'] }, none({ type: 'code', codes: ['VIP'] })),
    '/conditions/of/0',
    /VIP/,
  ],
  [
    'a coupon excluded',
    all({ type: 'coupon', templates: ['a'] }, none({ type: 'coupon', templates: ['a'] })),
    '/conditions/of/0',
    /coupon/,
  ],
  [
    'goods excluded',
    all(goods('tea'), none(goods('tea', 'cup'))),
    '/conditions/of/0',
    /excludes these goods/,
  ],
  [
    'days in the programme',
    all({ type: 'member_for', max_days: 30 }, { type: 'member_for', min_days: 31 }),
    '/conditions/of/1',
    /leave 0 to 30/,
  ],
  [
    'members who are none',
    { audience: { members_only: true }, ...when(none(joined)) },
    '/conditions/of/0',
    /days since joining/,
  ],
  [
    'days since the last',
    all({ type: 'days_since_last', max: 30 }, { type: 'days_since_last', min: 31 }),
    '/conditions/of/1',
    /leave 0 to 30/,
  ],
  [
    'the third and the fourth',
    all({ type: 'nth_purchase', numbers: [3] }, { type: 'nth_purchase', numbers: [4, 5] }),
    '/conditions/of/1',
    /number of the purchase/,
  ],
  [
    'the second of every third',
    all({ type: 'nth_purchase', every: 3 }, { type: 'nth_purchase', numbers: [2, 4] }),
    '/conditions/of/0',
    /purchase/,
  ],
  [
    'none of the first sales at all',
    all(times({ max: 3 }), times({ min: 4 })),
    '/conditions/of/1',
    /history/,
  ],
  [
    'a third that is not a third',
    all(times({ every: 6 }), none(times({ every: 3 }))),
    '/conditions/of/1/of/0',
    /history/,
  ],
  [
    'more visits in a week than it has days',
    all(times({ measure: 'visits', window: { type: 'week' }, min: 8 })),
    '/conditions/of/0',
    /history/,
  ],
  [
    'more today than this month',
    all(times({ window: { type: 'day' }, min: 4 }), times({ max: 3 })),
    '/conditions/of/1',
    /history/,
  ],
])('never holds: %s', (_, fields, pointer, en) => expectFault(fields, pointer, en));

test('every way in which alternatives fail is said', () => {
  const faults = checkDefinition(
    exampleDefinition({
      ...all(amount({ max: 10 }), any(amount({ min: 11 }), amount({ min: 12 }))),
    }),
  );
  expect(faults.map(({ pointer }) => pointer)).toEqual([
    '/conditions/of/1/of/0',
    '/conditions/of/1/of/1',
  ]);
});

test('a tree with more ways than are looked at is taken as it is', () => {
  const pairs = Array.from({ length: 12 }, (_, index) =>
    any(amount({ min: index + 1 }), units({ min: 1 })),
  );
  expect(checkDefinition(exampleDefinition(all(...pairs)))).toEqual([]);
});

test('the largest tree that is legal is looked through without holding up the process', () => {
  const tiers = Array.from({ length: 1_000 }, (_, at) => `tier-${at}`);
  const wide = Array.from({ length: 9 }, (): Condition => ({ type: 'tier', tiers }));
  const ways = Array.from({ length: 6 }, (_, at) =>
    any(amount({ min: at + 1 }), units({ min: 1 })),
  );
  const begin = performance.now();
  expect(checkDefinition(exampleDefinition(all(...wide, ...ways)))).toEqual([]);
  expect(performance.now() - begin).toBeLessThan(5_000);
});
