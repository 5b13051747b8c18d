import type { Text } from '#kernel/refusal';
import type { LeafTest } from '../engine/condition.ts';
import { text } from './figures.ts';
import { onlyText } from './tree-text.ts';

const PLACES = new Set<LeafTest['type']>(['store', 'terminal', 'channel']);

export function whereTerms(tests: readonly LeafTest[]): Text[] {
  const said = tests.filter(({ type }) => PLACES.has(type)).map((test) => onlyText(test, 'public'));
  return tests.some(({ type }) => type === 'store')
    ? said
    : [text('所有门店均可参加', 'in all stores'), ...said];
}

const BUYERS = new Set<LeafTest['type']>(['tier', 'label']);

export function whoTerms(tests: readonly LeafTest[]): Text[] {
  const chosen = tests.filter(({ type }) => BUYERS.has(type));
  if (chosen.length > 0) return chosen.map((test) => onlyText(test, 'public'));
  return tests.some(({ type }) => type === 'member')
    ? [onlyText({ type: 'member' })]
    : [text('所有顾客均可参加', 'everybody can take part')];
}
