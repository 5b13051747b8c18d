import type { Items, LeafTest } from '../engine/condition.ts';
import type { CompiledBenefit } from '../engine/offer.ts';
import { asking } from './asking.ts';

/** Goods that a basket needs: at least so many, for at least so many fen. null: any. */
export interface Wish {
  readonly items: Items | null;
  readonly quantity: number;
  readonly amount: number;
}

/** What conditions and benefits ask the basket to hold, each choice of goods once. */
export function wishesOf(
  way: readonly LeafTest[],
  benefits: readonly CompiledBenefit[],
): readonly Wish[] {
  const found = new Map<string, Wish>();
  const wishes = [
    ...asking(way, 'contains'),
    ...asking(way, 'history').map(({ items }) => ({ items, quantity: 1, amount: 0 })),
    ...benefits.flatMap(benefitWishes),
  ];
  for (const { items, quantity, amount } of wishes) {
    const key = items === null ? '' : JSON.stringify(Object.values(items).map((set) => [...set]));
    const known = found.get(key);
    found.set(key, {
      items,
      quantity: Math.max(quantity, known?.quantity ?? 1),
      amount: Math.max(amount, known?.amount ?? 0),
    });
  }
  const chosen = [...found.values()].filter(({ items }) => items !== null);
  const open = found.get('');
  // Goods of any kind may be those of the other wishes as well.
  return open === undefined || (chosen.length > 0 && open.quantity === 1 && open.amount === 0)
    ? chosen
    : [...chosen, open];
}

function benefitWishes({ target, spend, formula }: CompiledBenefit): Wish[] {
  const least = formula.by === 'tiered' ? (formula.steps.at(-1)?.from ?? 0) : 0;
  const own = { items: target, quantity: 1, amount: Math.max(spend, least) };
  switch (formula.by) {
    case 'nth_item':
      return [{ ...own, quantity: formula.nth }];
    case 'buy_get':
      return formula.of === null
        ? [{ ...own, quantity: formula.buy + formula.get }]
        : [
            { ...own, quantity: formula.buy },
            { items: formula.of, quantity: formula.get, amount: 0 },
          ];
    case 'bundle':
      return formula.parts.map((part) => ({ ...part, amount: 0 }));
    case 'rate':
    case 'fixed':
    case 'tiered':
    case 'multiplier':
    case 'fixed_price':
      return [own];
  }
}
