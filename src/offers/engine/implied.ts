import type { LeafTest, Test } from './condition.ts';

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
