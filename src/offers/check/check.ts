import type { FieldFault, Text } from '#kernel/refusal';
import { PPM_ONE } from '#kernel/money';
import { minuteOf } from '../engine/prepare-tests.ts';
import { contradictionOf, type Contradiction } from './contradiction.ts';
import type { Benefit, Condition, Definition, Funding, Hours, Target } from '../rule/definition.ts';

type Report = (pointer: string, zh: string, en: string) => void;

/**
 * Faults of a well-formed definition that only several fields together show; empty if it may be
 * published. Pointers are JSON pointers into the definition; each detail says what would be legal.
 */
export function checkDefinition(definition: Definition): FieldFault[] {
  const faults: FieldFault[] = [];
  const report: Report = (pointer, zh, en) => void faults.push({ pointer, detail: { zh, en } });
  checkSchedule(definition, report);
  checkFunding(
    definition.funding,
    '/funding',
    definition.benefits.filter((each) => fundingOf(each) === undefined),
    report,
  );
  definition.benefits.forEach((benefit, index) => {
    checkBenefit(benefit, `/benefits/${index}`, definition, report);
  });
  checkLimits(definition, report);
  if (definition.conditions) checkCondition(definition.conditions, '/conditions', report);
  if (faults.length > 0) return faults;
  const contradiction = contradictionOf(definition);
  if (contradiction !== null) {
    const { zh, en } = CONTRADICTIONS[contradiction];
    report('/conditions', `${zh};请放宽其中一项`, `${en}; loosen one of them`);
  }
  return faults;
}

const CONTRADICTIONS: Readonly<Record<Contradiction, Text>> = {
  basket_amount: {
    zh: '金额条件与门槛互相矛盾,永远不会满足',
    en: 'the amount conditions and the spend asked for can never hold together',
  },
  basket_quantity: {
    zh: '件数条件互相矛盾,永远不会满足',
    en: 'the quantity conditions can never hold together',
  },
  weekday: { zh: '星期条件互相矛盾,永远不会满足', en: 'the weekdays can never hold together' },
  hours: { zh: '时段条件互相矛盾,永远不会满足', en: 'the hours can never hold together' },
  tier: { zh: '会员等级条件互相矛盾,永远不会满足', en: 'the tiers can never hold together' },
  tender: {
    zh: '支付方式条件互相矛盾,永远不会满足',
    en: 'the tender methods can never hold together',
  },
};

function checkSchedule({ schedule }: Definition, report: Report): void {
  const { from, to } = schedule;
  if (to !== undefined && to < from) {
    report(
      '/schedule/to',
      `结束日须不早于开始日 ${from}`,
      `must not be before the first day, ${from}`,
    );
  }
  if (schedule.hours) checkHours(schedule.hours, '/schedule/hours', report);
}

function checkHours(hours: Hours, pointer: string, report: Report): void {
  hours.forEach(({ from, to }, index) => {
    if (minuteOf(to) > minuteOf(from)) return;
    report(
      `${pointer}/${index}/to`,
      `须晚于 ${from};跨零点请写两段,如 22:00-24:00 与 00:00-02:00`,
      `must be after ${from}; write two ranges across midnight, such as 22:00-24:00 and 00:00-02:00`,
    );
  });
}

/** The payers of a benefit of its own; growth, coupons and gifts have none. */
export function fundingOf(benefit: Benefit): Funding | undefined {
  return 'funding' in benefit ? benefit.funding : undefined;
}

/** @param benefits those that this list pays for */
function checkFunding(
  funding: Funding,
  pointer: string,
  benefits: readonly Benefit[],
  report: Report,
): void {
  const total = funding.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const shared = funding.every(({ share }) => share !== undefined);
  if (shared && total !== PPM_ONE) {
    report(
      pointer,
      `出资比例合计须为 1,000,000(100 %),现为 ${total}`,
      `shares must sum to 1,000,000 (100 %), not ${total}`,
    );
  }
  const points = benefits.some(({ kind }) => kind === 'points');
  const money = benefits.some(({ kind }) => kind !== 'points');
  const seen = new Set<string>();
  funding.forEach(({ party, funder_org, budget }, index) => {
    const at = `${pointer}/${index}`;
    const key = `${party}:${funder_org ?? ''}`;
    if (seen.has(key))
      report(at, '同一出资方只能出现一次', 'the same payer may stand here only once');
    seen.add(key);
    if (party === 'funder' && funder_org === undefined) {
      report(
        `${at}/funder_org`,
        '出资方为 funder 时须写机构编号',
        'must be the org id of the funder',
      );
    }
    if (party === 'merchant' && funder_org !== undefined) {
      report(`${at}/funder_org`, '商户出资时须省略', 'must be left out when the merchant pays');
    }
    if (party === 'funder' && budget === undefined && money) {
      report(
        `${at}/budget`,
        '减免与返现由外部出资时须指定预算',
        'a funder pays discounts and cashback from a budget: name it',
      );
    }
    if (budget !== undefined && points) {
      report(
        `${at}/budget`,
        '积分不占用金额预算;请为积分单独写 funding',
        'a budget is money and cannot pay points: give the points a funding of their own',
      );
    }
  });
}

function checkBenefit(
  benefit: Benefit,
  at: string,
  { stacking }: Definition,
  report: Report,
): void {
  const funding = fundingOf(benefit);
  if (funding) checkFunding(funding, `${at}/funding`, [benefit], report);
  if (benefit.target) checkItems(benefit.target, `${at}/target`, report);
  const { lane } = stacking;
  if (benefit.kind === 'discount') {
    if (lane === 'earning') {
      report(
        '/stacking/lane',
        '减免须为 line、order 或 tender',
        'a discount is decided in line, order or tender',
      );
    }
    if (benefit.off.by === 'amount') checkThreshold(benefit.off, benefit.spend, at, report);
  }
}

type AmountOff = Extract<Extract<Benefit, { kind: 'discount' }>['off'], { by: 'amount' }>;

function checkThreshold(
  { amount, times }: AmountOff,
  spend: number | undefined,
  at: string,
  report: Report,
): void {
  if (spend !== undefined && spend <= amount) {
    report(
      `${at}/spend`,
      `满减门槛须大于减免金额 ${amount} 分`,
      `the threshold must be above the ${amount} fen it saves`,
    );
  }
  if (times !== undefined && spend === undefined) {
    report(
      `${at}/off/times`,
      '每满重复减须写 spend(门槛)',
      'an amount repeats per multiple of a threshold: give spend',
    );
  }
}

function checkItems(items: Target, at: string, report: Report): void {
  if (items.skus || items.categories || items.brands) return;
  report(at, '须至少写 skus、categories、brands 之一', 'must name skus, categories or brands');
}

function checkLimits({ limits, benefits, stacking }: Definition, report: Report): void {
  for (const [index, limit] of limits.each.entries()) {
    if (limit.count !== undefined || limit.amount !== undefined) continue;
    report(`/limits/each/${index}`, '须写 count、amount 或两者', 'must give count, amount or both');
  }
  if (
    stacking.lane !== undefined &&
    stacking.lane !== 'earning' &&
    benefits.every(({ kind }) => kind !== 'discount')
  ) {
    report(
      '/stacking/lane',
      '积分与返现须为 earning 或省略',
      'points and cashback are decided in earning: leave it out',
    );
  }
  const units = new Set(benefits.map(({ kind }) => (kind === 'points' ? 'points' : 'fen')));
  if (units.size === 1) return;
  const zh = '优惠同时含金额与积分时不能限额;请拆为两个方案或用各项的 cap';
  const en = 'fen and points cannot share a limit: make two offers, or use the cap of each benefit';
  for (const [index, { amount }] of limits.each.entries()) {
    if (amount !== undefined) report(`/limits/each/${index}/amount`, zh, en);
  }
}

function checkCondition(condition: Condition, at: string, report: Report): void {
  if ('of' in condition) {
    condition.of.forEach((inner, index) => checkCondition(inner, `${at}/of/${index}`, report));
  } else if (condition.type === 'contains') {
    checkItems(condition, at, report);
  } else if (condition.type === 'hours') {
    checkHours(condition.hours, `${at}/hours`, report);
  } else if (condition.type === 'basket_amount' || condition.type === 'basket_quantity') {
    const { min, max } = condition;
    if (min === undefined && max === undefined) {
      report(at, '须写 min、max 或两者', 'must give min, max or both');
    } else if (min !== undefined && max !== undefined && max < min) {
      report(`${at}/max`, `须不小于 min(${min})`, `must be at least min, ${min}`);
    }
  }
}
