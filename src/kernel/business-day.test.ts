import { describe, expect, test } from 'vitest';
import { addBusinessDays, dayKind, isWorkday, publishedThrough } from '#kernel/business-day';

describe('what the calendar says of a day', () => {
  test.each([
    // day           kind         why
    ['2025-01-01', 'holiday', "New Year's Day"],
    ['2025-01-26', 'workday', 'a Sunday made up for Spring Festival'],
    ['2025-01-27', 'workday', 'the Monday before it'],
    ['2025-01-28', 'holiday', 'Spring Festival begins'],
    ['2025-02-04', 'holiday', 'and its last day, taken in lieu'],
    ['2025-02-05', 'workday', 'the Wednesday after it'],
    ['2025-02-08', 'workday', 'a Saturday made up'],
    ['2025-02-09', 'rest', 'an ordinary Sunday'],
    ['2025-09-28', 'workday', 'a Sunday made up for National Day'],
    ['2025-10-06', 'holiday', 'Mid-autumn inside National Day'],
    ['2025-10-08', 'holiday', 'the last day of National Day'],
    ['2025-10-09', 'workday', 'the Thursday after it'],
    ['2025-10-11', 'workday', 'a Saturday made up'],
    ['2026-01-04', 'workday', "a Sunday made up for New Year's Day"],
    ['2026-02-14', 'workday', 'a Saturday made up for Spring Festival'],
    ['2026-02-15', 'holiday', 'Spring Festival begins on a Sunday'],
    ['2026-02-23', 'holiday', 'and its last day, a Monday'],
    ['2026-02-24', 'workday', 'the Tuesday after it'],
    ['2026-02-28', 'workday', 'a Saturday made up'],
    ['2026-03-01', 'rest', 'an ordinary Sunday'],
    ['2026-09-20', 'workday', 'a Sunday made up for National Day'],
    ['2026-10-01', 'holiday', 'National Day begins'],
    ['2026-10-07', 'holiday', 'and its last day, taken in lieu'],
    ['2026-10-10', 'workday', 'a Saturday made up'],
    ['2026-12-31', 'workday', 'the last published day'],
    ['2027-01-01', 'holiday', '1 January of a year not published yet'],
    ['2027-01-02', 'rest', 'a Saturday of it'],
    ['2027-02-08', 'workday', 'a Monday whose holiday is not known yet'],
  ])('%s is a %s: %s', (day, kind) => {
    expect(dayKind(day)).toBe(kind);
    expect(isWorkday(day)).toBe(kind === 'workday');
  });

  test('the list reaches the end of a year', () => {
    expect(publishedThrough).toBe('2026-12-31');
  });
});

describe('T+n', () => {
  test.each([
    // day           n  arrives        provisional  why
    ['2026-03-02', 1, '2026-03-03', false, 'Monday to Tuesday'],
    ['2026-03-06', 1, '2026-03-09', false, 'Friday to Monday'],
    ['2026-03-07', 1, '2026-03-09', false, 'Saturday counts from itself'],
    ['2025-01-25', 1, '2025-01-26', false, 'to a Sunday made up'],
    ['2025-01-27', 1, '2025-02-05', false, 'over Spring Festival 2025'],
    ['2025-09-30', 1, '2025-10-09', false, 'over National Day 2025'],
    ['2025-10-10', 1, '2025-10-11', false, 'Friday to a Saturday made up'],
    ['2026-02-13', 1, '2026-02-14', false, 'Friday to a Saturday made up'],
    ['2026-02-13', 3, '2026-02-25', false, 'a make-up day, then over Spring Festival 2026'],
    ['2026-02-14', 1, '2026-02-24', false, 'over Spring Festival 2026'],
    ['2026-02-18', 1, '2026-02-24', false, 'from inside it'],
    ['2026-02-27', 1, '2026-02-28', false, 'Friday to a Saturday made up'],
    ['2026-09-30', 1, '2026-10-08', false, 'over National Day 2026'],
    ['2026-09-30', 3, '2026-10-10', false, 'the third is a Saturday made up'],
    ['2026-12-30', 1, '2026-12-31', false, 'the last published day'],
    ['2026-12-31', 1, '2027-01-04', true, 'over 1 January and a weekend, not published'],
    ['2026-12-25', 5, '2027-01-04', true, 'across the end of the list'],
    ['2027-02-05', 1, '2027-02-08', true, 'weekends alone'],
  ])('%s + %i is %s, provisional %s: %s', (day, n, arrives, provisional) => {
    expect(addBusinessDays(day, n)).toEqual({ day: arrives, provisional });
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses to add %d days', (n) => {
    expect(() => addBusinessDays('2026-03-02', n)).toThrow(RangeError);
  });

  test('adding one day n times is adding n days', () => {
    let day = '2025-12-20';
    for (let n = 1; n <= 300; n++) {
      day = addBusinessDays(day, 1).day;
      expect(addBusinessDays('2025-12-20', n).day).toBe(day);
    }
  });
});
