import type { Day } from '#kernel/day';
import type { Bits } from './bits.ts';
import type { Test } from './condition.ts';
import type { BandName, Bands, Dimension, GoodsDimension, SetName } from './dimension.ts';
import type { Counted } from './history.ts';

/**
 * Answers which offers may match, by what each necessarily asks for; a superset of those whose tests, but
 * for the late ones, hold.
 */
export interface OfferIndex {
  /** Length of every `Bits`. */
  readonly words: number;
  /** Offers live on a day, remembered per day. */
  readonly liveOn: (day: Day) => Bits;
  /** Offers open to an anonymous buyer; null: all. */
  readonly anonymous: Bits | null;
  /** null where no offer asks. */
  readonly sets: Readonly<Record<SetName, Dimension | null>>;
  readonly bands: Readonly<Record<BandName, Bands | null>>;
  readonly goods: GoodsDimension | null;
  /** Per offer the tests that being a candidate does not imply. */
  readonly rest: readonly (readonly Test[])[];
  /** The same for a sale with one tender and whole pieces. */
  readonly plainRest: readonly (readonly Test[])[];
  /** By rank, for offers that count past sales. */
  readonly counting: ReadonlyMap<number, Counting>;
  /** Room for a search, so that it allocates nothing. */
  readonly asked: { readonly bits: Bits[]; count: number };
}

export interface Counting {
  readonly counted: readonly Counted[];
  /** What must hold for the count to matter. */
  readonly first: readonly Test[];
}

/** What an offer asks for, tested before the sale is decided and when its turn comes. */
export interface Tested {
  readonly tests: readonly Test[];
  readonly lateTests: readonly Test[];
}
