import type { LeafTest, Test } from '../engine/condition.ts';

const WAYS_MAX = 24;

/** Lists of conditions, each of which fulfils all the tests; what must not hold is left to be tested. */
export function waysOf(tests: readonly Test[]): LeafTest[][] {
  return tests.reduce<LeafTest[][]>((ways, test) => crossed(ways, waysOfOne(test)), [[]]);
}

function waysOfOne(test: Test): LeafTest[][] {
  if (!('of' in test)) return [[test]];
  if (test.type === 'none') return [[]];
  return test.type === 'all' ? waysOf(test.of) : test.of.flatMap(waysOfOne).slice(0, WAYS_MAX);
}

function crossed(ways: readonly LeafTest[][], more: readonly LeafTest[][]): LeafTest[][] {
  return ways.flatMap((way) => more.map((each) => [...way, ...each])).slice(0, WAYS_MAX);
}
