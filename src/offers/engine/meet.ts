import type { Bits } from './bits.ts';
import type { Bands, Dimension } from './dimension.ts';
import type { OfferIndex } from './offer-index.ts';

/** What is asked of the index for a sale: per dimension the offers that admit it. */
export type Asked = OfferIndex['asked'];

export function ask(asked: Asked, bits: Bits): void {
  asked.bits[asked.count++] = bits;
}

/** Asks for the offers that admit a value. */
export function meet(dimension: Dimension | null, value: unknown, asked: Asked): void {
  if (dimension !== null) ask(asked, dimension.by.get(value) ?? dimension.any);
}

/** Asks for the offers that admit a number. */
export function meetBand(bands: Bands | null, value: number, asked: Asked): void {
  if (bands === null) return;
  const { edges, bits } = bands;
  let low = 0;
  let high = edges.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle;
  }
  ask(asked, bits[low]!);
}

/** Adds the offers that admit one more value. */
export function join(into: Bits, bits: Bits | undefined): void {
  if (bits === undefined) return;
  for (let word = 0; word < into.length; word++) into[word]! |= bits[word]!;
}
