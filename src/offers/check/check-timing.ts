import { addBusinessDays } from '#kernel/business-day';
import type { Day } from '#kernel/day';
import type { Benefit, Definition, Timing } from '../rule/definition.ts';
import type { Report } from './report.ts';

type Points = Extract<Benefit, { kind: 'points' }>;

/** That a benefit that waits for something says for what. */
export function checkTiming(timing: Timing | undefined, at: string, report: Report): void {
  if (timing?.type !== 'cumulative') return;
  const { amount, count } = timing.reach;
  if (amount !== undefined || count !== undefined) return;
  report(
    `${at}/reach`,
    '须写累计金额 amount 或笔数 count',
    'must give the amount or the count to reach',
  );
}

/** The first day on which something granted on `day` can be used. */
export function arrivalOf(timing: Timing | undefined, day: Day): Day {
  return timing?.type === 'business_days' || timing?.type === 'after_last'
    ? addBusinessDays(day, timing.days).day
    : day;
}

/** A fixed last day must not lie before what is granted on the first day arrives. */
export function checkExpiry(
  { expiry, timing }: Points,
  at: string,
  { from }: Definition['schedule'],
  report: Report,
): void {
  if (expiry.type !== 'date') return;
  const first = arrivalOf(timing, from);
  if (expiry.day >= first) return;
  report(
    at,
    `最后一天须不早于最早到账日 ${first},否则积分到账即失效`,
    `must not be before ${first}, the first day on which the points can arrive`,
  );
}
