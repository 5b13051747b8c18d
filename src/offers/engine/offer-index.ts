import type { Day } from '#kernel/day';
import type { Bits } from './bits.ts';
import type { LeafTest, Test } from './condition.ts';
import type { Counted } from './history.ts';

/** For each value the offers that admit it; `any` are the offers that do not ask. */
export interface Dimension {
  readonly any: Bits;
  readonly by: ReadonlyMap<unknown, Bits>;
  /** Room for the offers that admit one of several values. */
  readonly union: Bits;
}

/** The offers that admit a number: `bits[i]` for edges[i] <= number < edges[i + 1]. */
export interface Bands {
  readonly edges: readonly number[];
  readonly bits: readonly Bits[];
}

/** Goods asked for by SKU, category or brand. */
export interface GoodsDimension {
  readonly any: Bits;
  readonly sku: ReadonlyMap<string, Bits>;
  readonly category: ReadonlyMap<string, Bits>;
  readonly brand: ReadonlyMap<string, Bits>;
  /** Room for the offers that admit one of several lines. */
  readonly union: Bits;
}

/** What offers ask for by value: one of each of a sale, or several. */
export type SetName =
  | 'store'
  | 'terminal'
  | 'channel'
  | 'terminalKind'
  | 'mcc'
  | 'weekday'
  | 'dayKind'
  | 'programme'
  | 'tier'
  | 'label'
  | 'method'
  | 'issuer'
  | 'bin'
  | 'cardKind'
  | 'scheme'
  | 'wallet'
  | 'code'
  | 'coupon';
/** What offers ask for by a number. */
export type BandName = 'gross' | 'quantity' | 'minute';

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

/** Digits of a card number by which offers on card numbers are found. */
export const BIN_HEAD = 3;

/** Tests that being found by the index implies. */
export interface Implied {
  readonly always: Set<Test>;
  /** For a sale with one tender and whole pieces. */
  readonly plain: Set<Test>;
}

/** Leaves that stand alone among an offer's tests, not within a group. */
export function ownLeaves(roots: readonly Test[]): LeafTest[] {
  return roots.flatMap((root) =>
    'of' in root ? root.of.filter((test): test is LeafTest => !('of' in test)) : [],
  );
}
