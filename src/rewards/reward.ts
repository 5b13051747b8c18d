import type { Day } from '#kernel/day';
import type { ExpiryRule } from '#kernel/expiry';

/** Points, fen of cashback, growth value, or pieces of a gift. */
export type RewardKind = 'points' | 'cashback' | 'growth' | 'gift';

/** pending: it may not be used yet; cancelled: it never arrived. Use and expiry of points stand in their lots. */
export type RewardState = 'pending' | 'available' | 'reversed' | 'cancelled';

/** Who pays which part. A funder pays from the part of a budget lent to this book, a store for itself. */
export interface Funding {
  readonly party: 'merchant' | 'store' | 'funder';
  readonly budget?: string;
  /** The store that sells, where it pays. */
  readonly store?: string;
  readonly amount: number;
}

/** The member rewarded, and the programme whose owner's book holds the member's wallets. */
export interface Rewarded {
  readonly memberId: string;
  readonly ownerOrg: number;
  readonly programmeId: string;
  /** fen of provision per point, in ppm. */
  readonly pointValuePpm: number;
}

/** When what was granted may be used, as the offers' decision says it. */
export type Arrival =
  | { readonly type: 'instant' }
  | {
      readonly type: 'on';
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

/** What a decision of a sale grants; an amount of 0 is only progress of its pool. */
export interface Granted {
  readonly offer: string;
  readonly kind: RewardKind;
  /** Cashback to the rebate account of the merchant who sells. */
  readonly to?: 'merchant';
  /** The SKU of a gift. */
  readonly what?: string;
  readonly amount: number;
  readonly funding: readonly Funding[];
  readonly arrival: Arrival;
  /** The last usable day of what is available with the sale. */
  readonly expiry: Day | null;
  /** How it follows from the day of arrival; absent for kinds without expiry. */
  readonly expires?: ExpiryRule;
}

/** Where a reward stands: the place of its decision among those of the payment. */
export interface RewardPlace {
  readonly paymentId: string;
  readonly decisionNo: number;
}

/** A reward as its row stands, and as a batch has changed it so far. */
export interface Reward extends RewardPlace {
  readonly member: Pick<Rewarded, 'memberId' | 'ownerOrg' | 'programmeId'> | null;
  readonly kind: RewardKind;
  readonly toMerchant: boolean;
  readonly what: string | null;
  readonly amount: number;
  readonly grantedAt: Date;
  state: RewardState;
  /** Taken back with refunds. */
  reversed: number;
  cancelled: number;
  expiresOn: Day | null;
  /** null: it was available with the sale. */
  readonly later: Later | null;
}

/** What a reward waits for, kept when it has arrived. */
export interface Later {
  /** The day of the sale. */
  readonly grantedOn: Day;
  readonly pool: string | null;
  /** The last day on which its pool can be reached; null for ever, or for a pool that is quiet one day. */
  readonly until: Day | null;
  readonly businessDays: number | null;
  readonly dueOn: Day | null;
  readonly provisional: boolean;
  /** fen of provision per point, in ppm. */
  readonly valuePpm: number;
  readonly expires: ExpiryRule | null;
  /** Who paid what and has not got it back; sums to what is left of the reward. */
  paid: readonly Funding[];
  arrivedAt: Date | null;
}

/** What may still arrive, be used or be taken back of a reward. */
export function leftOf({ amount, reversed, cancelled }: Reward): number {
  return amount - reversed - cancelled;
}

/** Whether what a decision grants may be used with the sale itself. */
export function isAtOnce(arrival: Arrival): boolean {
  return arrival.type === 'instant' || (arrival.type === 'reached' && arrival.now);
}

/** The state in which a reward is written, and the day from which it may be used, as far as it is known. */
export function arrivalShown(
  arrival: Arrival,
  day: Day,
): {
  readonly state: 'pending' | 'available';
  readonly availableOn: Day | null;
  readonly provisional: boolean;
} {
  if (isAtOnce(arrival)) return { state: 'available', availableOn: day, provisional: false };
  if (arrival.type === 'on' || arrival.type === 'quiet')
    return { state: 'pending', availableOn: arrival.day, provisional: arrival.provisional };
  return { state: 'pending', availableOn: null, provisional: false };
}
