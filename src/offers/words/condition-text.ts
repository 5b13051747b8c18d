import type { Text } from '#kernel/refusal';
import type { LeafTest, LeafOf } from '../engine/condition.ts';
import { basketText } from './basket-text.ts';
import { buyerText } from './buyer-text.ts';
import { text } from './figures.ts';
import { glue } from './glue.ts';
import { names } from './lists.ts';
import { placeText } from './place-text.ts';
import type { Hearer } from './reader.ts';
import { remembered } from './remembered.ts';
import { templateText } from './template-text.ts';
import { tenderText } from './tender-text.ts';
import { timeText } from './time-text.ts';

/** What a condition asks for, as a clause: "周二" and "on Tuesday". */
export function requiredText(test: LeafTest, hearer: Hearer = 'staff'): Text {
  return hearer === 'public' ? forPublic(test) : forStaff(test);
}

const forPublic = remembered((test: LeafTest) => clauseOf(test, 'public'));

const forStaff = remembered((test: LeafTest) => clauseOf(test, 'staff'));

function clauseOf(test: LeafTest, hearer: Hearer): Text {
  switch (test.type) {
    case 'day':
    case 'blackout':
    case 'weekday':
    case 'hours':
    case 'day_kind':
    case 'days_of_month':
      return timeText(test);
    case 'store':
    case 'terminal':
    case 'channel':
    case 'terminal_kind':
    case 'mcc':
      return placeText(test, hearer);
    case 'basket_amount':
    case 'basket_net':
    case 'basket_quantity':
    case 'contains':
    case 'unit_price':
    case 'target':
      return basketText(test);
    case 'tender':
    case 'issuer':
    case 'bin':
    case 'card_kind':
    case 'scheme':
    case 'wallet':
      return tenderText(test);
    case 'code':
      return codeText(test, hearer);
    case 'coupon': {
      const { zh, en } = names([...test.templates].map(templateText));
      return text(`使用优惠券「${zh}」`, `with the coupon ${en}`);
    }
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
      return buyerText(test, hearer === 'public');
  }
}

function codeText({ codes }: LeafOf<'code'>, hearer: Hearer): Text {
  if (hearer === 'public') return text('出示优惠码', 'with a promotion code');
  const { zh, en } = names(codes);
  return text(glue('输入优惠码', zh), `with the code ${en}`);
}
