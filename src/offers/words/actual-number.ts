import type { Text } from '#kernel/refusal';
import type { LeafTest } from '../engine/condition.ts';
import { days, ordinal, pieces, times } from './counts.ts';
import { money, numberText, text } from './figures.ts';
import { weekdayText } from './week.ts';

const MONEY = new Set<LeafTest['type']>(['basket_amount', 'basket_net', 'unit_price']);

export function numbered(test: LeafTest, value: number): Text {
  const { type } = test;
  if (MONEY.has(type)) return money(value);
  if (type === 'weekday') return weekdayText(value);
  if (type === 'days_of_month') return text(`${value} 日`, `the ${ordinal(value)}`);
  if (type === 'basket_quantity') return pieces(value);
  if (type === 'contains') return value < test.quantity ? pieces(value) : money(value);
  if (type === 'history') return test.measure === 'amount' ? money(value) : times(value);
  if (type === 'nth_purchase') return text(`第 ${numberText(value)} 次`, `the ${ordinal(value)}`);
  if (type === 'member_for' || type === 'days_since_last') return days(value);
  return text(numberText(value), numberText(value));
}
