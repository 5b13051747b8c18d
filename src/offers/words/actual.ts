import {
  type LeafTest,
  type View,
  chosen,
  netOf,
  sumOf,
  type LeafOf,
} from '../engine/condition.ts';
import type { SaleFacts } from '../engine/facts.ts';
import { buyerOf } from './actual-buyer.ts';
import { shownBy } from './actual-tender.ts';
import type { Value } from './leaf.ts';
import { templateText } from './template-text.ts';
import { clock } from './week.ts';

/** In the unit of the condition: fen, items, purchases, days, or a word. */
export function actualOf(test: LeafTest, view: View): Value {
  const { facts } = view;
  switch (test.type) {
    case 'day':
    case 'blackout':
      return facts.day;
    case 'weekday':
      return facts.weekday;
    case 'hours':
      return clock(facts.minute);
    case 'day_kind':
      return facts.dayKind;
    case 'days_of_month':
      return Number(facts.day.slice(8));
    case 'store':
      return facts.store;
    case 'terminal':
      return facts.terminal;
    case 'channel':
      return facts.channel;
    case 'terminal_kind':
      return facts.terminalKind;
    case 'mcc':
      return facts.mcc;
    case 'basket_amount':
      return view.gross;
    case 'basket_net':
      return netOf(view, null);
    case 'basket_quantity':
      return view.quantity;
    case 'contains':
      return containedOf(test, view);
    case 'target':
      return 0;
    case 'unit_price':
      return priceOf(test, facts);
    case 'code':
      return facts.codes.join(',') || null;
    case 'coupon':
      return facts.coupons.map(({ template }) => templateText(template)).join(',') || null;
    case 'tender':
    case 'issuer':
    case 'bin':
    case 'card_kind':
    case 'scheme':
    case 'wallet':
      return shownBy(test.type, facts).join(',') || null;
    case 'member':
    case 'programme':
    case 'tier':
    case 'label':
    case 'member_for':
    case 'birthday':
    case 'nth_purchase':
    case 'days_since_last':
    case 'history':
    case 'hold_out':
      return buyerOf(test, view);
  }
}

function containedOf({ items, quantity }: LeafOf<'contains'>, { facts }: View): number {
  const sum = sumOf(items, facts.lines);
  return sum.quantity < quantity ? sum.quantity : sum.amount;
}

function priceOf({ which, items }: LeafOf<'unit_price'>, { lines }: SaleFacts): number | null {
  const prices = lines.flatMap((line) =>
    line.quantity > 0 && (items === null || chosen(items, line))
      ? [Math.round(line.amount / line.quantity)]
      : [],
  );
  if (prices.length === 0) return null;
  return which === 'cheapest' ? Math.min(...prices) : Math.max(...prices);
}
