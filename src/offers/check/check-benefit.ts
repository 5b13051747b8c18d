import type { Benefit, Definition } from '../rule/definition.ts';
import { checkDiscount } from './check-discount.ts';
import { checkItems } from './check-items.ts';
import { checkSteps } from './check-steps.ts';
import { checkExpiry, checkTiming } from './check-timing.ts';
import type { Report } from './report.ts';

/** One benefit by itself: that what it says makes sense together, whoever buys what. */
export function checkBenefit(
  benefit: Benefit,
  at: string,
  { schedule }: Definition,
  report: Report,
): void {
  if (benefit.target) checkItems(benefit.target, `${at}/target`, report);
  switch (benefit.kind) {
    case 'discount':
      checkDiscount(benefit, at, report);
      return;
    case 'points':
      if (benefit.earn.by === 'tiered') checkSteps(benefit.earn.steps, `${at}/earn/steps`, report);
      checkTiming(benefit.timing, `${at}/timing`, report);
      checkExpiry(benefit, `${at}/expiry/day`, schedule, report);
      return;
    case 'cashback':
      if (benefit.earn.by === 'tiered') checkSteps(benefit.earn.steps, `${at}/earn/steps`, report);
      checkTiming(benefit.timing, `${at}/timing`, report);
      return;
    case 'growth':
    case 'coupon':
    case 'gift':
  }
}
