import type { Text } from '#kernel/refusal';
import type { Definition } from '../rule/definition.ts';
import { asksCoupon } from './asks.ts';
import { numberText, text } from './figures.ts';
import { sentence } from './glue.ts';
import { names } from './lists.ts';

/** What a sale may not have together with the offer, and what a coupon that it takes is good for. */
export function combiningTerms({ stacking, conditions }: Definition): Text[] {
  const said: Text[] = [];
  const { group, pick, most, not_with: others } = stacking;
  if (group !== undefined) said.push(groupText(pick, most));
  if (others !== undefined) {
    const { zh, en } = names(others);
    said.push(text(`不与活动 ${zh} 同享`, `not together with the offers ${en}`));
  }
  if (said.length === 0)
    said.push(
      text(
        '除另有说明外,可与其他活动同享',
        'it can be combined with other offers unless they say otherwise',
      ),
    );
  if (conditions && asksCoupon(conditions))
    said.push(
      text(
        '优惠券须在付款前出示,每单用去一张',
        'show the coupon before you pay; one is used up by each sale',
      ),
    );
  return said.map(sentence);
}

function groupText(pick: Definition['stacking']['pick'], most: number | undefined): Text {
  if (pick === 'best')
    return text(
      '与同类活动不同享,系统自动选用对您最优惠的一项',
      'of the offers of its kind a sale gets one: the best for you, chosen by itself',
    );
  if (pick === 'first')
    return text(
      '与同类活动不同享,按活动的先后取第一项',
      'of the offers of its kind a sale gets one: the first that applies',
    );
  return most === undefined
    ? text('可与同类活动同享', 'it can be combined with the offers of its kind')
    : text(
        `与同类活动一单最多同享 ${numberText(most)} 项`,
        `of the offers of its kind a sale gets at most ${numberText(most)}`,
      );
}
