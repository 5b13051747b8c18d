import type { Text } from '#kernel/refusal';
import { LAST_DAY, type LeafTest, type LeafOf } from '../engine/condition.ts';
import { periodText } from './dates.ts';
import { text } from './figures.ts';
import { joined } from './lists.ts';
import { onlyText } from './tree-text.ts';

export function whenTerms(tests: readonly LeafTest[]): Text[] {
  return tests.flatMap((test) => {
    if (test.type === 'day') return [dayTerms(test)];
    if (test.type === 'blackout') return [restTerms(test)];
    return TIMES.has(test.type) ? [onlyText(test)] : [];
  });
}

const TIMES = new Set<LeafTest['type']>(['day_kind', 'weekday', 'hours']);

function restTerms({ ranges }: LeafOf<'blackout'>): Text {
  const rests = joined(
    ranges.map(({ from, to }) => periodText(from, to)),
    '、',
    ', ',
  );
  return text(`${rests.zh}暂停`, `not on these days: ${rests.en}`);
}

function dayTerms({ from, to }: LeafOf<'day'>): Text {
  const endless = to === LAST_DAY;
  const { zh, en } = periodText(from, endless ? null : to);
  return endless
    ? text(`${zh}长期有效`, `${en} on, without a last day`)
    : text(`${zh},含首尾两日`, `${en}, both days included`);
}
