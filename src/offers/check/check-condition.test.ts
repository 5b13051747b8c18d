import { test } from 'vitest';
import { expectFault, type Fields, month, when } from './check.fixture.ts';

test.each<[string, Fields, string, RegExp]>([
  // conditions, each by itself
  [
    'contains nothing',
    when({ type: 'any', of: [{ type: 'contains' }] }),
    '/conditions/of/0',
    /skus/,
  ],
  ['amount without bounds', when({ type: 'basket_amount' }), '/conditions', /min, max or both/],
  [
    'max under min',
    when({ type: 'basket_amount', min: 2, max: 1 }),
    '/conditions/max',
    /at least min, 2/,
  ],
  [
    'days in the programme reversed',
    when({ type: 'member_for', min_days: 2, max_days: 1 }),
    '/conditions/max_days',
    /min_days, 2/,
  ],
  [
    'a price of nothing',
    when({ type: 'unit_price', which: 'dearest', min: 1, target: {} }),
    '/conditions/target',
    /skus/,
  ],
  ['no card numbers', when({ type: 'bin' }), '/conditions', /prefixes, ranges/],
  [
    'a range of card numbers reversed',
    when({ type: 'bin', ranges: [{ from: '6211', to: '6210' }] }),
    '/conditions/ranges/0/to',
    /below 6211/,
  ],
  [
    'a range of two lengths',
    when({ type: 'bin', ranges: [{ from: '621', to: '6219' }] }),
    '/conditions/ranges/0/to',
    /3 digits/,
  ],
  [
    'a wallet as a way to pay',
    when({ type: 'tender', methods: ['cash', 'wechat'] }),
    '/conditions/methods/1',
    /cash, card, wallet/,
  ],
  [
    'no such category code',
    when({ type: 'mcc', codes: ['5411', 'food'] }),
    '/conditions/codes/1',
    /four digits/,
  ],
  ['no purchase at all', when({ type: 'nth_purchase' }), '/conditions', /numbers or every/],
  [
    'a history of nothing',
    when({ type: 'history', measure: 'count', window: month }),
    '/conditions',
    /min, max or both/,
  ],
  [
    'every fourth of three',
    when({ type: 'history', measure: 'count', window: month, every: 4, max: 3 }),
    '/conditions/every',
    /at most max, 3/,
  ],
  [
    'too many names',
    when({
      type: 'all',
      of: Array.from({ length: 11 }, () => ({
        type: 'any',
        of: [{ type: 'contains', skus: Array.from({ length: 910 }, (_, at) => `S${at}`) }],
      })),
    }),
    '/conditions',
    /at most 10000 names/,
  ],
  [
    'too many conditions',
    when({
      type: 'all',
      of: Array.from({ length: 5 }, () => ({
        type: 'any',
        of: Array.from({ length: 41 }, () => ({ type: 'weekday', weekdays: [1] })),
      })),
    }),
    '/conditions',
    /at most 200/,
  ],
])('refused: %s', (_, fields, pointer, en) => expectFault(fields, pointer, en));
