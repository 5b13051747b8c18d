import type { Text } from '#kernel/refusal';
import type { Benefit } from '../rule/definition.ts';
import { text } from './figures.ts';

export function remarks(benefit: Benefit, initial: boolean): Text[] {
  const found: Text[] = [];
  if (benefit.kind === 'discount') {
    const { off } = benefit;
    if (off.by === 'nth_item')
      found.push(text('件数按单价从高到低计', 'items are counted from the dearest'));
    if (off.by === 'buy_get')
      found.push(text('优惠的是价格最低的商品', 'the cheapest items are the ones reduced'));
    if (initial && (off.by === 'percent' || off.by === 'tiered'))
      found.push(
        text('折扣按其他优惠前的价格计算', 'it is measured on the price before other discounts'),
      );
  }
  if ('earn' in benefit && 'steps' in benefit.earn && benefit.earn.steps.length > 1) {
    found.push(REACHED);
  } else if (
    benefit.kind === 'discount' &&
    benefit.off.by === 'tiered' &&
    benefit.off.steps.length > 1
  ) {
    found.push(REACHED);
  }
  if (countsDown(benefit))
    found.push(
      benefit.kind === 'points'
        ? text('不足 1 积分的部分不计', 'less than a whole point does not count')
        : text('不足 1 成长值的部分不计', 'less than a whole unit does not count'),
    );
  return found;
}

const REACHED = text('按达到的最高一档计', 'the highest step reached decides for the whole amount');

/** Points and growth value by rate are rounded down unless said. */
function countsDown(benefit: Benefit): boolean {
  if (benefit.kind !== 'points' && benefit.kind !== 'growth') return false;
  const { earn } = benefit;
  return earn.by !== 'fixed' && earn.rounding !== 'half_up';
}
