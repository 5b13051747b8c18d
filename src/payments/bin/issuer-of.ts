import type { CardFacts } from '#offers';
import { type BinEntry, binTable, type Issuer } from './bin-table.ts';
import { schemeOf } from './scheme.ts';

/** What the first digits of a card number say. Null where the table does not know, or not for sure. */
export interface BinFound {
  /** Bank code: "ICBC". */
  readonly issuer: string | null;
  readonly bankName: string | null;
  readonly kind: CardFacts['kind'];
  readonly scheme: CardFacts['scheme'];
  /** The ranges with the longest prefix that matches: several where banks share it by the number's length. */
  readonly ranges: readonly BinEntry[];
}

/**
 * Looks a card up by the longest prefix of the table that its first digits begin with; digits fewer than a
 * prefix do not match it. Twelve prefixes stand for cards of two lengths, some of them of two banks.
 * @param bin the first 6 to 10 digits
 * @param length how many digits the whole number has, where it is known
 */
export function issuerOf(bin: string, length?: number): BinFound {
  const ranges = rangesOf(bin, length);
  return {
    issuer: only(ranges.map(({ issuer }) => issuer)),
    bankName: only(ranges.map(({ bankName }) => bankName)),
    kind: only(ranges.map(({ kind }) => kind)),
    scheme: schemeOf(bin),
    ranges,
  };
}

/** The bank of a code; undefined for none. */
export function issuerByCode(code: string): Issuer | undefined {
  return binTable().issuerByCode.get(code);
}

/** All banks of the table, by code. */
export function listIssuers(): readonly Issuer[] {
  return binTable().issuers;
}

function rangesOf(bin: string, length: number | undefined): readonly BinEntry[] {
  const { byPrefix, shortest, longest } = binTable();
  for (let digits = Math.min(bin.length, longest); digits >= shortest; digits--) {
    const found = (byPrefix.get(bin.slice(0, digits)) ?? []).filter(
      ({ cardLength }) => length === undefined || cardLength === length,
    );
    if (found.length > 0) return found;
  }
  return [];
}

function only<T>(values: readonly T[]): T | null {
  const [first = null] = values;
  return values.every((value) => value === first) ? first : null;
}
