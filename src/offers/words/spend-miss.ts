import type { Items, LeafTest } from '../engine/condition.ts';
import type { Miss } from './miss.ts';

/** fen that have to be spent on the goods, or on anything. */
export function spendMiss(items: Items | null, actual: number, required: number): Miss {
  const test: LeafTest =
    items === null
      ? { type: 'basket_net', min: required, max: Infinity }
      : { type: 'contains', items, quantity: 0, amount: required };
  const missing = required - actual;
  return { test, inverted: false, actual, required, missing, unit: 'fen', reach: 'spend' };
}
