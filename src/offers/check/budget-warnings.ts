import type { FieldFault } from '#kernel/refusal';
import type { Knows } from '../room.ts';
import type { Definition } from '../rule/definition.ts';
import { moneyFundings } from './payer-faults.ts';
import { fixedOf } from './worth.ts';

/** A budget that could not pay a single grant was probably meant for something else. */
export async function budgetWarnings(
  knows: Knows,
  org: number,
  definition: Definition,
): Promise<FieldFault[]> {
  const largest = Math.max(0, ...definition.benefits.map((each) => fixedOf(each)?.amount ?? 0));
  const found = await Promise.all(
    moneyFundings(definition).flatMap(({ pointer, funding }) =>
      funding.map(async ({ funder_org: funder, budget }, index): Promise<FieldFault[]> => {
        if (funder === undefined || budget === undefined) return [];
        const total = await knows.budget(funder, budget, org);
        if (total === null || total >= largest) return [];
        return [
          {
            pointer: `${pointer}/${index}/budget`,
            detail: {
              zh: `预算总额 ${total} 分，不足一次发放的 ${largest} 分`,
              en: `the budget is ${total} fen in all, less than the ${largest} fen of a single grant`,
            },
          },
        ];
      }),
    ),
  );
  return found.flat();
}
