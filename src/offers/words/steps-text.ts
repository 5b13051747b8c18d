import type { Text } from '#kernel/refusal';
import { money, text } from './figures.ts';
import { allOf } from './lists.ts';

export interface Step {
  readonly from: number;
  readonly rate?: number | undefined;
  readonly amount?: number | undefined;
}

/** "满 100.00 元减 10 元,满 200.00 元减 25 元". */
export function stepsText(steps: readonly Step[], gives: (step: Step) => Text): Text {
  const shown = steps.map((step) => {
    const given = gives(step);
    const from = money(step.from);
    return text(`满 ${from.zh}${given.zh}`, `${given.en} from ${from.en} spent`);
  });
  return text(shown.map(({ zh }) => zh).join(','), allOf(shown).en);
}
