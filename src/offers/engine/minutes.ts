import type { Hours } from '../rule/definition.ts';
import type { MinuteRange } from './condition.ts';

export function rangesOf(hours: Hours): MinuteRange[] {
  return hours.map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) }));
}

/** "08:30" -> 510; "24:00" -> 1440. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
