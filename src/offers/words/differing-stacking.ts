import type { Definition } from '../rule/definition.ts';
import { moved, replaced } from './change-text.ts';
import type { Differences } from './change.ts';
import { differingClawback } from './differing-clawback.ts';
import { numberText, text } from './figures.ts';
import { listed } from './listed-change.ts';

const LANES = {
  line: text('商品价', 'line price'),
  order: text('订单满减', 'order threshold'),
  coupon: text('优惠券', 'coupon'),
  tender: text('支付优惠', 'payment discount'),
  earning: text('付款后奖励', 'earning'),
} as const;

const PICKS = {
  best: text('选最优惠的一项', 'the best one'),
  first: text('选排在最前的一项', 'the first one'),
  all: text('可同享', 'all'),
} as const;

/** How the offer stands beside others, and what a refund takes back. */
export function differingStacking(into: Differences, before: Definition, after: Definition): void {
  const [was, is] = [before.stacking, after.stacking];
  const lane = (each: Definition['stacking']) => each.lane && LANES[each.lane];
  replaced(into, '/stacking/lane', text('判定环节', 'lane'), lane(was), lane(is));
  const group = (each: Definition['stacking']) =>
    each.group === undefined ? undefined : text(each.group, each.group);
  replaced(into, '/stacking/group', text('互斥组', 'group'), group(was), group(is));
  const pick = text('组内选取方式', 'choice within the group');
  replaced(into, '/stacking/pick', pick, PICKS[was.pick], PICKS[is.pick]);
  const most = text('组内同享项数上限', 'number of offers of the group in a sale');
  const count = (value: number) => text(`${numberText(value)} 项`, numberText(value));
  moved(into, '/stacking/most', most, was.most, is.most, count);
  const others = text('不可同享的活动', 'offers it cannot be combined with');
  listed(into, '/stacking/not_with', others, was.not_with, is.not_with);
  const base = (each: Definition['stacking']) =>
    each.base === 'initial'
      ? text('其他优惠前的价格', 'the price before other discounts')
      : text('其他优惠后的价格', 'the price after other discounts');
  replaced(into, '/stacking/base', text('折扣基数', 'base of percentages'), base(was), base(is));
  differingClawback(into, before.clawback, after.clawback);
}
