import type { Day } from '#kernel/day';
import type { Text } from '#kernel/refusal';
import type { Arrival, Decision } from '../engine/decision.ts';
import { arrivalText } from './arrival-text.ts';
import { cutText } from './cut-text.ts';
import { dateText } from './dates.ts';
import { text } from './figures.ts';
import { grantedText } from './granted-text.ts';
import type { Reader } from './reader.ts';

/** What was granted and why it has its amount: "返现 6.00 元(已达每单上限),11月24日(周二)到账". */
export function reasonOf(decision: Parameters<typeof rewardText>[0], reader?: Reader): Text {
  return rewardText(decision, reader === 'consumer' || reader === 'cashier');
}

/** What was granted, why no more, and when it arrives: "返现 6.00 元,11月24日(周二)到账". */
export function rewardText(
  decision: Pick<Decision, 'kind' | 'amount' | 'to' | 'what' | 'partly'> & {
    readonly arrival?: Arrival;
  },
  open = false,
  sold?: Day,
): Text {
  const gives = grantedText(decision);
  const cut = decision.partly === undefined ? null : cutText(decision.partly, open);
  const arrives = decision.arrival === undefined ? null : arrivalText(decision.arrival, sold);
  return text(
    `${gives.zh}${cut === null ? '' : `(${cut.zh})`}${arrives === null ? '' : `,${arrives.zh}`}`,
    `${gives.en}${cut === null ? '' : ` (${cut.en})`}${arrives === null ? '' : `, ${arrives.en}`}`,
  );
}

/** "有效期至2027年12月31日"; null for what has no end, or not known yet. */
export function validText({ expiry }: Pick<Decision, 'expiry'>): Text | null {
  if (expiry === null) return null;
  const { zh, en } = dateText(expiry);
  return text(`有效期至${zh}`, `usable through ${en}`);
}
