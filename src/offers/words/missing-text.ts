import type { Text } from '#kernel/refusal';
import type { LeafTest } from '../engine/condition.ts';
import type { Benefit } from '../rule/definition.ts';
import { actualText } from './actual-text.ts';
import { requiredText } from './condition-text.ts';
import { text } from './figures.ts';
import { givesText } from './gives-text.ts';
import { glue } from './glue.ts';
import { joined } from './lists.ts';
import type { Miss } from './miss.ts';
import { needText } from './need-text.ts';
import type { Reader } from './reader.ts';
import { onlyText } from './tree-text.ts';

const SAID_MAX = 3;

/**
 * Why a benefit is not had and how it could be: "再消费 12.40 元可减 10 元", "仅限周二(本单:周六)".
 * What cannot be changed comes first, then what can.
 * @param misses the hardest first
 */
export function missingText(misses: readonly Miss[], benefit: Benefit, reader: Reader): Text {
  const fixed = misses.filter(({ reach }) => reach === 'never').slice(0, SAID_MAX);
  const open = misses.filter(({ reach }) => reach !== 'never').slice(0, SAID_MAX);
  const said = fixed.map((miss) => fixedText(miss, reader));
  if (open.length === 0) return joined(said);
  const needs = open.map((miss) => needText(miss, reader));
  const together = text(
    needs.map(({ zh }) => zh).join(',并'),
    needs.map(({ en }) => en).join(' and '),
  );
  if (fixed.length > 0) {
    return joined([...said, text(glue('另须', together.zh), `besides, ${together.en}`)]);
  }
  const bare = open.every(({ unit }) => unit === 'fen');
  const gives = givesText(benefit, bare);
  const here = open.length === 1 ? hereText(open[0]!, reader) : text('', '');
  return text(
    `${glue(together.zh, joint(open), gives.zh)}${here.zh}`,
    `${capital(together.en)} to ${gives.en}${here.en}`,
  );
}

/** A sum over several sales pays as soon as it is reached. */
function joint(open: readonly Miss[]): string {
  return open.every(({ test, unit }) => test.type === 'history' && unit === 'fen') ? '即' : '可';
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function fixedText({ test, inverted, actual }: Miss, reader: Reader): Text {
  const hearer = reader === 'merchant' ? 'staff' : 'public';
  if (inverted) {
    const { zh, en } = requiredText(test, hearer);
    return text(glue('不适用于:', zh), `Does not apply ${en}`);
  }
  const asked = onlyText(test, hearer);
  const here = actualText(test, actual, hearer === 'public');
  return here === null
    ? text(asked.zh, capital(asked.en))
    : text(`${asked.zh}${shown(test)}${here.zh})`, `${capital(asked.en)} (here: ${here.en})`);
}

const OF_BUYER = new Set<LeafTest['type']>([
  'tier',
  'label',
  'member_for',
  'birthday',
  'nth_purchase',
  'days_since_last',
  'history',
]);

function shown({ type }: LeafTest): string {
  return OF_BUYER.has(type) ? '(当前:' : '(本单:';
}

function hereText({ test, actual, reach }: Miss, reader: Reader): Text {
  const here = reach === 'act' ? actualText(test, actual, reader !== 'merchant') : null;
  return here === null ? text('', '') : text(`${shown(test)}${here.zh})`, ` (here: ${here.en})`);
}
