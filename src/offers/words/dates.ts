import type { Day } from '#kernel/day';
import type { Text } from '#kernel/refusal';
import { text } from './figures.ts';

const zone = { timeZone: 'UTC' } as const;

const ZH_DATE = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', ...zone });

const ZH_DAY = new Intl.DateTimeFormat('zh-CN', { month: 'long', day: 'numeric', ...zone });

export const ZH_WEEKDAY = new Intl.DateTimeFormat('zh-CN', { weekday: 'short', ...zone });

const EN_DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', ...zone });

const EN_DAY = new Intl.DateTimeFormat('en-GB', { month: 'long', day: 'numeric', ...zone });

export const EN_WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', ...zone });

const DAYS_KEPT = 512;

const dates = new Map<Day, Text>();

/** "2026年11月21日" and "21 November 2026". */
export function dateText(day: Day): Text {
  let said = dates.get(day);
  if (said === undefined) {
    if (dates.size >= DAYS_KEPT) dates.clear();
    dates.set(day, (said = dated(day)));
  }
  return said;
}

function dated(day: Day): Text {
  const date = instantOf(day);
  return text(ZH_DATE.format(date), EN_DATE.format(date));
}

/** "11月21日(周六)" and "Saturday 21 November"; with the year where it is not that of `near`. */
export function dayText(day: Day, near: Day = day): Text {
  const date = instantOf(day);
  const same = day.slice(0, 4) === near.slice(0, 4);
  const zh = (same ? ZH_DAY : ZH_DATE).format(date);
  const en = (same ? EN_DAY : EN_DATE).format(date);
  return text(`${zh}(${ZH_WEEKDAY.format(date)})`, `${EN_WEEKDAY.format(date)} ${en}`);
}

/** First and last day, both included; "起" or "from" where there is no last. */
export function periodText(from: Day, to: Day | null): Text {
  const first = dateText(from);
  if (to === null) return text(`${first.zh}起`, `from ${first.en}`);
  if (from === to) return first;
  const last = dateText(to);
  return text(`${first.zh}至${last.zh}`, `${first.en} to ${last.en}`);
}

function instantOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}
