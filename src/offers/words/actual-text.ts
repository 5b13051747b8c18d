import type { Text } from '#kernel/refusal';
import type { LeafTest } from '../engine/condition.ts';
import { numbered } from './actual-number.ts';
import { dateText } from './dates.ts';
import { text } from './figures.ts';
import { type Value, isTenderTest } from './leaf.ts';
import { allOf, names } from './lists.ts';
import { CHANNELS, TERMINAL_KINDS } from './place-text.ts';
import { wordOf } from './tender-words.ts';
import { DAY_KINDS } from './time-text.ts';

/** How the merchant calls things inside: neither consumer nor cashier is told. */
export const KEPT_QUIET = new Set<LeafTest['type']>([
  'programme',
  'hold_out',
  'terminal',
  'mcc',
  'label',
  'bin',
  'code',
  'birthday',
]);

/**
 * What the sale shows for a condition, for people: "周六", "180.00 元"; null where there is nothing to show.
 * @param open whether the public hears it, who is not told how things are called inside
 */
export function actualText(test: LeafTest, value: Value, open: boolean): Text | null {
  if (value === null || value === '' || test.type === 'target') return null;
  if (test.type === 'programme' || (open && KEPT_QUIET.has(test.type))) return null;
  const word = String(value);
  return typeof value === 'number' ? numbered(test, value) : worded(test, word);
}

function worded(test: LeafTest, word: string): Text {
  const { type } = test;
  if (type === 'day' || type === 'blackout') return dateText(word);
  if (type === 'day_kind') return bare(DAY_KINDS[word as keyof typeof DAY_KINDS]);
  if (type === 'channel') return bare(CHANNELS[word] ?? text(word, word));
  if (type === 'terminal_kind') return bare(TERMINAL_KINDS[word] ?? text(word, word));
  const words = word.split(',');
  return isTenderTest(test)
    ? allOf(words.map((each) => wordOf(test.type, each)))
    : names(words, 'and');
}

/** Without what only a clause needs. */
function bare({ zh, en }: Text): Text {
  return text(zh.replace(/\(.*\)$/, ''), en.replace(/^(?:for|at) /, '').replace(/ \(.*\)$/, ''));
}
