import { Temporal } from 'temporal-polyfill';
import { isWorkday } from '#kernel/business-day';
import type { Expiry, Window } from '../rule/definition.ts';

/** The nth day of work after a day, counted day by day. */
export function workdaysAfter(day: string, n: number): string {
  let date = Temporal.PlainDate.from(day);
  for (let left = n; left > 0;) {
    date = date.add({ days: 1 });
    if (isWorkday(date.toString())) left--;
  }
  return date.toString();
}

/** The first day of the window that ends with, or holds, a day; null for ever. */
export function firstDay(day: string, window: Window): string | null {
  const date = Temporal.PlainDate.from(day);
  switch (window.type) {
    case 'total':
      return null;
    case 'day':
      return day;
    case 'rolling':
      return date.subtract({ days: window.days - 1 }).toString();
    case 'week':
      return date.subtract({ days: (date.dayOfWeek + 6) % 7 }).toString();
    case 'month':
      return `${day.slice(0, 7)}-01`;
    case 'quarter':
      return date.with({ day: 1, month: Math.floor((date.month - 1) / 3) * 3 + 1 }).toString();
    case 'year':
      return `${day.slice(0, 4)}-01-01`;
  }
}

/** The last day on which a sale still lies in one window with a sale of `day`; null for ever. */
export function lastDayWith(day: string, window: Window): string | null {
  if (window.type === 'total') return null;
  const from = firstDay(day, window);
  let date = Temporal.PlainDate.from(day);
  for (;;) {
    const next = date.add({ days: 1 });
    const begins = firstDay(next.toString(), window)!;
    if (window.type === 'rolling' ? begins > day : begins !== from) return date.toString();
    date = next;
  }
}

/** Last usable day of what is available from `day`. */
export function usableThrough(rule: Expiry, day: string): string | null {
  const date = Temporal.PlainDate.from(day);
  switch (rule.type) {
    case 'none':
      return null;
    case 'date':
      return rule.day;
    case 'end_of_year':
      return `${date.year + rule.years}-12-31`;
    case 'rolling': {
      const last = date.add({ days: rule.days });
      return rule.round_up_to === undefined
        ? last.toString()
        : lastDayWith(last.toString(), { type: rule.round_up_to });
    }
  }
}
