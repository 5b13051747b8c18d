import type { Leaf } from '../rule/definition.ts';
import { boundsOf } from './bounds.ts';
import type { LeafTest } from './condition.ts';
import { itemsOf } from './items.ts';

type BuyerLeaf = Extract<
  Leaf,
  {
    type:
      | 'tier'
      | 'label'
      | 'member_for'
      | 'birthday'
      | 'nth_purchase'
      | 'days_since_last'
      | 'history';
  }
>;

export function preparedBuyer(leaf: BuyerLeaf): LeafTest {
  switch (leaf.type) {
    case 'tier':
      return { type: 'tier', tiers: new Set(leaf.tiers) };
    case 'label':
      return { type: 'label', labels: new Set(leaf.labels) };
    case 'member_for':
      return { type: 'member_for', min: leaf.min_days ?? 0, max: leaf.max_days ?? Infinity };
    case 'birthday':
      return leaf.within.type === 'month'
        ? { type: 'birthday', month: true }
        : {
            type: 'birthday',
            month: false,
            before: leaf.within.before,
            after: leaf.within.after,
          };
    case 'nth_purchase':
      return { type: 'nth_purchase', numbers: new Set(leaf.numbers), every: leaf.every ?? 0 };
    case 'days_since_last':
      return { type: 'days_since_last', ...boundsOf(leaf) };
    case 'history':
      return {
        type: 'history',
        whose: leaf.whose ?? 'member',
        measure: leaf.measure,
        window: leaf.window,
        items: leaf.target ? itemsOf(leaf.target) : null,
        every: leaf.every ?? 0,
        ...boundsOf(leaf),
      };
  }
}
