import { dayText } from '#kit/time';

const DAY_MS = 86_400_000;

/** Days of the org up to today, the earliest first, as the reports take them. */
export function daysBack(count: number, now = Date.now()): readonly string[] {
  return Array.from({ length: count }, (_, index) => dayText(now - (count - 1 - index) * DAY_MS));
}
