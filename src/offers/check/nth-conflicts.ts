import type { Branch, Literal } from './branches.ts';
import type { Conflict } from './conflict.ts';
import { perLeaf } from './per-leaf.ts';
import { commonMultiple } from './range.ts';

interface Nth {
  readonly numbers: ReadonlySet<number> | null;
  readonly every: number | null;
}

const nthOf = perLeaf((leaf): Nth | null =>
  leaf.type === 'nth_purchase'
    ? { numbers: leaf.numbers ? new Set(leaf.numbers) : null, every: leaf.every ?? null }
    : null,
);

/** Conditions on the how-manieth purchase it is that no number meets. */
export function nthConflict(branch: Branch, needsMember: boolean): Conflict | null {
  const asked = branch.filter(({ leaf }) => nthOf(leaf) !== null);
  const wanted = asked.filter(({ negated }) => !negated);
  // What must not hold is met by a buyer who is not known.
  if (wanted.length === 0 && !needsMember) return null;
  const listed = wanted.find(({ leaf }) => nthOf(leaf)?.every === null);
  const dead = listed ? emptied(listed, asked) : alwaysMultiple(asked);
  if (!dead) return null;
  return {
    pointer: dead.pointer,
    detail: {
      zh: '与其他第几次消费的条件不能同时满足;请放宽其中一项',
      en: 'can never hold together with the other conditions on the number of the purchase: loosen one of them',
    },
  };
}

/** Of the numbers listed by one condition, the condition that takes the last. */
function emptied(listed: Literal, asked: readonly Literal[]): Literal | null {
  let left = [...(nthOf(listed.leaf)?.numbers ?? [])];
  for (const literal of asked) {
    left = left.filter((number) => isNth(nthOf(literal.leaf), number) !== literal.negated);
    if (left.length === 0) return literal;
  }
  return null;
}

function isNth(nth: Nth | null, number: number): boolean {
  return Boolean(nth?.numbers?.has(number)) || (nth?.every ? number % nth.every === 0 : false);
}

/** Multiples go on for ever: only a rule that bans all of them leaves none. */
function alwaysMultiple(asked: readonly Literal[]): Literal | null {
  let step = 1;
  for (const { leaf, negated } of asked) {
    const nth = nthOf(leaf);
    if (!negated && nth?.every && !nth.numbers) step = commonMultiple(step, nth.every);
  }
  const bans = ({ leaf, negated }: Literal) => {
    const every = nthOf(leaf)?.every;
    return negated && every !== null && every !== undefined && step % every === 0;
  };
  return asked.find(bans) ?? null;
}
