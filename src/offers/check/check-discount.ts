import { yuan } from '#kernel/money';
import type { Benefit } from '../rule/definition.ts';
import { checkItems } from './check-items.ts';
import { checkSteps } from './check-steps.ts';
import type { Report } from './report.ts';

type Discount = Extract<Benefit, { kind: 'discount' }>;

/** A discount: its threshold, its steps, and which units it is for. */
export function checkDiscount(benefit: Discount, at: string, report: Report): void {
  const { off, select, spend, target } = benefit;
  switch (off.by) {
    case 'amount':
      checkThreshold(off.amount, spend, `${at}/spend`, report);
      if (off.times !== undefined && spend === undefined) {
        report(
          `${at}/off/times`,
          '每满重复减须写 spend(门槛)',
          'an amount repeats per multiple of a threshold: give spend',
        );
      }
      break;
    case 'tiered':
      checkSteps(off.steps, `${at}/off/steps`, report);
      off.steps.forEach(({ from, amount }, index) => {
        if (amount !== undefined)
          checkThreshold(amount, from, `${at}/off/steps/${index}/from`, report);
      });
      break;
    case 'buy_get':
      if (off.of) checkItems(off.of, `${at}/off/of`, report);
      break;
    case 'bundle':
      off.parts.forEach((part, index) => checkItems(part, `${at}/off/parts/${index}`, report));
      if (target) {
        report(
          `${at}/target`,
          '组合价的商品写在 parts 里,请省略 target',
          'a bundle names its goods in its parts: leave the target out',
        );
      }
      break;
    case 'percent':
    case 'fixed_price':
    case 'nth_item':
  }
  if (select && off.by === 'bundle') {
    report(
      `${at}/select`,
      '组合价按 parts 取件,请省略 select',
      'a bundle takes the units of its parts: leave select out',
    );
  }
}

function checkThreshold(
  amount: number,
  spend: number | undefined,
  at: string,
  report: Report,
): void {
  if (spend === undefined || spend > amount) return;
  report(
    at,
    `满减门槛须大于减免金额 ${yuan(amount)} 元`,
    `the threshold must be above the ${amount} fen it saves`,
  );
}
