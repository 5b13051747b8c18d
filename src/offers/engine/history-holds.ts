import { within } from './bounds.ts';
import { chosen, type HistoryTest, netOf, type View } from './condition.ts';
import type { History } from './facts.ts';
import { pastOf } from './history.ts';

/** A multiple counts for the sale that reaches it, not for those that stand at it after. */
export function historyHolds(test: HistoryTest, view: View): boolean {
  const past = pastOf(test, view);
  if (past === null) return false;
  const before = past[test.measure];
  const value = before + addedBy(test, past, view);
  return (
    within(value, test) &&
    (test.every === 0 || Math.floor(value / test.every) > Math.floor(before / test.every))
  );
}

/** What the sale at the till adds to a history: net fen, a sale, a day. */
export function addedBy(test: HistoryTest, past: History, view: View): number {
  const { facts } = view;
  const { items } = test;
  if (items !== null && !facts.lines.some((line) => chosen(items, line))) return 0;
  switch (test.measure) {
    case 'amount':
      return netOf(view, items);
    case 'count':
      return 1;
    case 'visits':
      return past.last === facts.day ? 0 : 1;
  }
}
