import type { Leaf } from '../rule/definition.ts';
import { boundsOf } from './bounds.ts';
import type { LeafTest } from './condition.ts';
import { itemsOf } from './items.ts';

type BasketLeaf = Extract<
  Leaf,
  { type: 'basket_amount' | 'basket_quantity' | 'contains' | 'unit_price' }
>;

export function preparedBasket(leaf: BasketLeaf): LeafTest {
  switch (leaf.type) {
    case 'basket_amount':
      return { type: leaf.basis === 'net' ? 'basket_net' : 'basket_amount', ...boundsOf(leaf) };
    case 'basket_quantity':
      return { type: 'basket_quantity', ...boundsOf(leaf) };
    case 'contains':
      return {
        type: 'contains',
        items: itemsOf(leaf),
        quantity: leaf.quantity ?? (leaf.amount === undefined ? 1 : 0),
        amount: leaf.amount ?? 0,
      };
    case 'unit_price':
      return {
        type: 'unit_price',
        which: leaf.which,
        items: leaf.target ? itemsOf(leaf.target) : null,
        ...boundsOf(leaf),
      };
  }
}
