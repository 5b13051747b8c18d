import { dayOf } from '#kernel/day';
import type { FieldFault } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { goodsOf } from '../check/unknown.ts';
import type { OffersRoom } from '../room.ts';
import type { Definition } from '../rule/definition.ts';
import { type Breach, breachesOf } from './breaches.ts';
import { approvalArticle } from './demands-approval.ts';
import { policyOn } from './policy-rows.ts';
import type { PolicyArticle, PolicyDefinition } from './policy-set.ts';

/** What the rules of the platform say of an offer. */
export interface PolicyCheck {
  /** The set that is in force when the offer begins to decide; null where there is none. */
  readonly version: number | null;
  readonly breaches: readonly Breach[];
  /** Why a second person must approve it, whatever its org wants. */
  readonly approval: PolicyArticle | null;
  /** What the rules cannot see at publishing. */
  readonly warnings: readonly FieldFault[];
}

/** Checks an offer against the set in force on the first day on which it decides, from today on. */
export async function checkPolicy(
  { db, knows }: OffersRoom,
  { org, now }: Pick<Ctx, 'org' | 'now'>,
  definition: Definition,
): Promise<PolicyCheck> {
  const today = dayOf(now, await knows.zone(org));
  const { from } = definition.schedule;
  const set = await db.read([], (tx) => policyOn(tx, from > today ? from : today));
  if (!set) return { version: null, breaches: [], approval: null, warnings: [] };
  const goods = await goodsOf(knows, org, definition);
  return {
    version: set.version,
    breaches: breachesOf(definition, set.definition, goods),
    approval: approvalArticle(definition, set.definition),
    warnings: await widerWarnings({ knows }, org, definition, set.definition),
  };
}

/** A benefit of all goods reaches those that no benefit may be aimed at, where the org sells them. */
async function widerWarnings(
  { knows }: Pick<OffersRoom, 'knows'>,
  org: number,
  { benefits }: Definition,
  { rules }: PolicyDefinition,
): Promise<FieldFault[]> {
  const forbidden = rules.filter((rule) => rule.type === 'category_forbidden');
  const categories = forbidden.flatMap((rule) => rule.categories);
  if (categories.length === 0 || benefits.every(({ target }) => target !== undefined)) return [];
  const sold = await knows.goods(org, { skus: [], categories, brands: [] });
  return benefits.flatMap((benefit, index) => {
    if (benefit.target || (benefit.kind === 'discount' && benefit.off.by === 'bundle')) return [];
    const reached = forbidden
      .filter(({ kinds }) => kinds.some((kind) => kind === benefit.kind))
      .flatMap((rule) => rule.categories.filter((category) => sold?.categories.has(category)));
    if (reached.length === 0) return [];
    const listed = [...new Set(reached)].join(', ');
    return [
      {
        pointer: `/benefits/${index}`,
        detail: {
          zh: `对全部商品有效，包括不得促销的类别 ${listed}；请用 target 列出其他商品`,
          en: `is for all goods, also of the categories ${listed}, which must not be promoted: name the others in a target`,
        },
      },
    ];
  });
}
