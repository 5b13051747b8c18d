import { Temporal } from 'temporal-polyfill';

/** A calendar day as ISO text, "2026-11-21". Sorts as text. */
export type Day = string;

const HOUR_MS = 3_600_000;
const remembered = new Map<string, Map<number, Day>>();

/**
 * The calendar day of an instant in an IANA zone. Days change only on a quarter hour in every zone
 * in use, so the answer is remembered per quarter hour.
 */
export function dayOf(instant: Date, zone: string): Day {
  const quarter = Math.floor(instant.getTime() / (HOUR_MS / 4));
  let days = remembered.get(zone);
  if (!days) remembered.set(zone, (days = new Map()));
  let day = days.get(quarter);
  if (day === undefined) {
    if (days.size > 4096) days.clear();
    day = zoned(instant, zone).toPlainDate().toString();
    days.set(quarter, day);
  }
  return day;
}

/** Where a moment falls in the week and the day of a zone: 1 Monday .. 7 Sunday, minutes since midnight. */
export interface LocalTime {
  readonly day: Day;
  readonly weekday: number;
  readonly minute: number;
}

const MINUTE_MS = 60_000;
const times = new Map<string, { readonly minute: number; readonly time: LocalTime }>();

/** The local time of an instant in a zone; sales of the same minute share one computation. */
export function localTime(instant: Date, zone: string): LocalTime {
  const minute = Math.floor(instant.getTime() / MINUTE_MS);
  const last = times.get(zone);
  if (last?.minute === minute) return last.time;
  const local = zoned(instant, zone);
  const time = {
    day: local.toPlainDate().toString(),
    weekday: local.dayOfWeek,
    minute: local.hour * 60 + local.minute,
  };
  times.set(zone, { minute, time });
  return time;
}

/** The instant at which a calendar day begins in a zone. */
export function startOfDay(day: Day, zone: string): Date {
  const start = Temporal.PlainDate.from(day).toZonedDateTime(zone);
  return new Date(start.epochMilliseconds);
}

export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Whole days from `from` to `to`; negative if `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' })
    .days;
}

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const NUMBERS_KEPT = 65_536;
const numbers = new Map<Day, number>();

/** Days since 1 January 1970, so that days apart is a subtraction. Remembered per day. */
export function dayNumber(day: Day): number {
  let number = numbers.get(day);
  if (number === undefined) {
    if (numbers.size >= NUMBERS_KEPT) numbers.clear();
    number = EPOCH.until(Temporal.PlainDate.from(day), { largestUnit: 'days' }).days;
    numbers.set(day, number);
  }
  return number;
}

const numbered = new Map<number, Day>();

/** The day of a number of `dayNumber`. Remembered per number. */
export function dayNumbered(number: number): Day {
  let day = numbered.get(number);
  if (day === undefined) {
    if (numbered.size >= NUMBERS_KEPT) numbered.clear();
    numbered.set(number, (day = EPOCH.add({ days: number }).toString()));
  }
  return day;
}

/** The day so many calendar months later; the last of its month where that has no such day. */
export function addMonths(day: Day, months: number): Day {
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

/** The day of a birthday "MM-DD" in a year; 29 February is kept on the 28th in common years. */
export function birthdayIn(year: number, birthday: string): Day {
  return Temporal.PlainMonthDay.from(birthday).toPlainDate({ year }).toString();
}

/** The last day of the calendar year `years` after that of `day`. */
export function endOfYear(day: Day, years: number): Day {
  return Temporal.PlainDate.from(day).add({ years }).with({ month: 12, day: 31 }).toString();
}

/** The wall-clock time of a local timestamp without a zone, "2010-12-01T08:26:00", as an instant. */
export function instantOf(localTime: string, zone: string): Date {
  return new Date(Temporal.PlainDateTime.from(localTime).toZonedDateTime(zone).epochMilliseconds);
}

function zoned(instant: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
}
