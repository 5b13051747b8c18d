import type { FieldFault } from '#kernel/refusal';
import { checkDefinition, fundingOf } from './check.ts';
import {
  type Condition,
  type Definition,
  type Funding,
  parseDefinition,
} from '../rule/definition.ts';
import type { Knows } from '../room.ts';

/** A definition without faults, or its faults, at most the first 50. */
export type Read =
  | { readonly definition: Definition; readonly faults?: undefined }
  | { readonly faults: readonly FieldFault[]; readonly definition?: undefined };

const FAULTS_MAX = 50;

/** Reads what somebody wrote as an offer of `org`: its form, and what its fields say together. */
export async function readDefinition(knows: Knows, org: number, input: unknown): Promise<Read> {
  const parsed = parseDefinition(input);
  if ('faults' in parsed) return { faults: parsed.faults.slice(0, FAULTS_MAX) };
  const { definition } = parsed;
  const faults = checkDefinition(definition);
  const sells = await knows.merchant(org);
  faults.push(...(sells ? ownBudgetFaults(org, definition) : ownMoneyFaults(definition)));
  return faults.length > 0 ? { faults: faults.slice(0, FAULTS_MAX) } : { definition };
}

/** As `readDefinition`, and that every store, tier and budget it names is there. */
export async function readPublishable(knows: Knows, org: number, input: unknown): Promise<Read> {
  const read = await readDefinition(knows, org, input);
  if (read.faults) return read;
  const faults = await unknownFaults(knows, org, read.definition);
  return faults.length > 0 ? { faults: faults.slice(0, FAULTS_MAX) } : read;
}

/**
 * What the writer of a legal offer should know: in the stores of others, where its programmes are served
 * too, nothing that is paid with the seller's money applies.
 */
export async function warningsOf(
  knows: Knows,
  org: number,
  definition: Definition,
): Promise<FieldFault[]> {
  const sellers = moneyFundings(definition).flatMap(({ pointer, funding }) =>
    funding.flatMap(({ party }, index) =>
      party === 'merchant' ? [`${pointer}/${index}/party`] : [],
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

interface FundingAt {
  readonly pointer: string;
  readonly funding: Funding;
}

/** The lists of payers that pay discounts and cashback, each once. */
function moneyFundings({ benefits, funding }: Definition): FundingAt[] {
  const lists: FundingAt[] = [];
  const money = [...benefits.entries()].filter(([, { kind }]) => kind !== 'points');
  if (money.some(([, benefit]) => !fundingOf(benefit)))
    lists.push({ pointer: '/funding', funding });
  for (const [index, benefit] of money) {
    const own = fundingOf(benefit);
    if (own) lists.push({ pointer: `/benefits/${index}/funding`, funding: own });
  }
  return lists;
}

/** Who sells nothing has no sale of its own to take money from, and may not spend a merchant's. */
function ownMoneyFaults(definition: Definition): FieldFault[] {
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
function ownBudgetFaults(org: number, definition: Definition): FieldFault[] {
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

interface Named {
  readonly pointer: string;
  readonly known: () => Promise<boolean>;
  readonly zh: string;
  readonly en: string;
}

async function unknownFaults(
  knows: Knows,
  org: number,
  definition: Definition,
): Promise<FieldFault[]> {
  const { scope, audience, conditions } = definition;
  const named: Named[] = [
    ...(scope.stores ?? []).map((store, index) => ({
      pointer: `/scope/stores/${index}`,
      known: () => knows.store(org, store),
      zh: `没有门店 ${store}；请从 GET /v1/stores 选择`,
      en: `there is no store ${store}; choose one of GET /v1/stores`,
    })),
    ...[
      ...(audience.tiers ?? []).map((tier, index) => ({
        tier,
        pointer: `/audience/tiers/${index}`,
      })),
      ...(conditions ? tiersAsked(conditions, '/conditions') : []),
    ].map(({ tier, pointer }) => ({
      pointer,
      known: () => knows.tier(org, tier),
      zh: `会员计划没有等级 ${tier}`,
      en: `no programme has the tier ${tier}`,
    })),
    ...moneyFundings(definition).flatMap(({ pointer, funding }) =>
      funding.flatMap(({ funder_org: funder, budget }, index) =>
        funder === undefined || budget === undefined
          ? []
          : [
              {
                pointer: `${pointer}/${index}/budget`,
                known: () => knows.budget(funder, budget, org),
                zh: `机构 ${funder} 没有可供本机构使用的预算 ${budget}`,
                en: `org ${funder} has no budget ${budget} that this org may draw on`,
              },
            ],
      ),
    ),
  ];
  const answers = await Promise.all(named.map(({ known }) => known()));
  return named
    .filter((_, index) => !answers[index])
    .map(({ pointer, zh, en }) => ({ pointer, detail: { zh, en } }));
}

function tiersAsked(condition: Condition, at: string): { tier: string; pointer: string }[] {
  if ('of' in condition)
    return condition.of.flatMap((inner, index) => tiersAsked(inner, `${at}/of/${index}`));
  if (condition.type !== 'tier') return [];
  return condition.tiers.map((tier, index) => ({ tier, pointer: `${at}/tiers/${index}` }));
}
