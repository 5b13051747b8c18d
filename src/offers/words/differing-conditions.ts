import type { Text } from '#kernel/refusal';
import { prepared } from '../engine/prepare-condition.ts';
import type { Condition } from '../rule/definition.ts';
import { replaced } from './change-text.ts';
import type { Differences } from './change.ts';
import { text } from './figures.ts';
import { treeText } from './tree-text.ts';

const LABEL = text('条件', 'condition');

interface Part {
  readonly pointer: string;
  readonly type: Condition['type'];
  readonly words: Text;
}

/** What must hold, part by part: parts that say the same are left out, others of a type are paired in order. */
export function differingConditions(
  into: Differences,
  before: Condition | undefined,
  after: Condition | undefined,
): void {
  const was = partsOf(before, '/conditions');
  const is = partsOf(after, '/conditions');
  const gone = without(was, is);
  const fresh = without(is, was);
  for (const part of fresh) {
    const at = gone.findIndex(({ type }) => type === part.type);
    const [old] = at < 0 ? [] : gone.splice(at, 1);
    replaced(into, part.pointer, LABEL, old?.words, part.words);
  }
  for (const part of gone) replaced(into, part.pointer, LABEL, part.words, undefined);
}

/** The parts that must all hold; groups of alternatives stand as one. */
function partsOf(condition: Condition | undefined, pointer: string): Part[] {
  if (condition === undefined) return [];
  if (condition.type === 'all')
    return condition.of.flatMap((inner, index) => partsOf(inner, `${pointer}/of/${index}`));
  return [{ pointer, type: condition.type, words: treeText(prepared(condition)) }];
}

/** The parts of one list that the other does not say; what is said twice counts twice. */
function without(parts: readonly Part[], others: readonly Part[]): Part[] {
  const left = others.map(({ words }) => words.zh + words.en);
  return parts.filter(({ words }) => {
    const at = left.indexOf(words.zh + words.en);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
