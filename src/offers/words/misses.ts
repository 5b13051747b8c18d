import type { LeafTest, Test, View } from '../engine/condition.ts';
import { holds } from '../engine/holds.ts';
import { actualOf } from './actual.ts';
import { missOf } from './leaf-miss.ts';
import type { Miss } from './miss.ts';
import { nearestOf } from './weigh.ts';

/** Everything that keeps a failing test from holding; of alternatives what keeps the nearest from it. */
export function missesOf(test: Test, view: View): Miss[] {
  if (holds(test, view)) return [];
  if (!('of' in test)) return [missOf(test, view)];
  switch (test.type) {
    case 'all':
      return test.of.flatMap((inner) => missesOf(inner, view));
    case 'any':
      return nearestOf(
        test.of.map((inner) => missesOf(inner, view)),
        view,
      );
    case 'none':
      return test.of.flatMap((inner) => excessesOf(inner, view));
  }
}

/** Everything that makes a test hold that should not. */
function excessesOf(test: Test, view: View): Miss[] {
  if (!holds(test, view)) return [];
  if (!('of' in test)) return [excessOf(test, view)];
  switch (test.type) {
    case 'all':
      return test.of.slice(0, 1).flatMap((inner) => excessesOf(inner, view));
    case 'any':
      return test.of.flatMap((inner) => excessesOf(inner, view));
    case 'none':
      return nearestOf(
        test.of.map((inner) => missesOf(inner, view)),
        view,
      );
  }
}

function excessOf(test: LeafTest, view: View): Miss {
  const never = { missing: null, unit: null, reach: 'never' } as const;
  return { test, inverted: true, actual: actualOf(test, view), required: null, ...never };
}
