import type { Text } from '#kernel/refusal';
import type { Benefit } from '../rule/definition.ts';
import { text } from './figures.ts';

export function label(benefit: Benefit, zh: string, en = ''): Text {
  const name = labelOf(benefit);
  return text(`${name.zh}${zh}`, `${name.en.toLowerCase()}${en}`);
}

const LABELS: Readonly<Record<Benefit['kind'], Text>> = {
  discount: text('立减', 'Discount'),
  points: text('积分', 'Points'),
  growth: text('成长值', 'Growth value'),
  cashback: text('返现', 'Cash back'),
  coupon: text('优惠券', 'Coupon'),
  gift: text('赠品', 'Gift'),
};

/** What a benefit is called: "积分", "Cash back". */
export function labelOf(
  benefit: Pick<Benefit, 'kind'> & { readonly to?: string | undefined },
): Text {
  return benefit.to === 'merchant' ? text('商户返利', 'Merchant rebate') : LABELS[benefit.kind];
}
