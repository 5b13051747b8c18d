import { birthdayIn, dayNumber } from '#kernel/day';
import {
  chosen,
  netOf,
  sumOf,
  type BinRange,
  type LeafTest,
  type Test,
  type View,
} from './condition.ts';
import type { CardFacts, MemberFacts, TenderFacts } from './facts.ts';
import { addedBy, ALL_SALES, pastOf } from './history.ts';
import { placeOf } from './hold-out.ts';

type Leaf<Type extends LeafTest['type']> = Extract<LeafTest, { type: Type }>;

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
      return within(view.gross, test);
    case 'basket_net':
      return within(netOf(view, null), test);
    case 'basket_quantity':
      return within(view.quantity, test);
    case 'contains': {
      const sum = sumOf(test.items, facts.lines);
      return sum.quantity >= test.quantity && sum.amount >= test.amount;
    }
    case 'unit_price':
      return unitPriceHolds(test, view);
    case 'target':
      return facts.lines.some((line) => chosen(test.items, line));
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

function within(value: number, { min, max }: { min: number; max: number }): boolean {
  return min <= value && value <= max;
}

function unitPriceHolds(test: Leaf<'unit_price'>, { facts }: View): boolean {
  let found = -1;
  for (const line of facts.lines) {
    if (line.quantity === 0 || (test.items !== null && !chosen(test.items, line))) continue;
    const price = line.amount / line.quantity;
    if (found < 0 || (test.which === 'cheapest' ? price < found : price > found)) found = price;
  }
  return found >= 0 && within(found, test);
}

type TimeLeaf = Leaf<'day' | 'blackout' | 'weekday' | 'hours' | 'day_kind' | 'days_of_month'>;

function timeHolds(test: TimeLeaf, { facts }: View): boolean {
  const { day, minute } = facts;
  switch (test.type) {
    case 'day':
      return test.from <= day && day <= test.to;
    case 'blackout':
      return !test.ranges.some(({ from, to }) => from <= day && day <= to);
    case 'weekday':
      return test.weekdays.has(facts.weekday);
    case 'hours':
      return test.ranges.some(({ from, to }) => from <= minute && minute < to);
    case 'day_kind':
      return test.kinds.has(facts.dayKind);
    case 'days_of_month':
      return test.days.has(Number(day.slice(8)));
  }
}

type TenderLeaf = Leaf<'tender' | 'issuer' | 'bin' | 'card_kind' | 'scheme' | 'wallet'>;

function tendersHold(test: TenderLeaf, tenders: readonly TenderFacts[]): boolean {
  for (const tender of tenders) {
    if (tenderIs(test, tender) !== test.every) return !test.every;
  }
  return test.every && tenders.length > 0;
}

function tenderIs(test: TenderLeaf, { method, card, wallet }: TenderFacts): boolean {
  switch (test.type) {
    case 'tender':
      return test.methods.has(method);
    case 'wallet':
      return wallet !== undefined && test.wallets.has(wallet);
    case 'issuer':
    case 'bin':
    case 'card_kind':
    case 'scheme':
      return card !== undefined && cardIs(test, card);
  }
}

function cardIs(test: Leaf<'issuer' | 'bin' | 'card_kind' | 'scheme'>, card: CardFacts): boolean {
  switch (test.type) {
    case 'issuer':
      return card.issuer !== null && test.issuers.has(card.issuer);
    case 'bin':
      return test.ranges.some((range) => inRange(range, card.bin));
    case 'card_kind':
      return card.kind !== null && test.kinds.has(card.kind);
    case 'scheme':
      return card.scheme !== null && test.schemes.has(card.scheme);
  }
}

/** More digits than are known of the card cannot be compared: the card does not belong. */
function inRange({ from, to }: BinRange, bin: string): boolean {
  if (bin.length < from.length) return false;
  const head = bin.slice(0, from.length);
  return from <= head && head <= to;
}

type MemberLeaf = Leaf<
  | 'member'
  | 'programme'
  | 'tier'
  | 'label'
  | 'member_for'
  | 'birthday'
  | 'nth_purchase'
  | 'days_since_last'
>;

function memberHolds(test: MemberLeaf, member: MemberFacts, view: View): boolean {
  const { day } = view.facts;
  switch (test.type) {
    case 'member':
      return true;
    case 'programme':
      return test.programmes.has(member.programme);
    case 'tier':
      return test.tiers.has(member.tier);
    case 'label':
      return member.labels.some((label) => test.labels.has(label));
    case 'member_for':
      return within(dayNumber(day) - dayNumber(member.joined), test);
    case 'birthday':
      return member.birthday !== null && birthdayHolds(test, member.birthday, day);
    case 'nth_purchase': {
      const nth = (pastOf(ALL_SALES, view)?.count ?? 0) + 1;
      return test.numbers.has(nth) || (test.every > 0 && nth % test.every === 0);
    }
    case 'days_since_last': {
      const last = pastOf(ALL_SALES, view)?.last ?? null;
      return last !== null && within(dayNumber(day) - dayNumber(last), test);
    }
  }
}

function birthdayHolds(test: Leaf<'birthday'>, birthday: string, day: string): boolean {
  if (test.month) return day.slice(5, 7) === birthday.slice(0, 2);
  const today = dayNumber(day);
  const year = Number(day.slice(0, 4));
  return [year - 1, year, year + 1].some((each) => {
    const away = today - dayNumber(birthdayIn(each, birthday));
    return -test.before <= away && away <= test.after;
  });
}

/** A multiple counts for the sale that reaches it, not for those that stand at it after. */
function historyHolds(test: Leaf<'history'>, view: View): boolean {
  const past = pastOf(test, view);
  if (past === null) return false;
  const before = past[test.measure];
  const value = before + addedBy(test, past, view);
  return (
    within(value, test) &&
    (test.every === 0 || Math.floor(value / test.every) > Math.floor(before / test.every))
  );
}
