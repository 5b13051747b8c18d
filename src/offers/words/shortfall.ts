import { daysBetween } from '#kernel/day';
import { type LeafTest, type View, netOf, sumOf } from '../engine/condition.ts';
import { ALL_SALES, pastOf } from '../engine/history.ts';
import { historyShort, nthShort } from './history-short.ts';
import { type Short, lacking } from './lacking.ts';

/** Set if more of the same would make the test hold. */
export function shortfall(test: LeafTest, view: View): Short | null {
  const { facts } = view;
  if (test.type === 'basket_amount') return lacking(view.gross, test.min, 'fen', 'spend');
  if (test.type === 'basket_net') return lacking(netOf(view, null), test.min, 'fen', 'spend');
  if (test.type === 'basket_quantity') return lacking(view.quantity, test.min, 'items', 'spend');
  if (test.type === 'contains') {
    const sum = sumOf(test.items, facts.lines);
    return (
      lacking(sum.quantity, test.quantity, 'items', 'spend') ??
      lacking(sum.amount, test.amount, 'fen', 'spend')
    );
  }
  if (test.type === 'member_for') {
    if (facts.member === null) return null;
    return lacking(daysBetween(facts.member.joined, facts.day), test.min, 'days', 'later');
  }
  if (test.type === 'days_since_last') {
    const last = pastOf(ALL_SALES, view)?.last ?? null;
    return last === null ? null : lacking(daysBetween(last, facts.day), test.min, 'days', 'later');
  }
  if (test.type === 'nth_purchase') return nthShort(test, view);
  return test.type === 'history' ? historyShort(test, view) : null;
}
