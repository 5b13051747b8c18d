import type { Text } from '#kernel/refusal';
import type { Definition, Limit } from '../rule/definition.ts';
import { moved, replaced } from './change-text.ts';
import type { Differences } from './change.ts';
import { times } from './counts.ts';
import { text } from './figures.ts';
import { inUnit } from './granted-text.ts';
import { limitUnit, subjectText } from './limit-text.ts';
import { windowWords } from './window-text.ts';

/** Limits of the same subject and window are the same limit. */
export function differingLimits(into: Differences, before: Definition, after: Definition): void {
  const was = before.limits.each;
  const is = after.limits.each;
  const units = [limitUnit(before.benefits), limitUnit(after.benefits)] as const;
  for (const [index, limit] of is.entries()) {
    const old = was.find((each) => keyOf(each) === keyOf(limit));
    differingLimit(into, `/limits/each/${index}`, old, limit, units);
  }
  for (const [index, limit] of was.entries()) {
    if (is.some((each) => keyOf(each) === keyOf(limit))) continue;
    differingLimit(into, `/limits/each/${index}`, limit, undefined, units);
  }
  const cut = ({ limits }: Definition): Text =>
    limits.partial_grants
      ? text('按剩余额度给付', 'what is left is granted')
      : text('不给付', 'nothing is granted');
  const label = text('额度不足时', 'grant where too little is left');
  replaced(into, '/limits/partial_grants', label, cut(before), cut(after));
}

function keyOf({ per, window }: Limit): string {
  return per === 'sale' || per === 'line' ? per : `${per} ${windowWords(window ?? TOTAL).each.en}`;
}

const TOTAL = { type: 'total' } as const;

type Units = readonly [
  Definition['benefits'][number]['kind'],
  Definition['benefits'][number]['kind'],
];

function differingLimit(
  into: Differences,
  pointer: string,
  before: Limit | undefined,
  after: Limit | undefined,
  [was, is]: Units,
): void {
  const { per, window } = (after ?? before)!;
  const subject = subjectText(per);
  const each = per === 'sale' || per === 'line' ? text('', '') : windowWords(window ?? TOTAL).each;
  const label = (what: Text) =>
    text(
      `${subject.zh}${each.zh}${what.zh}上限`,
      `limit of ${what.en} for ${subject.en}${each.en && ` ${each.en}`}`,
    );
  moved(into, pointer, label(text('次数', 'uses')), before?.count, after?.count, times);
  const amount = label(text('', 'amount'));
  if (was === is || before?.amount === undefined || after?.amount === undefined) {
    const unit = after === undefined ? was : is;
    return moved(into, pointer, amount, before?.amount, after?.amount, (value) =>
      inUnit(unit, value),
    );
  }
  replaced(into, pointer, amount, inUnit(was, before.amount), inUnit(is, after.amount));
}
