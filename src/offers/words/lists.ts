import type { Text } from '#kernel/refusal';
import { numberText, text } from './figures.ts';
import { glue } from './glue.ts';

const AND = new Intl.ListFormat('en-GB', { type: 'conjunction' });

const OR = new Intl.ListFormat('en-GB', { type: 'disjunction' });

const NAMED_MAX = 5;

/** Names as given, the first few: "a、b" and "a or b". */
export function names(values: Iterable<string | number>, last: 'and' | 'or' = 'or'): Text {
  const all = [...values].map(String);
  if (all.length === 1) return text(all[0]!, all[0]!);
  if (all.length <= NAMED_MAX) {
    return text(all.join('、'), (last === 'or' ? OR : AND).format(all));
  }
  const shown = all.slice(0, NAMED_MAX);
  const rest = all.length - NAMED_MAX;
  return text(
    glue(shown.join('、'), `等 ${numberText(all.length)} 项`),
    `${shown.join(', ')} ${last} ${numberText(rest)} more`,
  );
}

/** "甲、乙" and "a or b". */
export function anyOf(texts: readonly Text[]): Text {
  if (texts.length === 1) return texts[0]!;
  return text(texts.map(({ zh }) => zh).join('、'), OR.format(texts.map(({ en }) => en)));
}

/** "甲、乙" and "a and b". */
export function allOf(texts: readonly Text[]): Text {
  if (texts.length === 1) return texts[0]!;
  return text(texts.map(({ zh }) => zh).join('、'), AND.format(texts.map(({ en }) => en)));
}

/** Clauses one after the other. */
export function joined(texts: readonly Text[], zh = ';', en = '; '): Text {
  if (texts.length === 1) return texts[0]!;
  return text(texts.map((each) => each.zh).join(zh), texts.map((each) => each.en).join(en));
}
