import { Temporal } from 'temporal-polyfill';
import type { Day } from './day.ts';

/** A stretch of days that holds a day: a calendar unit, the last `days` days, or all time. */
export type CalendarWindow =
  | { readonly type: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'total' }
  | { readonly type: 'rolling'; readonly days: number };

/** First and last day, both included; null for no bound. */
export interface WindowBounds {
  readonly from: Day | null;
  readonly to: Day | null;
}

const BOUNDS_KEPT = 4096;
const remembered = new Map<string, WindowBounds>();

/**
 * The window that holds a day: weeks begin on Monday, quarters in January, April, July and October.
 * "rolling" is the last `days` days and ends with the day itself; "total" has no bounds.
 */
export function windowOf(day: Day, window: CalendarWindow): WindowBounds {
  const key = window.type === 'rolling' ? `${day}/${window.days}` : `${day}/${window.type}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const bounds = boundsOf(Temporal.PlainDate.from(day), window);
  if (remembered.size >= BOUNDS_KEPT) remembered.clear();
  remembered.set(key, bounds);
  return bounds;
}

function boundsOf(day: Temporal.PlainDate, window: CalendarWindow): WindowBounds {
  switch (window.type) {
    case 'total':
      return { from: null, to: null };
    case 'day':
      return between(day, day);
    case 'rolling':
      return between(day.subtract({ days: window.days - 1 }), day);
    case 'week': {
      const monday = day.subtract({ days: day.dayOfWeek - 1 });
      return between(monday, monday.add({ days: 6 }));
    }
    case 'month':
      return months(day.with({ day: 1 }), 1);
    case 'quarter':
      return months(day.with({ month: day.month - ((day.month - 1) % 3), day: 1 }), 3);
    case 'year':
      return months(day.with({ month: 1, day: 1 }), 12);
  }
}

function months(from: Temporal.PlainDate, count: number): WindowBounds {
  return between(from, from.add({ months: count }).subtract({ days: 1 }));
}

function between(from: Temporal.PlainDate, to: Temporal.PlainDate): WindowBounds {
  return { from: from.toString(), to: to.toString() };
}
