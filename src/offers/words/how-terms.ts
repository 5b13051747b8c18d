import type { Text } from '#kernel/refusal';
import type { Test } from '../engine/condition.ts';
import { text } from './figures.ts';
import { sentence } from './glue.ts';
import { joined } from './lists.ts';
import { onlyText, treeText } from './tree-text.ts';

/** A sentence for each condition that must hold; the parts of a group stand in one. */
export function howTerms(test: Test): Text[] {
  if (!('of' in test)) return [sentence(onlyText(test, 'public'))];
  if (test.type === 'all') return test.of.flatMap(howTerms);
  const parts = joined(
    test.of.map((inner) => treeText(inner, 'public')),
    ';',
    '; ',
  );
  const one = test.of.length === 1;
  if (test.type === 'none')
    return [sentence(text(`不适用于:${parts.zh}`, `not in these cases: ${parts.en}`))];
  return one
    ? howTerms(test.of[0]!)
    : [
        sentence(
          text(`须满足以下任一项:${parts.zh}`, `only in at least one of these cases: ${parts.en}`),
        ),
      ];
}
