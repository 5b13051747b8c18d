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
