import type { Definition } from '../rule/definition.ts';
import type { Test } from './condition.ts';

/** @param programmes only members of these; absent: whoever the definition admits */
export function audienceTests(definition: Definition, programmes?: readonly string[]): Test[] {
  const { audience } = definition;
  const tests: Test[] = [];
  if (programmes || needsMember(definition)) tests.push({ type: 'member' });
  if (programmes) tests.push({ type: 'programme', programmes: new Set(programmes) });
  if (audience.tiers) tests.push({ type: 'tier', tiers: new Set(audience.tiers) });
  if (audience.labels) tests.push({ type: 'label', labels: new Set(audience.labels) });
  if (audience.hold_out) tests.push({ type: 'hold_out', ...audience.hold_out });
  return tests;
}

/** What is kept for a member needs one, and a limit per member somebody to count. */
function needsMember({ audience, benefits, limits }: Definition): boolean {
  return (
    audience.members_only === true ||
    limits.each.some(({ per }) => per === 'member') ||
    benefits.some(
      (benefit) =>
        benefit.kind === 'points' ||
        benefit.kind === 'growth' ||
        benefit.kind === 'coupon' ||
        (benefit.kind === 'cashback' && benefit.to !== 'merchant'),
    )
  );
}
