import type { Text } from '#kernel/refusal';
import type { LeafTest } from '../engine/condition.ts';
import { boundsText, itemsText } from './bounds-text.ts';
import { pieces } from './counts.ts';
import { money, text } from './figures.ts';
import { glue } from './glue.ts';
import { containsText, unitPriceText } from './goods-text.ts';

type BasketTest = Extract<
  LeafTest,
  {
    readonly type:
      | 'basket_amount'
      | 'basket_net'
      | 'basket_quantity'
      | 'contains'
      | 'unit_price'
      | 'target';
  }
>;

/** What a condition on the basket asks for, as a clause. */
export function basketText(test: BasketTest): Text {
  switch (test.type) {
    case 'basket_amount': {
      const { zh, en } = boundsText(test, money);
      return text(`本单${zh}`, `with a basket of ${en}`);
    }
    case 'basket_net': {
      const { zh, en } = boundsText(test, money);
      return text(`优惠后实付${zh}`, `with ${en} to pay after discounts`);
    }
    case 'basket_quantity': {
      const { zh, en } = boundsText(test, pieces);
      return text(`本单${zh}`, `with a basket of ${en}`);
    }
    case 'contains':
      return containsText(test);
    case 'unit_price':
      return unitPriceText(test);
    case 'target': {
      const { zh, en } = itemsText(test.items);
      return text(glue('购买', zh), `with ${en} in the basket`);
    }
  }
}
