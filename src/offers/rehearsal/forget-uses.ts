import { type CalendarWindow, windowOf } from '#kernel/calendar-window';
import { addDays, type Day } from '#kernel/day';
import type { OfferSet } from '../engine/offer.ts';

const WINDOW = /:(day|week|month|quarter|year):(\d{4}-\d{2}-\d{2})(?::granted)?$/;

/** Forgets what was counted in windows that no later sale can read; a rolling one is read day by day. */
export function forgetUses(usage: Record<string, unknown>, today: Day, { offers }: OfferSet): void {
  const rolling = Math.max(0, ...windowsOf(offers).map(daysOf));
  const firstDay = addDays(today, -rolling);
  for (const key of Object.keys(usage)) {
    const [, type, from] = WINDOW.exec(key) ?? [];
    if (type === undefined || from === undefined) continue;
    const last = windowOf(from, { type } as CalendarWindow).to;
    if (type === 'day' ? from < firstDay : last !== null && last < today) delete usage[key];
  }
}

function windowsOf(offers: OfferSet['offers']): CalendarWindow[] {
  return offers.flatMap(({ limits, benefits }) => [
    ...limits.map(({ window }) => window),
    ...benefits.flatMap(({ timing }) => ('window' in timing ? [timing.window] : [])),
  ]);
}

function daysOf(window: CalendarWindow): number {
  return window.type === 'rolling' ? window.days : 0;
}
