import type { View, LeafOf } from '../engine/condition.ts';
import { addedBy } from '../engine/history-holds.ts';
import { ALL_SALES, pastOf } from '../engine/history.ts';
import { type MissUnit, type Reach, type Short, lacking } from './lacking.ts';

export function nthShort({ numbers, every }: LeafOf<'nth_purchase'>, view: View): Short | null {
  const past = pastOf(ALL_SALES, view);
  if (past === null) return null;
  const nth = past.count + 1;
  const next = [...numbers].filter((each) => each > nth);
  if (every > 0) next.push(nth + every - (nth % every));
  return next.length === 0 ? null : lacking(nth, Math.min(...next), 'purchases', 'later');
}

const MEASURES = {
  amount: ['fen', 'spend'],
  count: ['purchases', 'later'],
  visits: ['visits', 'later'],
} as const satisfies Record<string, readonly [MissUnit, Reach]>;

/** To the next value that is enough and, where a multiple is asked for, reaches one. */
export function historyShort(test: LeafOf<'history'>, view: View): Short | null {
  const past = pastOf(test, view);
  if (past === null) return null;
  const value = past[test.measure] + addedBy(test, past, view);
  const least = Math.max(test.min, value);
  const { every } = test;
  const required = every === 0 ? test.min : nextMultiple(every, least, value);
  if (required > test.max) return null;
  const [unit, reach] = MEASURES[test.measure];
  return lacking(value, required, unit, reach);
}

/** The smallest multiple that is at least `least` and above `value`. */
function nextMultiple(every: number, least: number, value: number): number {
  const multiple = Math.ceil(least / every) * every;
  return multiple > value ? multiple : multiple + every;
}
