import type { Day } from '#kernel/day';
import type { Expiry, Limit } from '../rule/definition.ts';

export type BenefitKind = 'discount' | 'points' | 'growth' | 'cashback' | 'coupon' | 'gift';

export interface Payer {
  readonly party: 'merchant' | 'store' | 'funder';
  readonly funderOrg?: number;
  readonly budget?: string;
}

/** A payer's part of a benefit: fen, or points for a points benefit. */
export interface FundingPart extends Payer {
  readonly amount: number;
}

/**
 * Why a benefit is smaller than its formula says: the benefit's own cap; what is to pay of its lines; a
 * limit of the offer, by whom it is per; a limit of the coupons' template; a cap of a payer; a budget.
 */
export type CutReason =
  | 'cap'
  | 'base'
  | `limit_${Limit['per']}`
  | 'coupons_left'
  | 'payer_cap'
  | 'budget';

/**
 * A use to add to a counter when the sale is recorded. `amount` is fen or points. A refund gives it back
 * as it takes the decision back, unless it says what of: the part of one of the payers (its place in
 * `funding`), or the counted fen of every line.
 */
export interface CounterUse {
  readonly key: string;
  readonly count: number;
  readonly amount: number;
  readonly payer?: number;
  readonly lines?: readonly number[];
}

/**
 * When what was granted may be used.
 * - on: at the start of that day; provisional where the calendar of its year is not published yet
 * - reached: when the sales of `pool` within the window reach `amount` fen or `count`; cancelled if
 *   `until` (last day of the window, null for never) passes without it. `now`: this sale reaches it,
 *   so this and all pending of the pool are available at once
 * - quiet: at the start of the nth business day after the last sale of `pool`; `day` as of this sale
 *
 * A pool is one benefit's, for one member or card (and one window), and its name is no other's.
 */
export type Arrival =
  | { readonly type: 'instant' }
  | {
      readonly type: 'on';
      /** The nth business day after the sale's: it is counted again when the calendar gains a year. */
      readonly days: number;
      readonly day: Day;
      readonly provisional: boolean;
    }
  | {
      readonly type: 'reached';
      readonly pool: string;
      readonly amount: number | null;
      readonly count: number | null;
      readonly until: Day | null;
      readonly now: boolean;
    }
  | {
      readonly type: 'quiet';
      readonly pool: string;
      readonly days: number;
      readonly day: Day;
      readonly provisional: boolean;
    };

/**
 * One benefit granted to a sale. Amounts are fen, points, growth value, coupons or pieces, by kind.
 * `amount` is 0 for the progress of a sale that counts towards a pool and is granted nothing itself.
 */
export interface Decision {
  readonly offer: string;
  readonly version: number;
  /** Index into the definition's benefits. */
  readonly benefit: number;
  readonly kind: BenefitKind;
  /** For cashback: whose wallet; absent: the consumer's. */
  readonly to?: 'merchant';
  /** Present for coupon (template) and gift (SKU). */
  readonly what?: string;
  /** The coupon that this grant uses up; stands with the first benefit of its offer. */
  readonly coupon?: string;
  readonly amount: number;
  /** What the formula says before caps, limits and budgets. */
  readonly wanted: number;
  /** Present if amount < wanted: the cut that decided. */
  readonly partly?: CutReason;
  /** Per line of the sale; sums to `amount`. */
  readonly lineShares: readonly number[];
  /** Sums to `amount`; payers whose part rounds to zero are left out. Empty for growth, coupon and gift. */
  readonly funding: readonly FundingPart[];
  readonly counters: readonly CounterUse[];
  readonly arrival: Arrival;
  /** Last usable day where it is known with the sale; null for no expiry, or not known yet. */
  readonly expiry: Day | null;
  /** How the last day follows from the day of arrival; absent for kinds without expiry. */
  readonly expires?: Expiry;
}
