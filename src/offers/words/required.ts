import type { LeafTest } from '../engine/condition.ts';
import type { Value } from './leaf.ts';
import { clock } from './week.ts';

/** What the condition asks for, as `actualOf` would show it: a bound, or the words it admits. */
export function requiredOf(test: LeafTest, actual: Value): Value {
  if (test.type === 'day')
    return typeof actual === 'string' && actual < test.from ? test.from : test.to;
  if (test.type === 'hours')
    return test.ranges.map(({ from, to }) => `${clock(from)}-${clock(to)}`).join(',');
  if ('min' in test) {
    const bound = typeof actual === 'number' && actual >= test.min ? test.max : test.min;
    return Number.isFinite(bound) ? bound : null;
  }
  if ('items' in test && test.items !== null) {
    const { skus, categories, brands } = test.items;
    return [...skus, ...categories, ...brands].join(',');
  }
  if ('ranges' in test) return test.ranges.map(({ from, to }) => `${from}-${to}`).join(',');
  const words = Object.values(test).find((each) => each instanceof Set) as Set<unknown> | undefined;
  return words === undefined ? null : [...words].join(',');
}
