import { basketHolds } from './basket-holds.ts';
import type { Test, View } from './condition.ts';
import { historyHolds } from './history-holds.ts';
import { placeOf } from './hold-out.ts';
import { memberHolds } from './member-holds.ts';
import { tendersHold } from './tenders-hold.ts';
import { timeHolds } from './time-holds.ts';

/** Whether a test holds. One that `isLate` names reads what is still to pay from the view's nets. */
export function holds(test: Test, view: View): boolean {
  const { facts } = view;
  switch (test.type) {
    case 'all':
      for (const inner of test.of) if (!holds(inner, view)) return false;
      return true;
    case 'any':
      for (const inner of test.of) if (holds(inner, view)) return true;
      return false;
    case 'none':
      for (const inner of test.of) if (holds(inner, view)) return false;
      return true;
    case 'basket_amount':
    case 'basket_net':
    case 'basket_quantity':
    case 'contains':
    case 'unit_price':
    case 'target':
      return basketHolds(test, view);
    case 'store':
      return test.stores.has(facts.store);
    case 'terminal':
      return facts.terminal !== null && test.terminals.has(facts.terminal);
    case 'channel':
      return test.channels.has(facts.channel);
    case 'terminal_kind':
      return facts.terminalKind !== null && test.kinds.has(facts.terminalKind);
    case 'mcc':
      return facts.mcc !== null && test.codes.has(facts.mcc);
    case 'code':
      return facts.codes.some((code) => test.codes.has(code));
    case 'coupon':
      return facts.coupons.some(({ template }) => test.templates.has(template));
    case 'tender':
    case 'issuer':
    case 'bin':
    case 'card_kind':
    case 'scheme':
    case 'wallet':
      return tendersHold(test, facts.tenders);
    case 'day':
    case 'blackout':
    case 'weekday':
    case 'hours':
    case 'day_kind':
    case 'days_of_month':
      return timeHolds(test, view);
    case 'hold_out':
      return facts.member === null || placeOf(test.salt, facts.member.id) >= test.share;
    case 'history':
      return historyHolds(test, view);
    case 'member':
    case 'programme':
    case 'tier':
    case 'label':
    case 'member_for':
    case 'birthday':
    case 'nth_purchase':
    case 'days_since_last':
      return facts.member !== null && memberHolds(test, facts.member, view);
  }
}
