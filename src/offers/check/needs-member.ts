import type { Benefit, Definition, Leaf } from '../rule/definition.ts';
import type { Branch } from './branches.ts';

const OF_MEMBERS = new Set<Leaf['type']>([
  'tier',
  'label',
  'member_for',
  'birthday',
  'nth_purchase',
  'days_since_last',
]);

/** Whether a sale to somebody who is not known can never meet the offer. */
export function needsMember({ audience, benefits, limits }: Definition, branch: Branch): boolean {
  return (
    audience.members_only === true ||
    limits.each.some(({ per }) => per === 'member') ||
    benefits.some(isKept) ||
    branch.some(
      ({ leaf, negated }) =>
        !negated &&
        (OF_MEMBERS.has(leaf.type) || (leaf.type === 'history' && leaf.whose !== 'card')),
    )
  );
}

/** Whether what a benefit gives is kept for a member. */
function isKept(benefit: Benefit): boolean {
  switch (benefit.kind) {
    case 'points':
    case 'growth':
    case 'coupon':
      return true;
    case 'cashback':
      return benefit.to !== 'merchant';
    case 'discount':
    case 'gift':
      return false;
  }
}
