import { expect, test } from 'vitest';
import { type CalendarWindow, windowOf } from './calendar-window.ts';

const types = ['day', 'week', 'month', 'quarter', 'year', 'total'] as const;
const rolling = (days: number): CalendarWindow => ({ type: 'rolling', days });

test.each([
  // day         window          first         last
  ['2026-11-21', 'day', '2026-11-21', '2026-11-21'],
  ['2026-11-16', 'week', '2026-11-16', '2026-11-22'], // a Monday
  ['2026-11-22', 'week', '2026-11-16', '2026-11-22'], // a Sunday
  ['2026-11-23', 'week', '2026-11-23', '2026-11-29'],
  ['2027-01-01', 'week', '2026-12-28', '2027-01-03'], // across the year
  ['2024-03-01', 'week', '2024-02-26', '2024-03-03'], // across a leap day
  ['2026-01-31', 'month', '2026-01-01', '2026-01-31'],
  ['2026-02-01', 'month', '2026-02-01', '2026-02-28'],
  ['2026-02-28', 'month', '2026-02-01', '2026-02-28'],
  ['2024-02-29', 'month', '2024-02-01', '2024-02-29'],
  ['2026-12-31', 'month', '2026-12-01', '2026-12-31'],
  ['2026-01-01', 'quarter', '2026-01-01', '2026-03-31'],
  ['2026-03-31', 'quarter', '2026-01-01', '2026-03-31'],
  ['2026-04-01', 'quarter', '2026-04-01', '2026-06-30'],
  ['2026-08-31', 'quarter', '2026-07-01', '2026-09-30'],
  ['2026-12-31', 'quarter', '2026-10-01', '2026-12-31'],
  ['2026-01-01', 'year', '2026-01-01', '2026-12-31'],
  ['2024-12-31', 'year', '2024-01-01', '2024-12-31'],
  ['2026-11-21', 'total', null, null],
  ['2026-11-21', rolling(1), '2026-11-21', '2026-11-21'],
  ['2026-11-21', rolling(30), '2026-10-23', '2026-11-21'],
  ['2024-03-01', rolling(2), '2024-02-29', '2024-03-01'],
  ['2026-03-01', rolling(2), '2026-02-28', '2026-03-01'],
  ['2026-01-01', rolling(366), '2025-01-01', '2026-01-01'],
  ['2025-01-01', rolling(366), '2024-01-02', '2025-01-01'],
] as const)('%s lies in the %s from %s to %s', (day, written, from, to) => {
  const window: CalendarWindow = typeof written === 'string' ? { type: written } : written;
  expect(windowOf(day, window)).toEqual({ from, to });
});

test.each(types)('every day of a %s says the same bounds', (type) => {
  const bounds = windowOf('2026-11-21', { type });
  for (const day of [bounds.from ?? '2020-01-01', bounds.to ?? '2030-01-01'])
    expect(windowOf(day, { type })).toEqual(bounds);
});
