import type { FieldFault } from '#kernel/refusal';
import { dayOf } from '#kernel/day';
import type { Ctx } from '#platform/context';
import type { OffersRoom } from '../room.ts';
import type { Definition } from '../rule/definition.ts';
import { budgetWarnings } from './budget-warnings.ts';
import { guestWarnings } from './guest-warnings.ts';
import { neighboursOf } from './neighbours.ts';
import { unseenGoods, unseenTerminals } from './unseen-warnings.ts';
import { priceWarnings } from './price-warnings.ts';
import { goodsOf } from './unknown.ts';
import { lookWarnings } from './look-warnings.ts';

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
