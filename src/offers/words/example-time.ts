import { dayKind } from '#kernel/business-day';
import { windowOf } from '#kernel/calendar-window';
import { addDays, type Day, daysBetween } from '#kernel/day';
import { type LeafTest, viewOf } from '../engine/condition.ts';
import type { SaleFacts } from '../engine/facts.ts';
import { holds } from '../engine/holds.ts';
import { BLANK_SALE } from './blank-sale.ts';

const DAYS_MAX = 800;
const NOON = 720;

export type When = Pick<SaleFacts, 'day' | 'weekday' | 'dayKind' | 'minute'>;

const TIMES = new Set<LeafTest['type']>([
  'day',
  'blackout',
  'weekday',
  'hours',
  'day_kind',
  'days_of_month',
]);

/** The first moment from a day on at which all conditions on time hold; null for none in two years. */
export function timeFor(way: readonly LeafTest[], from: Day): When | null {
  const tests = way.filter(({ type }) => TIMES.has(type));
  const starts = tests.flatMap((test) => (test.type === 'hours' ? test.ranges : []));
  const minutes = [NOON, ...starts.map((range) => range.from)];
  let day = from;
  for (let past = 0; past < DAYS_MAX; past++, day = addDays(day, 1)) {
    const date = { day, weekday: weekdayOf(day), dayKind: dayKind(day) };
    const minute = minutes.find((each) => {
      const view = viewOf({ ...BLANK_SALE, ...date, minute: each });
      return tests.every((test) => holds(test, view));
    });
    if (minute !== undefined) return { ...date, minute };
  }
  return null;
}

/** 1 Monday .. 7 Sunday. */
function weekdayOf(day: Day): number {
  return daysBetween(windowOf(day, { type: 'week' }).from ?? day, day) + 1;
}
