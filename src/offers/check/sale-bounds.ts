import type { Branch, Literal } from './branches.ts';
import { perLeaf } from './per-leaf.ts';
import type { Bound, Numbers } from './range.ts';

/** A condition's own bounds; one that must not hold bans them. */
export function boundOf(
  literal: Literal,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
): Bound {
  return { min: min ?? 0, max: max ?? Infinity, banned: literal.negated, literal };
}

/** What follows for another number from a condition that must hold. */
export function atLeast(literal: Literal, min: number | undefined): Bound[] {
  return min === undefined || literal.negated ? [] : [{ min, max: Infinity, literal }];
}

function atMost(literal: Literal, max: number | undefined): Bound[] {
  return max === undefined || literal.negated ? [] : [{ min: 0, max, literal }];
}

/** fen of the basket before discounts: at least what is left of it, what its lines and units cost. */
export function grossBounds(branch: Branch): Numbers {
  return {
    what: { zh: '金额(分)', en: 'amount in fen' },
    least: 1,
    bounds: branch.flatMap((literal) => {
      const { leaf } = literal;
      if (leaf.type === 'contains') return atLeast(literal, leaf.amount);
      if (leaf.type === 'unit_price') return atLeast(literal, leaf.min);
      if (leaf.type !== 'basket_amount') return [];
      return leaf.basis === 'net' ? atLeast(literal, leaf.min) : [boundOf(literal, leaf)];
    }),
  };
}

/** fen of the basket after discounts. */
export function netBounds(branch: Branch): Numbers {
  return {
    what: { zh: '应付金额(分)', en: 'amount to pay in fen' },
    least: 0,
    bounds: branch.flatMap((literal) => {
      const { leaf } = literal;
      if (leaf.type !== 'basket_amount') return [];
      return leaf.basis === 'net' ? [boundOf(literal, leaf)] : atMost(literal, leaf.max);
    }),
  };
}

/** Units in the basket. */
export function basketBounds(branch: Branch): Numbers {
  return {
    what: { zh: '件数', en: 'number of units' },
    least: 1,
    bounds: branch.flatMap((literal) => {
      const { leaf } = literal;
      if (leaf.type === 'basket_quantity') return [boundOf(literal, leaf)];
      return leaf.type === 'contains' ? atLeast(literal, leaf.quantity ?? 1) : [];
    }),
  };
}

/** fen of the cheapest and the dearest unit, of all lines or of some. */
export function priceBounds(branch: Branch): Numbers[] {
  const targets = new Set<string>();
  for (const { leaf, negated } of branch)
    if (leaf.type === 'unit_price' && !negated) targets.add(keyOf(leaf));
  return [...targets].flatMap((target) =>
    (['cheapest', 'dearest'] as const).map((which) => ({
      what: { zh: '单价(分)', en: 'unit price in fen' },
      least: 0,
      bounds: branch.flatMap((literal) => {
        const { leaf } = literal;
        if (leaf.type === 'basket_amount' && leaf.basis !== 'net') return atMost(literal, leaf.max);
        if (leaf.type !== 'unit_price' || keyOf(leaf) !== target) return [];
        if (leaf.which === which) return [boundOf(literal, leaf)];
        return which === 'dearest' ? atLeast(literal, leaf.min) : atMost(literal, leaf.max);
      }),
    })),
  );
}

/** Of which lines the price is. */
const keyOf = perLeaf((leaf) =>
  leaf.type === 'unit_price' ? JSON.stringify(leaf.target ?? null) : '',
);
