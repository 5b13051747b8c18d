import type { LeafTest, View } from '../engine/condition.ts';
import { actualOf } from './actual.ts';
import type { Miss } from './miss.ts';
import { shortfall } from './shortfall.ts';

export function missOf(test: LeafTest, view: View): Miss {
  const short = shortfall(test, view);
  if (short !== null) return { test, inverted: false, ...short };
  const left = { missing: null, unit: null } as const;
  const actual = actualOf(test, view);
  const anonymous = view.facts.member === null && JOINS.has(test.type);
  if (anonymous && !('whose' in test && test.whose === 'card'))
    return {
      test: MEMBER,
      inverted: false,
      actual: null,
      required: null,
      ...left,
      reach: 'act',
    };
  return {
    test,
    inverted: false,
    actual,
    required: null,
    ...left,
    reach: ACTS.has(test.type) ? 'act' : 'never',
  };
}

const MEMBER: LeafTest = { type: 'member' };

/** What the buyer or cashier can do something about at the till. */
const ACTS = new Set<LeafTest['type']>([
  'member',
  'target',
  'tender',
  'issuer',
  'bin',
  'card_kind',
  'scheme',
  'wallet',
  'code',
  'coupon',
]);

/** What a buyer who joins may well fulfil. */
const JOINS = new Set<LeafTest['type']>(['member', 'nth_purchase', 'history']);
