import type { Condition, Leaf } from '../rule/definition.ts';

/** A condition that must hold, or (negated) must not. */
export interface Literal {
  readonly leaf: Leaf;
  readonly negated: boolean;
  /** JSON pointer of what asks for it. */
  readonly pointer: string;
}

/** Conditions that hold together: one way in which a tree of conditions can hold. */
export type Branch = readonly Literal[];

const BRANCHES_MAX = 64;
/** A way of which nothing is known: never found to contradict itself. */
const UNKNOWN: readonly Branch[] = [[]];

/**
 * The ways in which a tree of conditions can hold. What would make too many ways is left out of them, so
 * the ways may ask for less than the tree does, never for more.
 */
export function branchesOf(
  condition: Condition | undefined,
  pointer = '/conditions',
  negated = false,
): readonly Branch[] {
  if (!condition) return UNKNOWN;
  if (!('of' in condition)) return [[{ leaf: condition, negated, pointer }]];
  const inner = condition.type === 'none' ? !negated : negated;
  const parts = condition.of.map((each, index) =>
    branchesOf(each, `${pointer}/of/${index}`, inner),
  );
  // "none" of them holds where each fails; "all" fails where any fails.
  const together = (condition.type === 'any') === negated;
  return together ? parts.reduce(crossed, UNKNOWN) : either(parts);
}

function crossed(some: readonly Branch[], others: readonly Branch[]): readonly Branch[] {
  if (some.length * others.length > BRANCHES_MAX) return some;
  return some.flatMap((one) => others.map((other) => [...one, ...other]));
}

function either(parts: readonly (readonly Branch[])[]): readonly Branch[] {
  const all = parts.flat();
  return all.length > BRANCHES_MAX ? UNKNOWN : all;
}
