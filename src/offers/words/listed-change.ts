import type { Text } from '#kernel/refusal';
import { replaced } from './change-text.ts';
import type { Differences } from './change.ts';
import { text } from './figures.ts';
import { names } from './lists.ts';

/** A list of names: what joins it and what leaves it. An absent list is no restriction. */
export function listed(
  into: Differences,
  pointer: string,
  label: Text,
  before: readonly (string | number)[] | undefined,
  after: readonly (string | number)[] | undefined,
  shown: (values: readonly (string | number)[]) => Text = (values) => names(values, 'and'),
): void {
  if (before === undefined || after === undefined) {
    return replaced(into, pointer, label, before && shown(before), after && shown(after));
  }
  const joins = after.filter((value) => !before.includes(value));
  const leaves = before.filter((value) => !after.includes(value));
  if (joins.length > 0) {
    const { zh, en } = shown(joins);
    into.say(pointer, text(`${label.zh}增加:${zh}`, `the ${label.en} now include ${en}`));
  }
  if (leaves.length > 0) {
    const { zh, en } = shown(leaves);
    into.say(pointer, text(`${label.zh}去掉:${zh}`, `the ${label.en} no longer include ${en}`));
  }
}
