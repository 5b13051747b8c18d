import { add, noBits } from './bits.ts';
import type { Test } from './condition.ts';
import type { Bands } from './dimension.ts';
import { type Implied, ownLeaves } from './implied.ts';
import type { OfferIndex } from './offer-index.ts';
import { BANDS, type ReadsSpans } from './read-bands.ts';
import { spanNeed } from './span-need.ts';

/** Beyond it neighbouring bands are put together, and their offers tested one by one. */
const BANDS_MAX = 1_024;

/** @param roots per offer all that it asks for */
export function indexBands(
  words: number,
  roots: readonly Test[],
  implied: Implied,
): OfferIndex['bands'] {
  const named = Object.entries(BANDS).map(
    ([name, reads]) => [name, bandsOf(words, roots, reads, implied)] as const,
  );
  return Object.fromEntries(named) as OfferIndex['bands'];
}

function bandsOf(
  words: number,
  roots: readonly Test[],
  reads: ReadsSpans,
  implied: Implied,
): Bands | null {
  const needs = roots.map((root) => spanNeed(root, reads));
  if (needs.every((need) => need === null)) return null;
  const all = new Set([-Infinity]);
  for (const { from, to } of needs.flatMap((spans) => spans ?? [])) all.add(from).add(to);
  const exact = [...all].toSorted((a, b) => a - b);
  const every = Math.ceil(exact.length / BANDS_MAX);
  const edges = exact.filter((_, index) => index % every === 0);
  const bits = edges.map((from, band) => {
    const to = edges[band + 1] ?? Infinity;
    const admitted = noBits(words);
    needs.forEach((spans, rank) => {
      if (spans === null || spans.some((span) => span.from < to && from < span.to))
        add(admitted, rank);
    });
    return admitted;
  });
  if (every === 1)
    for (const leaf of ownLeaves(roots)) if (reads(leaf) !== null) implied.always.add(leaf);
  return { edges, bits };
}
