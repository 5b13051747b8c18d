import { expect, test } from 'vitest';
import { USUAL_TIERS as TIERS } from './core.ts';
import { nextTier, tierAfter, tierOf } from './growth.ts';

test.each([
  // growth  tier        next                 missing
  [0, 'ordinary', 'gold', 1_000],
  [999, 'ordinary', 'gold', 1],
  [1_000, 'gold', 'diamond', 4_000],
  [4_999, 'gold', 'diamond', 1],
  [5_000, 'diamond', 'black', 15_000],
  [20_000, 'black', undefined, undefined],
  [1_000_000, 'black', undefined, undefined],
])('%i is %s', (growth, tier, next, missing) => {
  expect(tierOf(TIERS, growth)).toBe(tier);
  expect(nextTier(TIERS, growth) ?? {}).toEqual(next ? { tier: next, missing } : {});
});

test.each([
  // stands on    from     to      then         why
  ['ordinary', 0, 999, 'ordinary', 'one short of the threshold'],
  ['ordinary', 0, 1_000, 'gold', 'the threshold itself'],
  ['ordinary', 900, 25_000, 'black', 'over several at once'],
  ['gold', 1_000, 999, 'ordinary', 'a refund takes it back'],
  ['black', 20_000, 0, 'ordinary', 'all of it'],
  ['diamond', 100, 900, 'diamond', 'given by hand, no threshold crossed'],
  ['diamond', 100, 1_000, 'diamond', 'given by hand, and growth gives less'],
  ['diamond', 1_000, 500, 'diamond', 'given by hand, and growth falls'],
  ['diamond', 4_000, 20_000, 'black', 'growth passes what was given by hand'],
  ['ordinary', 6_000, 6_500, 'ordinary', 'put back by hand, no threshold crossed'],
  ['ordinary', 6_000, 20_000, 'black', 'put back by hand, then a threshold'],
])('on %s, growth %i to %i gives %s: %s', (tier, before, after, then) => {
  expect(tierAfter(TIERS, tier, { before, after })).toBe(then);
});
