import { expect, test } from 'vitest';
import { addDays, birthdayIn, dayNumber } from './day.ts';

test.each([
  ['1970-01-01', 0],
  ['1969-12-31', -1],
  ['1970-12-31', 364],
  ['2000-03-01', 11_017],
  ['2026-11-21', 20_778],
] as const)('%s is day %i', (day, number) => {
  expect(dayNumber(day)).toBe(number);
  expect(addDays('1970-01-01', number)).toBe(day);
});

test.each([
  ['02-29', 2024, '2024-02-29'],
  ['02-29', 2026, '2026-02-28'],
  ['02-28', 2026, '2026-02-28'],
  ['12-31', 2026, '2026-12-31'],
] as const)('a birthday on %s is kept in %i on %s', (birthday, year, day) => {
  expect(birthdayIn(year, birthday)).toBe(day);
});
