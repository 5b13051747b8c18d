import { type CalendarWindow, windowOf } from '#kernel/calendar-window';
import { addDays, type Day } from '#kernel/day';
import type { OfferSet } from '../engine/offer.ts';

const WINDOW = /:(day|week|month|quarter|year):(\d{4}-\d{2}-\d{2})(?::granted)?$/;

/**
 * Forgets what was counted in windows that no later sale can read.
 * @param rollingDays of the longest rolling window, which is read day by day
 */
export function forgetUses(usage: Record<string, unknown>, today: Day, rollingDays: number): void {
  const firstDay = addDays(today, -rollingDays);
  for (const key of Object.keys(usage)) {
    const [, type, from] = WINDOW.exec(key) ?? [];
    if (type === undefined || from === undefined) continue;
    const last = windowOf(from, { type } as CalendarWindow).to;
    if (type === 'day' ? from < firstDay : last !== null && last < today) delete usage[key];
  }
}

/** The longest rolling window that offers count in; 0 for none. */
export function rollingDaysOf({ offers }: OfferSet): number {
  return Math.max(0, ...offers.flatMap(windowsOf).map(daysOf));
}

function windowsOf({ limits, benefits }: OfferSet['offers'][number]): CalendarWindow[] {
  return [
    ...limits.map(({ window }) => window),
    ...benefits.flatMap(({ timing }) => ('window' in timing ? [timing.window] : [])),
  ];
}

function daysOf(window: CalendarWindow): number {
  return window.type === 'rolling' ? window.days : 0;
}
