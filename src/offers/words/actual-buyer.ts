import { daysBetween } from '#kernel/day';
import type { View, LeafOf } from '../engine/condition.ts';
import { addedBy } from '../engine/history-holds.ts';
import { ALL_SALES, pastOf } from '../engine/history.ts';
import type { Value } from './leaf.ts';

type BuyerTest = LeafOf<
  | 'member'
  | 'programme'
  | 'tier'
  | 'label'
  | 'member_for'
  | 'birthday'
  | 'nth_purchase'
  | 'days_since_last'
  | 'history'
  | 'hold_out'
>;

export function buyerOf(test: BuyerTest, view: View): Value {
  const { member, day } = view.facts;
  switch (test.type) {
    case 'programme':
      return member?.programme ?? null;
    case 'tier':
      return member?.tier ?? null;
    case 'label':
      return member?.labels.join(',') || null;
    case 'member_for':
      return member && daysBetween(member.joined, day);
    case 'birthday':
      return member?.birthday ?? null;
    case 'nth_purchase': {
      const past = pastOf(ALL_SALES, view);
      return past && past.count + 1;
    }
    case 'days_since_last': {
      const last = pastOf(ALL_SALES, view)?.last ?? null;
      return last && daysBetween(last, day);
    }
    case 'history': {
      const past = pastOf(test, view);
      return past && past[test.measure] + addedBy(test, past, view);
    }
    case 'member':
    case 'hold_out':
      return null;
  }
}
