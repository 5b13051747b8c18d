import type { Day } from '#kernel/day';
import type { Text } from '#kernel/refusal';
import type { Arrival } from '../engine/decision.ts';
import { plural } from './counts.ts';
import { dayText } from './dates.ts';
import { money, numberText, text } from './figures.ts';
import { anyOf } from './lists.ts';

/** When what was granted may be used; null for at once. @param sold the sale's day, whose year is not repeated */
export function arrivalText(arrival: Arrival, sold?: Day): Text | null {
  switch (arrival.type) {
    case 'instant':
      return null;
    case 'on': {
      const { zh, en } = dayText(arrival.day, sold);
      return arrival.provisional
        ? text(
            `${zh}到账(暂定,以公布的节假日为准)`,
            `available on ${en} (provisional until the holidays are published)`,
          )
        : text(`${zh}到账`, `available on ${en}`);
    }
    case 'quiet': {
      const { zh, en } = dayText(arrival.day, sold);
      return text(`${zh}到账,再次消费则顺延`, `available on ${en}, later if you buy again`);
    }
    case 'reached':
      return arrival.now
        ? text('已达标,立即到账', 'the target is reached: available now')
        : waitingText(arrival, sold);
  }
}

function waitingText(
  { amount, count, until }: Extract<Arrival, { readonly type: 'reached' }>,
  sold?: Day,
): Text {
  const parts: Text[] = [];
  if (amount !== null) parts.push(money(amount));
  if (count !== null) parts.push(text(`${numberText(count)} 笔`, plural(count, 'purchase')));
  const reached = parts.map(({ zh }) => `满 ${zh}`).join('或');
  const by = until === null ? null : dayText(until, sold);
  return text(
    `累计${reached}后到账${by === null ? '' : `,截至${by.zh}`}`,
    `available once your purchases reach ${anyOf(parts).en}${by === null ? '' : `, by ${by.en}`}`,
  );
}
