import { daysBetween } from '#kernel/day';
import type { Text } from '#kernel/refusal';
import { ALL_SALES, askedOf } from '../engine/history.ts';
import { asking } from './asking.ts';
import { days, ordinal } from './counts.ts';
import { numberText, text } from './figures.ts';
import { joined } from './lists.ts';
import { beforeText, pooledText } from './past-words.ts';
import type { Worked } from './worked.ts';

/** What the example takes for granted of the buyer: "此前自然月内已消费 4 笔"; null for nothing. */
export function assumedText({ way, facts, benefits }: Worked): Text | null {
  const said: Text[] = [];
  const all = facts.history[askedOf(ALL_SALES, facts)?.key ?? ''];
  if (asking(way, 'nth_purchase').length > 0) {
    const nth = (all?.count ?? 0) + 1;
    said.push(text(`第 ${numberText(nth)} 次消费`, `your ${ordinal(nth)} purchase`));
  }
  if (asking(way, 'days_since_last').length > 0 && all?.last) {
    const { zh, en } = days(daysBetween(all.last, facts.day));
    said.push(text(`距上次消费 ${zh}`, `${en} after the last purchase`));
  }
  if (asking(way, 'birthday').length > 0) said.push(text('当天生日', 'on your birthday'));
  for (const test of asking(way, 'history')) {
    const before = facts.history[askedOf(test, facts)?.key ?? '']?.[test.measure] ?? 0;
    if (before > 0) said.push(beforeText(test, before));
  }
  for (const benefit of benefits) said.push(...pooledText(benefit, facts));
  return said.length === 0 ? null : joined(said, ',', ', ');
}
