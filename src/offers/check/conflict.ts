import type { Text } from '#kernel/refusal';
import type { Leaf } from '../rule/definition.ts';
import type { Branch, Literal } from './branches.ts';

/** Why conditions can never hold together, at the last of them. */
export interface Conflict {
  readonly pointer: string;
  readonly detail: Text;
}

/**
 * Takes from `values` what each condition does not admit, in order.
 * @param admits null where a condition says nothing of the value
 * @returns the condition that leaves nothing, and what was left before it; null if something is left
 */
export function emptiedBy<Value>(
  branch: Branch,
  values: readonly Value[],
  admits: (leaf: Leaf, value: Value) => boolean | null,
): { readonly literal: Literal; readonly before: readonly Value[] } | null {
  let left = values;
  for (const literal of branch) {
    const kept = left.filter((value) => {
      const held = admits(literal.leaf, value);
      return held === null || held !== literal.negated;
    });
    if (kept.length === 0 && left.length > 0) return { literal, before: left };
    left = kept;
  }
  return null;
}

const SHOWN_MAX = 5;

/** What would be legal at the last condition: one of what the others leave. */
export function conflictAt({ pointer }: Literal, what: Text, left: readonly string[]): Conflict {
  const named = left.slice(0, SHOWN_MAX);
  const more = left.length > SHOWN_MAX;
  const listed = {
    zh: [...named, ...(more ? ['…'] : [])].join('、'),
    en: [...named, ...(more ? ['..'] : [])].join(', '),
  };
  return {
    pointer,
    detail: {
      zh: `与其他${what.zh}条件不能同时满足;其他条件只余:${listed.zh}`,
      en: `can never hold together with the other conditions on the ${what.en}, which leave only ${listed.en}`,
    },
  };
}
