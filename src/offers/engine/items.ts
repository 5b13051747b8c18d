import type { Target } from '../rule/definition.ts';
import type { Items } from './condition.ts';

export function itemsOf(target: Target): Items {
  return {
    skus: new Set(target.skus),
    categories: new Set(target.categories),
    brands: new Set(target.brands),
  };
}

/** What any of the targets chooses. */
export function unionOf(targets: readonly Target[]): Items {
  return itemsOf({
    skus: targets.flatMap((target) => target.skus ?? []),
    categories: targets.flatMap((target) => target.categories ?? []),
    brands: targets.flatMap((target) => target.brands ?? []),
  });
}

const remembered = new WeakMap<Items, string>();

/** The same text for the same choice, in whatever order it was written. */
export function textOf(items: Items): string {
  let text = remembered.get(items);
  if (text === undefined) remembered.set(items, (text = JSON.stringify(listsOf(items))));
  return text;
}

export function listsOf({ skus, categories, brands }: Items) {
  return {
    skus: [...skus].toSorted(),
    categories: [...categories].toSorted(),
    brands: [...brands].toSorted(),
  };
}
