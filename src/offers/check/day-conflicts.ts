import { dayKind, publishedThrough } from '#kernel/business-day';
import { addDays, daysBetween } from '#kernel/day';
import type { Definition, Leaf } from '../rule/definition.ts';
import type { Branch } from './branches.ts';
import { type Conflict, emptiedBy } from './conflict.ts';

/** A day as conditions see it; the kind is null where the calendar is not published yet. */
export interface SeenDay {
  readonly weekday: number;
  readonly ofMonth: number;
  readonly kind: string | null;
}

const A_MONDAY = '2024-01-01';
const DAYS_MAX = 3_660;

/**
 * The days on which the schedule lets the offer decide, each combination of weekday, day of the month
 * and kind once; null where there is no last day, or too many days to look at.
 */
export function daysOf({ from, to, blackout = [] }: Definition['schedule']): SeenDay[] | null {
  if (to === undefined || daysBetween(from, to) >= DAYS_MAX) return null;
  const seen = new Map<string, SeenDay>();
  const since = daysBetween(A_MONDAY, from);
  for (let day = from, index = since; day <= to; day = addDays(day, 1), index++) {
    if (blackout.some((rest) => rest.from <= day && day <= rest.to)) continue;
    const each: SeenDay = {
      weekday: (((index % 7) + 7) % 7) + 1,
      ofMonth: Number(day.slice(8)),
      kind: day > publishedThrough ? null : dayKind(day),
    };
    seen.set(`${each.weekday} ${each.ofMonth} ${each.kind}`, each);
  }
  return [...seen.values()];
}

/** Conditions on the day of which no day of the schedule meets all. */
export function dayConflict(branch: Branch, days: readonly SeenDay[] | null): Conflict | null {
  if (days === null) return null;
  if (days.length === 0) {
    return {
      pointer: '/schedule/blackout',
      detail: {
        zh: '休息日覆盖了整个有效期,没有一天可用;请缩短 blackout 或延长有效期',
        en: 'covers every day of the schedule: shorten it, or let the schedule last longer',
      },
    };
  }
  const found = emptiedBy(branch, days, admits);
  if (!found) return null;
  return {
    pointer: found.literal.pointer,
    detail: {
      zh: '有效期内没有一天同时满足各日期条件(星期、每月日期、日期类别、休息日);请放宽其中一项或延长有效期',
      en: 'no day of the schedule meets this with the other conditions on the day (weekday, day of the month, kind of day, blackout): loosen one, or let the schedule last longer',
    },
  };
}

function admits(leaf: Leaf, { weekday, ofMonth, kind }: SeenDay): boolean | null {
  if (leaf.type === 'weekday') return leaf.weekdays.includes(weekday);
  if (leaf.type === 'days_of_month') return leaf.days.includes(ofMonth);
  if (leaf.type !== 'day_kind' || kind === null) return null;
  return leaf.kinds.some((each) => each === kind);
}
