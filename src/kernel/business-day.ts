import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { Temporal } from 'temporal-polyfill';
import type { Day } from '#kernel/day';

/** A public holiday; a day of work, make-up days included; any other day off. */
export type DayKind = 'holiday' | 'workday' | 'rest';

const REMEMBERED_MAX = 4096;
const SATURDAY = 6;
const NEW_YEAR = '-01-01';

const holidays: ReadonlySet<Day> = new Set(Object.keys(published.holidays));
const makeUpDays: ReadonlySet<Day> = new Set(Object.keys(published.workdays));

/** The last day for which the State Council's list of holidays and make-up days is known. */
export const publishedThrough: Day = `${[...holidays].toSorted().at(-1)?.slice(0, 4)}-12-31`;

const kinds = new Map<Day, DayKind>();
const followers = new Map<Day, Day>();

/** What China's calendar says of a day. Past `publishedThrough` only weekends and 1 January are known. */
export function dayKind(day: Day): DayKind {
  return remember(kinds, day, kindOf);
}

export function isWorkday(day: Day): boolean {
  return dayKind(day) === 'workday';
}

/** A day that follows from the calendar; provisional where its year is not published yet. */
export interface BusinessDay {
  readonly day: Day;
  readonly provisional: boolean;
}

/**
 * The nth day of work after `day`; `day` itself never counts, whatever its kind.
 * @throws RangeError unless `n` is a whole number of at least 1.
 */
export function addBusinessDays(day: Day, n: number): BusinessDay {
  if (!Number.isSafeInteger(n) || n < 1) {
    throw new RangeError(`business days to add must be at least 1: ${n}`);
  }
  let reached = day;
  for (let left = n; left > 0; left--) reached = remember(followers, reached, nextWorkday);
  return { day: reached, provisional: reached > publishedThrough };
}

function kindOf(day: Day): DayKind {
  if (holidays.has(day)) return 'holiday';
  if (makeUpDays.has(day)) return 'workday';
  const date = Temporal.PlainDate.from(day);
  if (day > publishedThrough && day.endsWith(NEW_YEAR)) return 'holiday';
  return date.dayOfWeek >= SATURDAY ? 'rest' : 'workday';
}

function nextWorkday(day: Day): Day {
  let date = Temporal.PlainDate.from(day);
  do date = date.add({ days: 1 });
  while (!isWorkday(date.toString()));
  return date.toString();
}

function remember<T>(known: Map<Day, T>, day: Day, of: (day: Day) => T): T {
  let value = known.get(day);
  if (value === undefined) {
    value = of(day);
    if (known.size >= REMEMBERED_MAX) known.clear();
    known.set(day, value);
  }
  return value;
}
