import type { FieldFault } from '#kernel/refusal';
import type { Definition } from '../rule/definition.ts';
import { fundingOf } from './check-funding.ts';
import { fundingsOf } from './names.ts';
import { unitOf } from './units.ts';

/** The lists of payers that pay fen, each once. */
export function moneyFundings(definition: Definition) {
  return fundingsOf(definition).filter(({ pointer }) =>
    definition.benefits.some(
      (benefit, index) =>
        unitOf(benefit) === 'fen' &&
        pointer === (fundingOf(benefit) ? `/benefits/${index}/funding` : '/funding'),
    ),
  );
}

/** An org that sells nothing gives no money of the sellers away. */
export function ownMoneyFaults(definition: Definition): FieldFault[] {
  return moneyFundings(definition).flatMap(({ pointer, funding }) =>
    funding.flatMap(({ party }, index) =>
      party === 'funder'
        ? []
        : [
            {
              pointer: `${pointer}/${index}/party`,
              detail: {
                zh: '本机构不是商户，减免与返现须由预算出资：请写 funder、funder_org 与 budget',
                en: 'this org is no merchant: discounts and cashback must be paid from a budget, with funder, funder_org and budget',
              },
            },
          ],
    ),
  );
}

/** Budgets are lent to other books: in its own sales a merchant pays from its own book, without one. */
export function ownBudgetFaults(org: number, definition: Definition): FieldFault[] {
  return moneyFundings(definition).flatMap(({ pointer, funding }) =>
    funding.flatMap(({ funder_org: funder }, index) =>
      funder !== org
        ? []
        : [
            {
              pointer: `${pointer}/${index}/funder_org`,
              detail: {
                zh: '预算只借给其他机构，本机构的销售不能使用：请去掉 funder_org 与 budget，写 party 为 merchant，由本机构账簿出资',
                en: 'a budget is lent to other orgs only, never to the sales of its own: leave funder_org and budget out and write party merchant, who pays from your own book',
              },
            },
          ],
    ),
  );
}
