import type { Benefit } from '../rule/definition.ts';
import { stepsOf } from './frame.ts';
import type { Report } from './report.ts';

/** Steps that never decide, or that give less for more. */
export function lookAtSteps(benefit: Benefit, at: string, report: Report): void {
  const ladder = stepsOf(benefit);
  const { spend = 0 } = benefit;
  ladder?.steps.forEach(({ rate, amount }, index) => {
    const next = ladder.steps[index + 1];
    if (!next) return;
    if (next.from <= spend)
      report(
        `${at}/${ladder.path}/${index}`,
        `门槛 spend 已达下一档，此档不会用到`,
        'spend already reaches the next step, so this one never decides',
      );
    const less =
      (rate !== undefined && next.rate !== undefined && next.rate < rate) ||
      (amount !== undefined && next.amount !== undefined && next.amount < amount);
    if (less)
      report(
        `${at}/${ladder.path}/${index + 1}`,
        '比上一档更少：买得多反而得得少',
        'gives less than the step before: who buys more gets less',
      );
  });
}
