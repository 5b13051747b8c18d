import { type Items, type LeafTest, type View, sumOf } from '../engine/condition.ts';
import type { Denied } from '../engine/grant.ts';
import type { CompiledBenefit } from '../engine/offer.ts';
import type { Miss } from './miss.ts';
import { missesOf } from './misses.ts';
import { poolMisses } from './pool-miss.ts';
import { spendMiss } from './spend-miss.ts';

/** What would bring a benefit that a matching offer denies; null where nothing in the buyer's hands would. */
export function deniedMisses(denied: Denied, benefit: CompiledBenefit, view: View): Miss[] | null {
  const { reason, actual, required, failed, pool } = denied;
  if (failed !== undefined) return missesOf(failed.test, failed.view);
  const short = { actual, required, missing: required - actual, inverted: false } as const;
  const items = benefit.target;
  if (reason === 'member')
    return [{ ...short, test: { type: 'member' }, missing: null, unit: null, reach: 'act' }];
  if (reason === 'spend') {
    return [spendMiss(items, actual, required)];
  }
  if (reason === 'units') {
    const lacking = lackingIn(benefit, view);
    const test: LeafTest =
      lacking === null
        ? { type: 'basket_quantity', min: required, max: Infinity }
        : { type: 'contains', items: lacking, quantity: required, amount: 0 };
    return [{ ...short, test, unit: 'items', reach: 'spend' }];
  }
  return reason === 'not_reached' && pool !== undefined ? poolMisses(pool, benefit) : null;
}

/** The goods of which a discount of single units has too few; null: of any. */
function lackingIn({ formula, target }: CompiledBenefit, { facts }: View): Items | null {
  const count = (items: Items | null) =>
    items === null ? Infinity : sumOf(items, facts.lines).quantity;
  if (formula.by === 'bundle') {
    const part = formula.parts.find(({ items, quantity }) => count(items) < quantity);
    return part?.items ?? target;
  }
  const enough = formula.by === 'buy_get' && count(target) >= formula.buy;
  return enough && formula.of !== null ? formula.of : target;
}
