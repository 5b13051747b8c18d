import { yuan } from '#kernel/money';
import type { Report } from './report.ts';

/** One step of a ladder: from so many fen on, a rate or an amount. */
interface Step {
  readonly from: number;
  readonly rate?: number | undefined;
  readonly amount?: number | undefined;
}

/** That steps ascend, and that each gives exactly one of rate and amount. */
export function checkSteps(steps: readonly Step[], at: string, report: Report): void {
  steps.forEach(({ from, rate, amount }, index) => {
    if ((rate === undefined) === (amount === undefined)) {
      report(
        `${at}/${index}`,
        '须且只能写 rate 与 amount 之一',
        'must give exactly one of rate and amount',
      );
    }
    const before = steps[index - 1];
    if (before && from <= before.from) {
      report(
        `${at}/${index}/from`,
        `各档须由低到高:须大于上一档的 ${yuan(before.from)} 元`,
        `steps must ascend: must be above the ${before.from} fen of the step before`,
      );
    }
  });
}
