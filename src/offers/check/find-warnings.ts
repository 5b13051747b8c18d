import type { FieldFault } from '#kernel/refusal';
import { dayOf } from '#kernel/day';
import type { Ctx } from '#platform/context';
import type { OffersRoom } from '../room.ts';
import type { Definition } from '../rule/definition.ts';
import { namesOf } from './names.ts';
import { neighboursOf } from './neighbours.ts';
import { moneyFundings } from './payer-faults.ts';
import { priceWarnings } from './price-warnings.ts';
import { goodsOf } from './unknown.ts';
import { lookWarnings } from './look-warnings.ts';
import { fixedOf } from './worth.ts';

/** What the writer of a legal offer should know before it decides anything. */
export async function warningsOf(
  { db, knows }: OffersRoom,
  { org, now }: Pick<Ctx, 'org' | 'now'>,
  definition: Definition,
): Promise<FieldFault[]> {
  const today = dayOf(now, await knows.zone(org));
  const [guests, small, goods, neighbours] = await Promise.all([
    guestWarnings(knows, org, definition),
    budgetWarnings(knows, org, definition),
    goodsOf(knows, org, definition),
    neighboursOf(db, org, definition),
  ]);
  return [
    ...lookWarnings(definition, today),
    ...(goods ? priceWarnings(definition, goods) : unseenGoods(definition)),
    ...unseenTerminals(definition),
    ...tieWarnings(definition, neighbours.group),
    ...small,
    ...guests,
  ];
}

type Knows = OffersRoom['knows'];

/**
 * In the stores of others, where its programmes are served too, nothing that is paid with the seller's
 * money applies.
 */
async function guestWarnings(
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

/** A budget that could not pay a single grant was probably meant for something else. */
async function budgetWarnings(
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

function unseenGoods(definition: Definition): FieldFault[] {
  return namesOf(definition).flatMap(({ kind, name, pointer }) =>
    kind === 'sku' || kind === 'category' || kind === 'brand'
      ? [
          {
            pointer,
            detail: {
              zh: `本机构没有商品目录，无法核对 ${name}；须与售出商户的目录一致`,
              en: `this org has no products, so ${name} cannot be checked; it must stand in the catalogue of whoever sells`,
            },
          },
        ]
      : [],
  );
}

function unseenTerminals(definition: Definition): FieldFault[] {
  return namesOf(definition).flatMap(({ kind, name, pointer }) =>
    kind === 'terminal'
      ? [
          {
            pointer,
            detail: {
              zh: `终端编号 ${name} 无法核对；写错则永远不生效`,
              en: `the terminal ${name} cannot be checked; if it is wrong the offer never applies there`,
            },
          },
        ]
      : [],
  );
}

function tieWarnings(
  { stacking, priority }: Definition,
  group: readonly { readonly code: string; readonly priority: number }[],
): FieldFault[] {
  const equal = group.find((peer) => peer.priority === priority);
  if (stacking.pick !== 'first' || !equal) return [];
  return [
    {
      pointer: '/priority',
      detail: {
        zh: `与同组方案 ${equal.code} 优先级相同，先建立的方案胜出；请以不同的 priority 明确先后`,
        en: `the offer ${equal.code} of the same group has the same priority, and the older one wins: say the order by different priorities`,
      },
    },
  ];
}
