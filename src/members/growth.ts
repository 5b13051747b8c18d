import type { Tier } from './core.ts';

/** The tier that a growth value gives; the first of the programme below all thresholds. */
export function tierOf(tiers: readonly Tier[], growth: number): string {
  const reached = tiers.filter(({ growth_from: from }) => from <= growth);
  const tier = reached.at(-1) ?? tiers[0];
  if (!tier) throw new RangeError('a programme has at least one tier');
  return tier.code;
}

/**
 * The tier of a member whose growth value moves. A tier given by hand stays as long as growth crosses no
 * threshold, and is not taken away by growth that gives a lower one.
 */
export function tierAfter(
  tiers: readonly Tier[],
  tier: string,
  growth: { readonly before: number; readonly after: number },
): string {
  const [was, is] = [tierOf(tiers, growth.before), tierOf(tiers, growth.after)];
  if (was === is) return tier;
  if (tier === was) return is;
  const rank = (code: string) => tiers.findIndex((each) => each.code === code);
  return rank(tier) > rank(is) ? tier : is;
}

/** The next tier and the growth value that is missing for it; null on the highest. */
export function nextTier(
  tiers: readonly Tier[],
  growth: number,
): { readonly tier: string; readonly missing: number } | null {
  const next = tiers.find(({ growth_from: from }) => from > growth);
  return next ? { tier: next.code, missing: next.growth_from - growth } : null;
}
