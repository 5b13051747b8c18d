import type { SaleFacts } from '../engine/facts.ts';
import type { Condition, Definition, Leaf } from '../rule/definition.ts';

/** What a sale of the past may not tell, because nobody asked for it when it was made. */
export type PastFact =
  | 'member'
  | 'card'
  | 'wallet'
  | 'terminal'
  | 'terminal_kind'
  | 'device'
  | 'mcc'
  | 'birthday'
  | 'code'
  | 'coupon'
  | 'category'
  | 'brand';

const LEAF_FACTS: Partial<Readonly<Record<Leaf['type'], PastFact>>> = {
  issuer: 'card',
  bin: 'card',
  card_kind: 'card',
  scheme: 'card',
  wallet: 'wallet',
  terminal_kind: 'terminal_kind',
  mcc: 'mcc',
  tier: 'member',
  label: 'member',
  member_for: 'member',
  birthday: 'birthday',
  nth_purchase: 'member',
  days_since_last: 'member',
  code: 'code',
  coupon: 'coupon',
};

/** The facts without which an offer cannot apply, or not as it is meant. */
export function factsNeeded(definition: Definition): PastFact[] {
  const { audience, conditions, scope, limits, benefits } = definition;
  const needed = new Set<PastFact>(conditions ? ofCondition(conditions) : []);
  if (audience.members_only || audience.tiers || audience.labels) needed.add('member');
  if (scope.terminals) needed.add('terminal');
  for (const { per } of limits.each)
    if (per === 'member' || per === 'card' || per === 'device' || per === 'terminal')
      needed.add(per);
  for (const benefit of benefits) {
    if (benefit.target?.categories) needed.add('category');
    if (benefit.target?.brands) needed.add('brand');
    if (!('timing' in benefit) || benefit.timing === undefined) continue;
    if ('whose' in benefit.timing && benefit.timing.whose === 'card') needed.add('card');
  }
  return [...needed];
}

function ofCondition(condition: Condition): PastFact[] {
  if ('of' in condition) return condition.of.flatMap(ofCondition);
  if (condition.type === 'history')
    return [condition.whose === 'card' ? 'card' : 'member', ...ofItems(condition.target ?? {})];
  if (condition.type === 'contains') return ofItems(condition);
  if (condition.type === 'unit_price') return ofItems(condition.target ?? {});
  const fact = LEAF_FACTS[condition.type];
  return fact === undefined ? [] : [fact];
}

function ofItems({ categories, brands }: { categories?: unknown; brands?: unknown }): PastFact[] {
  return [
    ...(categories === undefined ? [] : ['category' as const]),
    ...(brands === undefined ? [] : ['brand' as const]),
  ];
}

/** Whether a sale does not tell a fact. */
export function isUntold(fact: PastFact, facts: SaleFacts): boolean {
  switch (fact) {
    case 'member':
      return facts.member === null;
    case 'card':
      return facts.tenders.every(({ card }) => card === undefined);
    case 'wallet':
      return facts.tenders.every(({ wallet }) => wallet === undefined);
    case 'terminal':
      return facts.terminal === null;
    case 'terminal_kind':
      return facts.terminalKind === null;
    case 'device':
      return facts.device === null;
    case 'mcc':
      return facts.mcc === null;
    case 'birthday':
      return !facts.member?.birthday;
    case 'code':
      return facts.codes.length === 0;
    case 'coupon':
      return facts.coupons.length === 0;
    case 'category':
      return facts.lines.every(({ category }) => category === null);
    case 'brand':
      return facts.lines.every(({ brand }) => brand === null);
  }
}
