import type { Items, LeafTest, Test } from './condition.ts';

/** As `setNeed`, of goods: at least one line is chosen. */
export function itemNeed(test: Test): { items: Items; leaf: LeafTest | null } | null {
  if (!('of' in test)) {
    const goods = test.type === 'contains' || test.type === 'target' || test.type === 'unit_price';
    return goods && test.items !== null ? { items: test.items, leaf: test } : null;
  }
  if (test.type === 'none') return null;
  const inner = test.of.map((child) => itemNeed(child));
  const asked = inner.filter((need) => need !== null);
  if (test.type === 'all') {
    return asked.length === 0
      ? null
      : asked.reduce((a, b) => (sizeOf(b.items) < sizeOf(a.items) ? b : a));
  }
  if (asked.length < inner.length) return null;
  const union = {
    skus: new Set(asked.flatMap(({ items }) => [...items.skus])),
    categories: new Set(asked.flatMap(({ items }) => [...items.categories])),
    brands: new Set(asked.flatMap(({ items }) => [...items.brands])),
  };
  return { items: union, leaf: null };
}

function sizeOf({ skus, categories, brands }: Items): number {
  return skus.size + categories.size + brands.size;
}
