import type { CalendarWindow } from '#kernel/calendar-window';
import type { Definition, Expiry, Lane, Limit } from '../rule/definition.ts';
import type { Items, Test } from './condition.ts';
import type { BenefitKind, Payer } from './decision.ts';
import type { OfferIndex } from './offer-index.ts';

export type OfferStatus =
  | 'draft'
  | 'in_review'
  | 'approved'
  | 'scheduled'
  | 'live'
  | 'paused'
  | 'ended'
  | 'archived';

/** One immutable publication of an offer. Only `live` versions are compiled. */
export interface OfferVersion {
  /** Offer id, lower-case UUID text. */
  readonly offer: string;
  /** 1, 2, 3 .. within the offer. */
  readonly version: number;
  readonly definition: Definition;
  readonly status: OfferStatus;
  /** Org whose offer it is; groups of different owners do not compete, whatever their names. */
  readonly owner?: number;
  /** Only for members of these programmes. */
  readonly programmes?: readonly string[];
  /** Its points only for members of these programmes: points are minted by the programme's owner. */
  readonly pointsProgrammes?: readonly string[];
  /** Decides in another's sales: it may not give away money of whoever sells. */
  readonly guest?: boolean;
  /** fen that a point is worth to the customer, in ppm; 1 fen unless said. Weighs offers that compete. */
  readonly pointValuePpm?: number;
}

/** A window that begins on the same day for all sales in it. */
export type FixedWindow = Exclude<CalendarWindow, { readonly type: 'rolling' }>;

export type Rounding = 'down' | 'half-up';

/** The step of a tiered formula: `rate` over the formula's `per`, or a fixed amount. */
export interface Step {
  readonly from: number;
  readonly rate: number | null;
  readonly amount: number;
}

/** What a benefit gives of its base. `times`, `units` are Infinity where nothing is said. */
export type Formula =
  | {
      readonly by: 'rate';
      readonly rate: number;
      readonly per: number;
      readonly rounding: Rounding;
    }
  | { readonly by: 'fixed'; readonly amount: number; readonly times: number }
  | {
      readonly by: 'tiered';
      readonly steps: readonly Step[];
      readonly per: number;
      readonly rounding: Rounding;
    }
  | { readonly by: 'multiplier'; readonly factor: number; readonly rounding: Rounding }
  | UnitFormula;

/** Formulas that look at single units of the lines. Rates are ppm. */
export type UnitFormula =
  | { readonly by: 'fixed_price'; readonly price: number; readonly units: number }
  | {
      readonly by: 'nth_item';
      readonly nth: number;
      readonly rate: number;
      readonly times: number;
      readonly rounding: Rounding;
    }
  | {
      readonly by: 'buy_get';
      readonly buy: number;
      readonly get: number;
      /** null: of the target itself. */
      readonly of: Items | null;
      readonly rate: number;
      readonly times: number;
      readonly rounding: Rounding;
    }
  | {
      readonly by: 'bundle';
      readonly parts: readonly { readonly items: Items; readonly quantity: number }[];
      readonly price: number;
      readonly times: number;
    };

/** A payer with its bounds; Infinity where nothing is said. */
export interface CompiledPayer {
  readonly payer: Payer;
  /** fen per grant, before anybody's share. */
  readonly fixed: number;
  /** ppm of what the fixed parts leave. */
  readonly weight: number;
  readonly perSale: number;
  readonly caps: readonly { readonly window: FixedWindow; readonly most: number }[];
  /** What its bounds leave unpaid goes to the payers after it. */
  readonly passesOn: boolean;
  /** `payer:<offer>:<index>`, for what it has paid of this offer. */
  readonly key: string;
}

export type CompiledTiming =
  | { readonly type: 'instant' }
  | { readonly type: 'business_days'; readonly days: number }
  | {
      readonly type: 'cumulative';
      readonly window: CalendarWindow;
      /** null where not asked for; either one that is reached is enough. */
      readonly amount: number | null;
      readonly count: number | null;
      readonly whose: 'member' | 'card';
      /** A fixed amount is granted once a window, by the sale that reaches it. */
      readonly once: boolean;
      /** Last day of a window without end. */
      readonly end: string | null;
    }
  | { readonly type: 'after_last'; readonly days: number; readonly whose: 'member' | 'card' };

export interface CompiledBenefit {
  readonly index: number;
  readonly kind: BenefitKind;
  readonly toMerchant: boolean;
  /** Template of a coupon, SKU of a gift. */
  readonly what: string | null;
  /** Template of a coupon as facts name it. */
  readonly template: string | null;
  readonly lane: Lane;
  /** null: every line. */
  readonly target: Items | null;
  /** Least base in fen; 0 for none. */
  readonly spend: number;
  /** Rates measure on the price before discounts. */
  readonly initial: boolean;
  readonly select: { readonly cheapest: boolean; readonly units: number } | null;
  readonly formula: Formula;
  /** fen or points; Infinity for none. */
  readonly cap: number;
  /** Never more than what is to pay of its lines. */
  readonly withinBase: boolean;
  /** Empty for growth, coupon and gift. */
  readonly payers: readonly CompiledPayer[];
  /** One payer who pays it all, whatever it is. */
  readonly solePayer: boolean;
  readonly needsMember: boolean;
  /** Its amounts count against the offer's limits. */
  readonly limited: boolean;
  /** fen to the customer per unit, for comparing offers that compete. */
  readonly worth: number;
  readonly timing: CompiledTiming;
  /** null for kinds without expiry. */
  readonly expires: Expiry | null;
  /** Programmes whose members get it; null: all that the offer is for. */
  readonly programmes: ReadonlySet<string> | null;
  /** It would be money of a seller whose offer it is not: never granted. */
  readonly othersMoney: boolean;
}

/** One of `limits.each`; Infinity where nothing is said. */
export interface CompiledLimit {
  readonly index: number;
  readonly per: Limit['per'];
  readonly window: CalendarWindow;
  readonly count: number;
  readonly amount: number;
}

/** A counter that the offer's limits read; a rolling window is the sum of the counters of its days. */
export interface CompiledCounter {
  readonly per: Limit['per'];
  readonly window: FixedWindow;
}

export interface CompiledOffer {
  readonly id: string;
  readonly version: number;
  /** Org whose offer it is, where the version said it. */
  readonly owner: number | undefined;
  readonly definition: Definition;
  /** Place in the set's order: priority, then id. */
  readonly rank: number;
  /** All must hold; schedule, scope and audience first, then the written conditions. */
  readonly tests: readonly Test[];
  /** Tested when the offer's turn comes, on what is still to pay then. */
  readonly lateTests: readonly Test[];
  readonly benefits: readonly CompiledBenefit[];
  /** A bit per lane in which one of the benefits is decided, in the order of LANES. */
  readonly lanes: number;
  readonly group: string | null;
  /** Ranks of the offers that a sale may not get together with this one; both ways round. */
  readonly notWith: ReadonlySet<number>;
  readonly limits: readonly CompiledLimit[];
  readonly counters: readonly CompiledCounter[];
  readonly partialGrants: boolean;
  /** Templates of which a grant uses up a coupon; null: none. `always`: it never holds without. */
  readonly coupon: { readonly templates: ReadonlySet<string>; readonly always: boolean } | null;
  /** The highest spend asked for, in fen: breaks ties in a group. */
  readonly threshold: number;
  /** Last day; "9999-12-31" for open-ended. */
  readonly end: string;
}

/** How the offers of a group compete: one of them, or at most `most`. */
export interface GroupRule {
  readonly pick: 'best' | 'first' | 'all';
  readonly most: number;
}

/** The live offers of one org, compiled. Immutable; replaced as a whole when an offer changes. */
export interface OfferSet {
  readonly version: number;
  /** By priority, then id. */
  readonly offers: readonly CompiledOffer[];
  /** How a group chooses: the pick of its first offer. */
  readonly groups: ReadonlyMap<string, GroupRule>;
  readonly index: OfferIndex;
}

/** The lanes in the order in which they are decided. */
export const LANES: readonly Lane[] = ['line', 'order', 'coupon', 'tender', 'earning'];
