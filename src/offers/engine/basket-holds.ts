import { within } from './bounds.ts';
import { chosen, type LeafOf, netOf, sumOf, type View } from './condition.ts';

type BasketLeaf = LeafOf<
  'basket_amount' | 'basket_net' | 'basket_quantity' | 'contains' | 'unit_price' | 'target'
>;

/** Whether the lines are as the test says. */
export function basketHolds(test: BasketLeaf, view: View): boolean {
  const { facts } = view;
  switch (test.type) {
    case 'basket_amount':
      return within(view.gross, test);
    case 'basket_net':
      return within(netOf(view, null), test);
    case 'basket_quantity':
      return within(view.quantity, test);
    case 'contains': {
      const sum = sumOf(test.items, facts.lines);
      return sum.quantity >= test.quantity && sum.amount >= test.amount;
    }
    case 'unit_price':
      return unitPriceHolds(test, view);
    case 'target':
      return facts.lines.some((line) => chosen(test.items, line));
  }
}

function unitPriceHolds(test: LeafOf<'unit_price'>, { facts }: View): boolean {
  let found = -1;
  for (const line of facts.lines) {
    if (line.quantity === 0 || (test.items !== null && !chosen(test.items, line))) continue;
    const price = line.amount / line.quantity;
    if (found < 0 || (test.which === 'cheapest' ? price < found : price > found)) found = price;
  }
  return found >= 0 && within(found, test);
}
