import { expect, test } from 'vitest';
import { type ExpiryRule, lastUsableDay } from '#kernel/expiry';

test.each<[string, ExpiryRule, string, string | null]>([
  // name                          rule                                                from          last usable day
  ['never', { type: 'none' }, '2026-11-21', null],
  ['so many days', { type: 'rolling', days: 30 }, '2026-11-21', '2026-12-21'],
  ['one day more', { type: 'rolling', days: 1 }, '2028-02-28', '2028-02-29'],
  ['to the month', { type: 'rolling', days: 30, round_up_to: 'month' }, '2026-11-21', '2026-12-31'],
  ['its own end', { type: 'rolling', days: 7, round_up_to: 'month' }, '2026-11-23', '2026-11-30'],
  ['leap month', { type: 'rolling', days: 1, round_up_to: 'month' }, '2028-02-01', '2028-02-29'],
  ['quarter', { type: 'rolling', days: 10, round_up_to: 'quarter' }, '2026-04-01', '2026-06-30'],
  ['next', { type: 'rolling', days: 10, round_up_to: 'quarter' }, '2026-09-25', '2026-12-31'],
  ['to the year', { type: 'rolling', days: 365, round_up_to: 'year' }, '2026-01-01', '2027-12-31'],
  ['this year', { type: 'end_of_year', years: 0 }, '2026-11-21', '2026-12-31'],
  ['next year', { type: 'end_of_year', years: 1 }, '2028-02-29', '2029-12-31'],
  ['a date', { type: 'date', day: '2027-06-30' }, '2026-11-21', '2027-06-30'],
])('%s', (_name, rule, from, last) => {
  expect(lastUsableDay(rule, from)).toBe(last);
});
