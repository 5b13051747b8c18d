import type { Day } from '#kernel/day';
import type { Definition, Lane } from '../rule/definition.ts';
import type { Items, Test } from './condition.ts';
import type { OfferIndex } from './index-offers.ts';

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
}

export type BenefitKind = 'discount' | 'points' | 'cashback';

export interface Payer {
  readonly party: 'merchant' | 'funder';
  readonly funderOrg?: number;
  readonly budget?: string;
}

export type Formula =
  | {
      readonly by: 'rate';
      readonly rate: number;
      readonly per: number;
      readonly rounding: 'down' | 'half-up';
    }
  | { readonly by: 'fixed'; readonly amount: number; readonly times: number };

export interface CompiledBenefit {
  readonly index: number;
  readonly kind: BenefitKind;
  readonly lane: Lane;
  /** null: every line. */
  readonly target: Items | null;
  /** Least base in fen; 0 for none. */
  readonly spend: number;
  readonly formula: Formula;
  /** fen or points; Infinity for none. */
  readonly cap: number;
  readonly payers: readonly Payer[];
  /** ppm, parallel to payers, sums to 1,000,000. */
  readonly shares: readonly number[];
  /** Last usable day of what is granted on a day; null for no expiry. */
  readonly expiryOn: (day: Day) => Day | null;
  /** Programmes whose members get it; null: all that the offer is for. */
  readonly programmes: ReadonlySet<string> | null;
  /** It would be money of a seller whose offer it is not: never granted. */
  readonly othersMoney: boolean;
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
  /** All must hold when the offer's turn comes, on what is still to pay then. */
  readonly lateTests: readonly Test[];
  readonly benefits: readonly CompiledBenefit[];
  readonly group: string | null;
  /** Infinity where one of both is not limited; null for no limit. */
  readonly memberDay: { readonly count: number; readonly amount: number } | null;
  /** fen or points; Infinity for none. */
  readonly perSale: number;
  readonly partialGrants: boolean;
  /** The highest spend asked for, in fen: breaks ties in a group. */
  readonly threshold: number;
  /** Last day; "9999-12-31" for open-ended. */
  readonly end: Day;
}

/** The live offers of one org, compiled. Immutable; replaced as a whole when an offer changes. */
export interface OfferSet {
  readonly version: number;
  /** By priority, then id. */
  readonly offers: readonly CompiledOffer[];
  /** How a group chooses: the pick of its first offer. */
  readonly picks: ReadonlyMap<string, 'best' | 'first'>;
  readonly index: OfferIndex;
}
