import type { Day } from '#kernel/day';
import { lastUsableDay } from '#kernel/expiry';
import type { ListedReward } from './read-rewards.ts';

/** From when a reward may be used and until when, as far as it is known. */
export interface RewardDates {
  /** null while it is not known, and for what never arrived. */
  readonly availableOn: Day | null;
  /** The calendar of that day's year is not published: the day may move. */
  readonly provisional: boolean;
  readonly expiresOn: Day | null;
}

/** @param dayAt the day of an instant in the zone of whoever sold */
export function datesOf({ reward, pool }: ListedReward, dayAt: (at: Date) => Day): RewardDates {
  const { later, state, grantedAt, expiresOn } = reward;
  if (state !== 'pending' || later === null) {
    const availableOn = state === 'cancelled' ? null : dayAt(later?.arrivedAt ?? grantedAt);
    return { availableOn, provisional: false, expiresOn };
  }
  const availableOn = later.dueOn ?? pool?.dueOn ?? null;
  return {
    availableOn,
    provisional: later.provisional || (pool?.provisional ?? false),
    expiresOn: availableOn && later.expires && lastUsableDay(later.expires, availableOn),
  };
}
