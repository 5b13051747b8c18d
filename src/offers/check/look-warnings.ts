import type { FieldFault } from '#kernel/refusal';
import type { Day } from '#kernel/day';
import { PPM_ONE } from '#kernel/money';
import type { Benefit, Definition } from '../rule/definition.ts';
import { arrivalOf } from './check-timing.ts';
import { lookAtPayers } from './look-at-payers.ts';
import { lookAtSteps } from './look-at-steps.ts';
import { leavesAt } from './names.ts';
import { vainAlternatives } from './never.ts';
import { type Report, reported } from './report.ts';
import { fixedOf, rateOf } from './worth.ts';

/** What is legal and looks like a mistake: seen from the definition and the day alone. */
export function lookWarnings(definition: Definition, today: Day): FieldFault[] {
  const { schedule, benefits, conditions } = definition;
  const found = reported((report) => {
    lookAtDays(schedule, today, report);
    benefits.forEach((benefit, index) => {
      const at = `/benefits/${index}`;
      lookAtRate(benefit, at, definition, report);
      lookAtSteps(benefit, at, report);
      lookAtExpiry(benefit, at, schedule, report);
    });
    lookAtPayers(definition, report);
    lookAtBase(definition, report);
    for (const { leaf, pointer } of conditions ? leavesAt(conditions, '/conditions') : []) {
      if (leaf.type !== 'birthday' || leaf.within.type !== 'days') continue;
      if (leaf.within.before + leaf.within.after >= 365)
        report(
          `${pointer}/within`,
          '全年都在生日前后，此条件总是满足',
          'the whole year is around the birthday: this always holds',
        );
    }
  });
  return [
    ...found,
    ...vainAlternatives(definition).map(({ pointer, detail }) => ({
      pointer,
      detail: {
        zh: `${detail.zh};这一种情形永远不会出现`,
        en: `${detail.en}; this alternative never happens`,
      },
    })),
  ];
}

function lookAtDays(
  { from, to, blackout = [] }: Definition['schedule'],
  today: Day,
  report: Report,
): void {
  if (to !== undefined && to < today)
    report('/schedule/to', `已于 ${to} 结束，不会再发放`, `ended on ${to}: nothing more is given`);
  if (to === today) report('/schedule/to', '今天是最后一天', 'today is the last day');
  blackout.forEach((rest, index) => {
    if (rest.to >= from && (to === undefined || rest.from <= to)) return;
    report(
      `/schedule/blackout/${index}`,
      '在有效期之外，没有作用',
      'lies outside of the schedule and does nothing',
    );
  });
}

const TINY_PPM = 1_000;
const TINY_POINTS_PPM = 10_000;
const GENEROUS_PPM = 500_000;

function lookAtRate(benefit: Benefit, at: string, { limits }: Definition, report: Report): void {
  const rate = rateOf(benefit);
  const money = benefit.kind === 'discount' || benefit.kind === 'cashback';
  const pointer = `${at}/${rate?.path}`;
  if (rate && rate.rate < (money ? TINY_PPM : TINY_POINTS_PPM)) {
    report(
      pointer,
      money
        ? '低于 0.1 %；比率以百万分之一计，10000 为 1 %'
        : '每元不足 0.01 分；1000000 为每元一分',
      money
        ? 'is less than 0.1 %; rates are parts per million, 10000 is 1 %'
        : 'is less than 0.01 per yuan; 1000000 is one per yuan',
    );
  }
  if (!money) return;
  const capped =
    benefit.cap !== undefined || limits.each.some(({ amount }) => amount !== undefined);
  if (rate && rate.rate >= GENEROUS_PPM && !capped) {
    report(
      pointer,
      `给出 ${rate.rate / (PPM_ONE / 100)} % 而没有封顶；可写 cap 或限额`,
      `gives ${rate.rate / (PPM_ONE / 100)} % without a ceiling; consider a cap or a limit`,
    );
  }
  const fixed = fixedOf(benefit);
  if (fixed && benefit.cap !== undefined && benefit.cap < fixed.amount) {
    report(
      `${at}/cap`,
      `低于固定金额 ${fixed.amount}，每次都会被截`,
      `is below the fixed ${fixed.amount}, so every grant is cut`,
    );
  }
}

function lookAtExpiry(
  benefit: Benefit,
  at: string,
  { to }: Definition['schedule'],
  report: Report,
): void {
  if (benefit.kind !== 'points' || benefit.expiry.type !== 'date') return;
  const { day } = benefit.expiry;
  if (to !== undefined && day >= arrivalOf(benefit.timing, to)) return;
  report(
    `${at}/expiry/day`,
    `有效期内较晚发放的积分到账时已过 ${day}`,
    `points granted late in the schedule arrive after ${day} and are lost`,
  );
}

function lookAtBase({ stacking, benefits }: Definition, report: Report): void {
  if (stacking.base === undefined) return;
  const percents = benefits.some(
    (each) =>
      each.kind === 'discount' &&
      (each.off.by === 'percent' ||
        each.off.by === 'nth_item' ||
        each.off.by === 'buy_get' ||
        (each.off.by === 'tiered' && each.off.steps.some(({ rate }) => rate !== undefined))),
  );
  if (!percents)
    report('/stacking/base', '只对按比例的减免有作用', 'matters to discounts by percent only');
}
