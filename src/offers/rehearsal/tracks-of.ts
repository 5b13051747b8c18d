import type { CalendarWindow } from '#kernel/calendar-window';
import type { OfferSet } from '../engine/offer.ts';
import type { Track } from './history-book.ts';

/** The longest that a calendar window can be. */
const WINDOW_DAYS = { day: 1, week: 7, month: 31, quarter: 92, year: 366 } as const;

/** Which purchases the offers of a set may ask for. */
export function tracksOf({ index }: OfferSet): Track[] {
  return [...index.counting.values()].flatMap(({ counted }) =>
    counted.map(({ whose, window, items }) => ({
      whose,
      days: daysOf(window),
      target:
        items === null
          ? null
          : {
              skus: [...items.skus].toSorted(),
              categories: [...items.categories].toSorted(),
              brands: [...items.brands].toSorted(),
            },
    })),
  );
}

function daysOf(window: CalendarWindow): number | null {
  if (window.type === 'total') return null;
  return window.type === 'rolling' ? window.days : WINDOW_DAYS[window.type];
}
