import { add, admit, type Bits, noBits } from './bits.ts';
import type { LeafTest, Test } from './condition.ts';
import type { Dimension } from './dimension.ts';
import type { Implied } from './implied.ts';
import type { OfferIndex } from './offer-index.ts';
import { SETS } from './read-sets.ts';
import { type Reads, setNeed } from './set-need.ts';

/** @param roots per offer all that it asks for */
export function indexSets(
  words: number,
  roots: readonly Test[],
  implied: Implied,
): OfferIndex['sets'] {
  const named = Object.entries(SETS).map(
    ([name, reads]) => [name, dimension(words, roots, reads, implied)] as const,
  );
  return Object.fromEntries(named) as OfferIndex['sets'];
}

function dimension(
  words: number,
  roots: readonly Test[],
  reads: Reads<unknown>,
  implied: Implied,
): Dimension | null {
  const needs = roots.map((root) => setNeed(root, reads));
  if (needs.every((need) => need === null)) return null;
  const any = noBits(words);
  needs.forEach((need, rank) => {
    if (need === null) add(any, rank);
    else if (need.leaf !== null && need.leaf.type !== 'bin')
      (asksOfAll(need.leaf) ? implied.plain : implied.always).add(need.leaf);
  });
  const by = new Map<unknown, Bits>();
  needs.forEach((need, rank) => {
    for (const value of need?.values ?? []) admit(by, any, value, rank);
  });
  return { any, by, union: noBits(words) };
}

/** Of several tenders one that shows the value is not enough. */
function asksOfAll(leaf: LeafTest): boolean {
  return 'every' in leaf && leaf.every === true;
}
