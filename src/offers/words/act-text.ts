import type { Text } from '#kernel/refusal';
import type { LeafTest } from '../engine/condition.ts';
import { itemsText } from './bounds-text.ts';
import { text } from './figures.ts';
import { glue } from './glue.ts';
import { isTenderTest } from './leaf.ts';
import { names } from './lists.ts';
import type { Reader } from './reader.ts';
import { templateText } from './template-text.ts';
import { meansText } from './tender-text.ts';

/** What to do at the till; the cashier does some of it for the buyer. */
export function actText(test: LeafTest, reader: Reader): Text {
  const till = reader === 'cashier';
  if (isTenderTest(test)) {
    const { zh, en } = meansText(test);
    const part = test.every ? '' : '至少部分';
    return text(
      glue(till ? '请顾客' : '', part, '使用', zh, '付款'),
      `${till ? 'ask the customer to ' : ''}pay${test.every ? '' : ' at least part'} by ${en}`,
    );
  }
  if (test.type === 'code')
    return till
      ? text('录入优惠码', 'enter a promotion code')
      : text('出示优惠码', 'show a promotion code');
  if (test.type === 'coupon') {
    const { zh, en } = names([...test.templates].map(templateText));
    return text(
      `${till ? '扫描' : '出示'}优惠券「${zh}」`,
      `${till ? 'scan' : 'show'} the coupon ${en}`,
    );
  }
  if (test.type === 'target') {
    const { zh, en } = itemsText(test.items);
    return text(glue('购买', zh), `buy ${en}`);
  }
  return till
    ? text('扫会员码或请顾客注册会员', 'scan the member’s code or ask the customer to join')
    : text('注册会员', 'join');
}
