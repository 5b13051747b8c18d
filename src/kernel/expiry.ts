import { Temporal } from 'temporal-polyfill';
import { addDays, type Day, endOfYear } from '#kernel/day';

/** How the last usable day follows from the day on which something may first be used. */
export type ExpiryRule =
  | { readonly type: 'none' }
  | {
      readonly type: 'rolling';
      readonly days: number;
      readonly round_up_to?: 'month' | 'quarter' | 'year' | undefined;
    }
  | { readonly type: 'end_of_year'; readonly years: number }
  | { readonly type: 'date'; readonly day: Day };

/** The last usable day of what is available from `day`; null for ever. */
export function lastUsableDay(rule: ExpiryRule, day: Day): Day | null {
  switch (rule.type) {
    case 'none':
      return null;
    case 'date':
      return rule.day;
    case 'end_of_year':
      return endOfYear(day, rule.years);
    case 'rolling':
      return endOf(rule.round_up_to, addDays(day, rule.days));
  }
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const;

/** The last day of the month, quarter or year that holds a day. */
function endOf(unit: keyof typeof MONTHS | undefined, day: Day): Day {
  if (unit === undefined) return day;
  const date = Temporal.PlainDate.from(day);
  const months = MONTHS[unit];
  const month = Math.ceil(date.month / months) * months;
  return date.with({ month, day: 1 }).add({ months: 1 }).subtract({ days: 1 }).toString();
}
