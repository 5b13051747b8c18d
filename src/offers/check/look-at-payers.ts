import type { Definition } from '../rule/definition.ts';
import { fundingsOf } from './names.ts';
import type { Report } from './report.ts';

/** Payers whose overflow never happens, or who pay themselves. */
export function lookAtPayers(definition: Definition, report: Report): void {
  const rebates = definition.benefits.flatMap((benefit, index) =>
    benefit.kind === 'cashback' && benefit.to === 'merchant'
      ? [benefit.funding ? `/benefits/${index}/funding` : '/funding']
      : [],
  );
  for (const { pointer, funding } of fundingsOf(definition)) {
    funding.forEach(({ party, overflow, cap, budget }, index) => {
      if (overflow !== undefined && !cap && budget === undefined)
        report(
          `${pointer}/${index}/overflow`,
          '没有封顶也没有预算，不会有溢出',
          'has neither a cap nor a budget, so nothing overflows',
        );
      if (party !== 'funder' && rebates.includes(pointer))
        report(
          `${pointer}/${index}/party`,
          '返利进商户自己的账户，由商户出资等于自己付给自己',
          'the rebate goes to the merchant: what the merchant pays of it, it pays to itself',
        );
    });
  }
}
