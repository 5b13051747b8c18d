import type { FieldFault } from '#kernel/refusal';
import type { Knows } from '../room.ts';
import type { Definition } from '../rule/definition.ts';
import { moneyFundings } from './payer-faults.ts';

/**
 * In the stores of others, where its programmes are served too, nothing that is paid with the seller's
 * money applies.
 */
export async function guestWarnings(
  knows: Knows,
  org: number,
  definition: Definition,
): Promise<FieldFault[]> {
  const sellers = moneyFundings(definition).flatMap(({ pointer, funding }) =>
    funding.flatMap(({ party }, index) =>
      party === 'funder' ? [] : [`${pointer}/${index}/party`],
    ),
  );
  if (sellers.length === 0 || !(await knows.guests(org))) return [];
  return sellers.map((pointer) => ({
    pointer,
    detail: {
      zh: '由商户出资的部分只在本机构门店生效；在使用本会员计划的其他商户门店不生效',
      en: 'what the merchant pays applies in stores of your own only, not in those of other merchants that serve your programme',
    },
  }));
}
