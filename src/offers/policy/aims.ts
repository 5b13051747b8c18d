import { type Named, namesOf } from '../check/names.ts';
import type { KnownGoods } from '../room.ts';
import type { Definition } from '../rule/definition.ts';

/** A category of goods that a definition names, itself or by an SKU. */
export interface Aim {
  readonly pointer: string;
  /** In lower case. */
  readonly category: string;
}

/**
 * The categories that a definition is aimed at: those it names, and those of the goods it names.
 * @param goods what its org sells; null where that is not known
 */
export function aimsOf(definition: Definition, goods: KnownGoods | null): Aim[] {
  return namesOf(definition).flatMap((named) => {
    const category = categoryOf(named, goods);
    return category === null ? [] : [{ pointer: named.pointer, category: category.toLowerCase() }];
  });
}

function categoryOf({ kind, name }: Named, goods: KnownGoods | null): string | null {
  if (kind === 'category') return name;
  return kind === 'sku' ? (goods?.skus.get(name)?.category ?? null) : null;
}

/** Of the aims those at one of the categories. */
export function aimedAt(aims: readonly Aim[], categories: readonly string[]): Aim[] {
  const named = new Set(categories.map((each) => each.toLowerCase()));
  return aims.filter(({ category }) => named.has(category));
}
