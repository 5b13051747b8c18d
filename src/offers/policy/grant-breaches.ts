import { windowWithin } from '../check/check-limits.ts';
import type { Benefit, Definition } from '../rule/definition.ts';
import type { Found } from './found.ts';
import type { PolicyRule } from './policy-set.ts';
import { ceilingOf, ratesOf, statedOf } from './stated.ts';

type Rule = Extract<PolicyRule, { type: 'rate_max' | 'grant_max' | 'cap_above' | 'member_max' }>;

/** Breaches of rules on how much is given. */
export function grantBreaches(rule: Rule, definition: Definition): Found[] {
  return definition.benefits.flatMap((benefit, index) => {
    const named = rule.kinds.some((kind) => kind === benefit.kind);
    return named ? ofBenefit(rule, benefit, `/benefits/${index}`, definition) : [];
  });
}

function ofBenefit(rule: Rule, benefit: Benefit, at: string, definition: Definition): Found[] {
  if (rule.type === 'member_max') return ofMember(rule, at, definition);
  if (benefit.kind !== 'discount' && benefit.kind !== 'cashback') return [];
  switch (rule.type) {
    case 'rate_max':
      return ratesOf(benefit, at)
        .filter(({ value }) => value > rule.rate)
        .map(({ pointer }) => ({
          pointer,
          zh: `比率至多 ${rule.rate}(百万分之一)`,
          en: `must be at most ${rule.rate} ppm`,
        }));
    case 'grant_max':
      return statedOf(benefit, at, definition)
        .filter(({ value }) => value > rule.amount)
        .map(({ pointer, value }) => ({
          pointer,
          zh: `一次至多 ${rule.amount} 分,现为 ${value} 分`,
          en: `one grant must be at most ${rule.amount} fen, and this is ${value}`,
        }));
    case 'cap_above':
      return ratesOf(benefit, at).some(({ value }) => value > rule.rate) &&
        ceilingOf(benefit, at, definition) === null
        ? [
            {
              pointer: `${at}/cap`,
              zh: `比率超过 ${rule.rate}(百万分之一)时须写 cap 或金额限制`,
              en: `a rate above ${rule.rate} ppm needs a cap or a limit of amount`,
            },
          ]
        : [];
  }
}

/** A limit over a window that holds the rule's bounds what a member gets in it. */
function ofMember(
  { window, amount }: Extract<Rule, { type: 'member_max' }>,
  at: string,
  { limits }: Definition,
): Found[] {
  const bound = limits.each.some(
    (limit) =>
      limit.per === 'member' &&
      limit.amount !== undefined &&
      limit.amount <= amount &&
      windowWithin({ type: window }, limit.window ?? { type: 'total' }),
  );
  if (bound) return [];
  return [
    {
      pointer: '/limits/each',
      zh: `${at} 须限制每位会员每${window === 'day' ? '日' : '月'}至多 ${amount}:写 {"per":"member","window":{"type":"${window}"},"amount":${amount}} 或更低`,
      en: `${at} needs a limit per member and ${window} of at most ${amount}: {"per":"member","window":{"type":"${window}"},"amount":${amount}} or less`,
    },
  ];
}
