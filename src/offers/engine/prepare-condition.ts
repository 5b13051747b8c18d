import type { Condition, Leaf } from '../rule/definition.ts';
import type { LeafTest, Test } from './condition.ts';
import { rangesOf } from './minutes.ts';
import { preparedBasket } from './prepare-basket.ts';
import { preparedBuyer } from './prepare-buyer.ts';
import { preparedTender } from './prepare-tender.ts';

export function prepared(condition: Condition): Test {
  return 'of' in condition
    ? { type: condition.type, of: condition.of.map(prepared) }
    : preparedLeaf(condition);
}

function preparedLeaf(leaf: Leaf): LeafTest {
  switch (leaf.type) {
    case 'basket_amount':
    case 'basket_quantity':
    case 'contains':
    case 'unit_price':
      return preparedBasket(leaf);
    case 'terminal_kind':
      return { type: 'terminal_kind', kinds: new Set(leaf.kinds) };
    case 'mcc':
      return { type: 'mcc', codes: new Set(leaf.codes) };
    case 'code':
      return { type: 'code', codes: new Set(leaf.codes.map((code) => code.toUpperCase())) };
    case 'coupon':
      return { type: 'coupon', templates: new Set(leaf.templates) };
    case 'weekday':
      return { type: 'weekday', weekdays: new Set(leaf.weekdays) };
    case 'hours':
      return { type: 'hours', ranges: rangesOf(leaf.hours) };
    case 'day_kind':
      return { type: 'day_kind', kinds: new Set(leaf.kinds) };
    case 'days_of_month':
      return { type: 'days_of_month', days: new Set(leaf.days) };
    case 'tender':
    case 'issuer':
    case 'bin':
    case 'card_kind':
    case 'scheme':
    case 'wallet':
      return preparedTender(leaf);
    case 'tier':
    case 'label':
    case 'member_for':
    case 'birthday':
    case 'nth_purchase':
    case 'days_since_last':
    case 'history':
      return preparedBuyer(leaf);
  }
}
