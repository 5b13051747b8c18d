import type { Definition } from '../rule/definition.ts';
import { type Branch, branchesOf } from './branches.ts';
import { choiceConflict } from './choice-conflicts.ts';
import type { Conflict } from './conflict.ts';
import { dayConflict, daysOf, type SeenDay } from './day-conflicts.ts';
import { frameOf } from './frame.ts';
import { goodsConflict } from './goods-conflicts.ts';
import { needsMember } from './needs-member.ts';
import { nthConflict } from './nth-conflicts.ts';
import { rangeConflict } from './range-conflicts.ts';
import { tenderConflict } from './tender-conflicts.ts';

/** One way in which an offer's conditions can hold, and why it cannot after all. */
export interface Way {
  readonly branch: Branch;
  readonly conflict: Conflict | null;
}

/** Finds out whether conditions can hold together, beside what the whole offer asks. */
export interface Contradictions {
  /** Every way in which the offer's conditions can hold. */
  readonly ways: readonly Way[];
  /** Why these conditions can never hold together; null if nothing speaks against it. */
  readonly conflictIn: (branch: Branch) => Conflict | null;
}

/**
 * Looks for conditions that exclude each other, each property of a sale by itself. What is found can never
 * hold; what is not found may still be impossible.
 */
export function contradictionsOf(definition: Definition): Contradictions {
  const days = daysOf(definition.schedule);
  const frame = frameOf(definition);
  const conflictIn = (branch: Branch) => conflictOf(definition, branch, days);
  const ways = branchesOf(definition.conditions).map((own): Way => {
    const branch = [...frame, ...own];
    return { branch, conflict: conflictIn(branch) };
  });
  return { ways, conflictIn };
}

function conflictOf(
  definition: Definition,
  branch: Branch,
  days: readonly SeenDay[] | null,
): Conflict | null {
  const known = needsMember(definition, branch);
  return (
    choiceConflict(branch) ??
    dayConflict(branch, days) ??
    rangeConflict(branch, known) ??
    nthConflict(branch, known) ??
    goodsConflict(branch) ??
    tenderConflict(branch)
  );
}
