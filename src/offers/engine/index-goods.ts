import { add, admit, type Bits, noBits } from './bits.ts';
import type { Test } from './condition.ts';
import { itemNeed } from './item-need.ts';
import type { GoodsDimension } from './dimension.ts';
import type { Implied } from './implied.ts';

/** @param roots per offer all that it asks for */
export function indexGoods(
  words: number,
  roots: readonly Test[],
  implied: Implied,
): GoodsDimension | null {
  const needs = roots.map(itemNeed);
  if (needs.every((need) => need === null)) return null;
  const any = noBits(words);
  needs.forEach((need, rank) => {
    if (need === null) add(any, rank);
    else if (need.leaf?.type === 'target') implied.always.add(need.leaf);
    else if (need.leaf?.type === 'contains' && need.leaf.quantity <= 1 && need.leaf.amount === 0)
      implied.plain.add(need.leaf);
  });
  const sku = new Map<string, Bits>();
  const category = new Map<string, Bits>();
  const brand = new Map<string, Bits>();
  needs.forEach((need, rank) => {
    if (need === null) return;
    for (const each of need.items.skus) admit(sku, any, each, rank);
    for (const each of need.items.categories) admit(category, any, each, rank);
    for (const each of need.items.brands) admit(brand, any, each, rank);
  });
  return { any, sku, category, brand, union: noBits(words) };
}
