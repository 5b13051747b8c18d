import type { Bits } from './bits.ts';

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

/** Digits of a card number by which offers on card numbers are found. */
export const BIN_HEAD = 3;
