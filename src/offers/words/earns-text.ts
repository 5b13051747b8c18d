import { PPM_ONE } from '#kernel/money';
import type { Text } from '#kernel/refusal';
import type { Benefit } from '../rule/definition.ts';
import { plural } from './counts.ts';
import { factor, numberText, text } from './figures.ts';

type Earning = Extract<Benefit, { readonly kind: 'points' | 'growth' }>;

/** Points and growth value, counted: "180 积分" and "180 points". */
export function unitsText(kind: 'points' | 'growth', count: number): Text {
  return kind === 'points'
    ? text(`${numberText(count)} 积分`, plural(count, 'point'))
    : text(`${numberText(count)} 成长值`, `${numberText(count)} growth value`);
}

export function earnsText({ kind, earn }: Earning): Text {
  switch (earn.by) {
    case 'per_yuan':
      return earnedPerYuan(kind, earn.rate);
    case 'fixed':
      return fixed(kind, earn.amount);
    case 'multiplier':
      return text(`得 ${factor(earn.factor)} 倍积分`, `${factor(earn.factor)} times the points`);
    case 'tiered': {
      const [{ rate, amount }] = earn.steps as [(typeof earn.steps)[number]];
      return rate === undefined ? fixed(kind, amount ?? 0) : earnedPerYuan(kind, rate);
    }
  }
}

function fixed(kind: Earning['kind'], count: number): Text {
  const { zh, en } = unitsText(kind, count);
  return text(`得 ${zh}`, en);
}

/** A rate of units per yuan: "每 1 元得 2 积分"; below one "每 10 元得 1 积分" where that is exact. */
export function perYuanText(kind: Earning['kind'], rate: number): Text {
  const unit = kind === 'points' ? '积分' : '成长值';
  const word = (one: boolean): string =>
    kind === 'growth' ? 'growth value' : one ? 'point' : 'points';
  if (rate < PPM_ONE && PPM_ONE % rate === 0) {
    const each = numberText(PPM_ONE / rate);
    return text(`每 ${each} 元得 1 ${unit}`, `1 ${word(true)} for every ${each} yuan`);
  }
  const many = factor(rate);
  return text(`每 1 元得 ${many} ${unit}`, `${many} ${word(rate === PPM_ONE)} for every yuan`);
}

/** The same as a phrase after "可": "得积分(每 1 元得 2 积分)". */
function earnedPerYuan(kind: Earning['kind'], rate: number): Text {
  const { zh, en } = perYuanText(kind, rate);
  return text(`得${kind === 'points' ? '积分' : '成长值'}(${zh})`, en);
}
