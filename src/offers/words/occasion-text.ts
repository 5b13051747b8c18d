import type { LeafOf } from '../engine/condition.ts';
import type { Text } from '#kernel/refusal';
import { ordinal, plural } from './counts.ts';
import { numberText, text } from './figures.ts';
import { anyOf } from './lists.ts';

export function birthdayText(test: LeafOf<'birthday'>): Text {
  if (test.month) return text('生日当月', 'in the month of the birthday');
  const { before, after } = test;
  if (before === 0 && after === 0) return text('生日当天', 'on the birthday');
  if (after === 0)
    return text(
      `生日及之前 ${before} 天`,
      `on the birthday and the ${plural(before, 'day')} before it`,
    );
  if (before === 0)
    return text(
      `生日及之后 ${after} 天`,
      `on the birthday and the ${plural(after, 'day')} after it`,
    );
  return text(
    `生日前 ${before} 天至后 ${after} 天`,
    `from ${plural(before, 'day')} before to ${plural(after, 'day')} after the birthday`,
  );
}

export function nthText({ numbers, every }: LeafOf<'nth_purchase'>): Text {
  const sorted = [...numbers].toSorted((a, b) => a - b);
  const which = sorted.map((nth) =>
    nth === 1
      ? text('首次消费', 'the first purchase')
      : text(`第 ${numberText(nth)} 次消费`, `the ${ordinal(nth)} purchase`),
  );
  if (every > 0) which.push(everyText(every));
  const { zh, en } = anyOf(which);
  return text(zh, `on ${en}`);
}

function everyText(every: number): Text {
  return every === 1
    ? text('每次消费', 'every purchase')
    : text(`每第 ${numberText(every)} 次消费`, `every ${ordinal(every)} purchase`);
}
