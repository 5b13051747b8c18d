import { add, type Bits, noBits } from './bits.ts';
import type { Test } from './condition.ts';
import { type Implied, ownLeaves } from './implied.ts';
import { needsMember } from './member-need.ts';

/** The offers open to an anonymous buyer; null: all. */
export function indexAnonymous(
  words: number,
  roots: readonly Test[],
  implied: Implied,
): Bits | null {
  if (!roots.some(needsMember)) return null;
  const bits = noBits(words);
  roots.forEach((root, rank) => {
    if (!needsMember(root)) add(bits, rank);
  });
  for (const leaf of ownLeaves(roots)) if (leaf.type === 'member') implied.always.add(leaf);
  return bits;
}
