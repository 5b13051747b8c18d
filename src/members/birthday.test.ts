import { expect, test } from 'vitest';
import { isBirthday } from './birthday.ts';
import { monthDayOf } from './month-day.ts';

test.each([
  ['05-04', true],
  ['1990-05-04', true],
  ['02-29', true],
  ['2000-02-29', true],
  ['1900-01-01', true],
  ['2026-11-21', true],
  ['2026-11-22', false],
  ['1899-12-31', false],
  ['1990-02-29', false],
  ['02-30', false],
  ['13-01', false],
  ['00-10', false],
  ['5-4', false],
  ['--05-04', false],
  ['1990-05-04T00:00', false],
  ['', false],
])('"%s" is a birthday: %s', (text, legal) => {
  expect(isBirthday(text, '2026-11-21')).toBe(legal);
});

test('month and day are all that leaves the room', () => {
  expect([monthDayOf('1990-05-04'), monthDayOf('05-04')]).toEqual(['05-04', '05-04']);
});
