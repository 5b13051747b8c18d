import type { Test } from './condition.ts';

/** Types of tests that never hold for an anonymous buyer. */
const OF_MEMBERS: ReadonlySet<Test['type']> = new Set<Test['type']>([
  'member',
  'programme',
  'tier',
  'label',
  'member_for',
  'birthday',
  'nth_purchase',
  'days_since_last',
]);

/** Whether a test holds for members only. */
export function needsMember(test: Test): boolean {
  if (!('of' in test))
    return OF_MEMBERS.has(test.type) || (test.type === 'history' && test.whose === 'member');
  if (test.type === 'none') return false;
  return test.type === 'all' ? test.of.some(needsMember) : test.of.every(needsMember);
}
