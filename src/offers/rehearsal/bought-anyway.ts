import { ratio } from '#kernel/share';
import type { Span } from './day-sums.ts';
import type { Reached } from './reached.ts';

/** How a member stood to the shop before the days of a simulation. */
export type Habit = 'regular' | 'lapsed' | 'new';

/** What a member bought in the days before. */
export interface BoughtBefore {
  readonly sales: number;
  readonly amount: number;
}

export interface HabitSums {
  readonly habit: Habit | 'anonymous';
  readonly members: number;
  readonly grants: number;
  readonly amount: number;
}

/**
 * Who would have come anyway. Every past sale was made without the offer, so the past cannot say which
 * sales it would add. It can say how much of it goes to members who come in any case: `regular` bought at
 * least once in as many days before; `lapsed` bought earlier, but not then; `new` bought for the first time
 * in the simulated days.
 */
export interface BoughtAnyway {
  readonly window: Span;
  /** Part of the grants to members, and of what they got, that went to regular ones, in ppm. */
  readonly grants_ppm: number;
  readonly amount_ppm: number;
  readonly habits: readonly HabitSums[];
  /** What the members who got it bought: in the days before, and in the simulated days. Net fen. */
  readonly before: BoughtBefore;
  readonly during: BoughtBefore;
}

/**
 * @param reached who got it, by place
 * @param purchases what all members bought in the simulated days, by place
 * @param before what they bought in the days before, by place; undefined for nothing
 * @param hadBought whether one who did not buy in the days before had bought earlier
 */
export function boughtAnyway(
  window: Span,
  reached: Reached,
  purchases: Reached,
  before: (place: number) => BoughtBefore | undefined,
  hadBought: (place: number) => boolean,
): BoughtAnyway {
  const sums = new Map<Habit, { members: number; grants: number; amount: number }>();
  const was = { sales: 0, amount: 0 };
  const during = { sales: 0, amount: 0 };
  for (const [place, grants] of reached.grants.entries()) {
    if (grants === 0) continue;
    const bought = before(place);
    const habit = bought ? 'regular' : hadBought(place) ? 'lapsed' : 'new';
    const sum = sums.get(habit) ?? { members: 0, grants: 0, amount: 0 };
    sum.members++;
    sum.grants += grants;
    sum.amount += reached.amounts[place]!;
    sums.set(habit, sum);
    was.sales += bought?.sales ?? 0;
    was.amount += bought?.amount ?? 0;
    during.sales += purchases.grants[place] ?? 0;
    during.amount += purchases.amounts[place] ?? 0;
  }
  const of = (name: 'grants' | 'amount') => {
    const all = [...sums.values()].reduce((total, sum) => total + sum[name], 0);
    return all === 0 ? 0 : ratio(1_000_000, sums.get('regular')?.[name] ?? 0, all);
  };
  const { anonymousGrants: grants, anonymousAmount: amount } = reached;
  return {
    window,
    grants_ppm: of('grants'),
    amount_ppm: of('amount'),
    habits: [
      ...[...sums].map(([habit, sum]) => ({ habit, ...sum })),
      ...(grants > 0 ? [{ habit: 'anonymous' as const, members: 0, grants, amount }] : []),
    ],
    before: was,
    during,
  };
}
