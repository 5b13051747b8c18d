import { startOfDay } from '#kernel/day';
import { joinMembers } from '#members';
import type { App } from '../../app.ts';
import { systemCtx } from '../system-ctx.ts';
import { phoneOfCustomer, type PlannedDay } from './plan-writes.ts';
import { type Stage, ZONE } from './stage.ts';

/** How many days customers join before their tickets are sent; each joins on the day of the first. */
const JOINED_AHEAD = 8;

/** Lets new customers join before their tickets are sent. @returns who joins on a day of the plan */
export function joinAhead(
  app: App,
  stage: Stage,
  days: readonly PlannedDay[],
): (index: number) => Promise<readonly (readonly [customer: string, member: string])[]> {
  const begun = new Map<number, ReturnType<typeof join>>();
  return (index) => {
    for (let ahead = index; ahead < Math.min(index + JOINED_AHEAD, days.length); ahead++) {
      if (begun.has(ahead)) continue;
      const joining = join(app, stage, days[ahead] as PlannedDay);
      joining.catch(() => undefined);
      begun.set(ahead, joining);
    }
    return begun.get(index) ?? Promise.resolve([]);
  };
}

async function join(app: App, { org, storeId }: Stage, { day, newCustomers }: PlannedDay) {
  const ctx = systemCtx(org, 'replay', startOfDay(day, ZONE));
  const phones = newCustomers.map(phoneOfCustomer);
  const joined = await joinMembers(app.members, ctx, storeId, phones);
  return joined.map(({ member }, at) => [newCustomers[at] as string, member.member_id] as const);
}
