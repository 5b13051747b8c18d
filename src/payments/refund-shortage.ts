import type { Shortage } from '#rewards';
import type { ReturnedBenefit } from './refund-rewards.ts';

/** Points, and fen of cashback. */
export interface Shortfalls {
  readonly points: number;
  readonly cashback: number;
}

/** What of a refund's shortages is stored: null where there is none. */
export interface StoredShortage {
  readonly debt: Shortfalls;
  readonly borne: Shortfalls;
  readonly shortfall: number;
}

/** What a refund's row keeps of a decision beside what was taken back of it. */
export interface StoredWhy {
  readonly lost?: number;
  readonly pending?: true;
  readonly spent?: number;
  readonly shortage?: Shortage;
  readonly withheld?: number;
  readonly borne?: number;
  readonly debt?: number;
}

/** Why and how one decision is taken back, as contract.ts describes it. */
export function whyShown(why: StoredWhy) {
  return {
    reason: why.lost === undefined ? ('returned' as const) : ('threshold' as const),
    lost: why.lost ?? 0,
    pending: why.pending ?? false,
    spent: why.spent ?? 0,
    shortage: why.shortage ?? null,
    withheld: why.withheld ?? 0,
    debt: why.debt ?? 0,
    borne_by_payers: why.borne ?? 0,
  };
}

/** What is said of a decision is what is stored; what there is none of is left out. */
export function whyOf({ lost, earned, shortage }: ReturnedBenefit): StoredWhy {
  const settled = earned?.settled;
  return {
    ...(lost > 0 && { lost }),
    ...(earned?.waits && { pending: true }),
    ...(settled &&
      settled.spent > 0 &&
      shortage && {
        spent: settled.spent,
        shortage,
        withheld: settled.withheld,
        borne: settled.borne,
        debt: settled.debt,
      }),
  };
}

/** The shortages of a refund as its row stores them. */
export function shortageOf(
  returned: readonly ReturnedBenefit[],
  shortfall: number,
): StoredShortage | null {
  const debt = sumsOf(returned, 'debt');
  const borne = sumsOf(returned, 'borne');
  const any = debt.points + debt.cashback + borne.points + borne.cashback + shortfall;
  return any === 0 ? null : { debt, borne, shortfall };
}

/** What is owed, or borne by payers, over all that is taken back. */
export function sumsOf(returned: readonly ReturnedBenefit[], of: 'debt' | 'borne'): Shortfalls {
  const sum = (kind: 'points' | 'cashback') =>
    returned.reduce(
      (total, each) => (each.kind === kind ? total + (each.earned?.settled?.[of] ?? 0) : total),
      0,
    );
  return { points: sum('points'), cashback: sum('cashback') };
}
