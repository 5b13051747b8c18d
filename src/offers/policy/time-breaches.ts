import { daysBetween } from '#kernel/day';
import type { Benefit, Definition, Expiry } from '../rule/definition.ts';
import type { Found } from './found.ts';
import type { PolicyRule } from './policy-set.ts';

type Rule = Extract<PolicyRule, { type: 'term_max' | 'expiry_min' | 'expiry_max' }>;
type Points = Extract<Benefit, { kind: 'points' }>;

/** Breaches of rules on how long an offer lasts and how long what it gave can be used. */
export function timeBreaches(rule: Rule, definition: Definition): Found[] {
  if (rule.type === 'term_max') return ofTerm(rule.days, definition);
  return definition.benefits.flatMap((benefit, index) =>
    benefit.kind === 'points' ? ofPoints(rule, benefit, `/benefits/${index}`, definition) : [],
  );
}

function ofTerm(days: number, { schedule: { from, to } }: Definition): Found[] {
  if (to !== undefined && daysBetween(from, to) + 1 <= days) return [];
  return [
    {
      pointer: '/schedule/to',
      zh: `有效期至多 ${days} 天,须写结束日`,
      en: `an offer lasts at most ${days} days and says its last day`,
    },
  ];
}

function ofPoints(
  { type, days }: Rule,
  { expiry }: Points,
  at: string,
  definition: Definition,
): Found[] {
  const { least, most } = usableDays(expiry, definition);
  if (type === 'expiry_min' ? least >= days : most <= days) return [];
  return [
    {
      pointer: `${at}/expiry`,
      zh:
        type === 'expiry_min'
          ? `积分自到账起须至少可用 ${days} 天,此规则下最短 ${least} 天`
          : `积分自到账起至多可用 ${days} 天`,
      en:
        type === 'expiry_min'
          ? `points must be usable for at least ${days} days, and under this rule some are for ${least}`
          : `points must not be usable for more than ${days} days`,
    },
  ];
}

const YEAR = 365;
const LEAP_YEAR = 366;

/** For how many days points can be used at the least and at the most, whenever they were granted. */
function usableDays(
  expiry: Expiry,
  { schedule }: Definition,
): { readonly least: number; readonly most: number } {
  switch (expiry.type) {
    case 'none':
      return { least: Infinity, most: Infinity };
    case 'rolling': {
      const more = { month: 30, quarter: 91, year: YEAR } as const;
      const rounded = expiry.round_up_to ? more[expiry.round_up_to] : 0;
      return { least: expiry.days, most: expiry.days + rounded };
    }
    case 'end_of_year':
      return { least: expiry.years * YEAR, most: (expiry.years + 1) * LEAP_YEAR };
    case 'date': {
      const last = schedule.to ?? expiry.day;
      return {
        least: Math.max(0, daysBetween(last, expiry.day)),
        most: daysBetween(schedule.from, expiry.day),
      };
    }
  }
}
