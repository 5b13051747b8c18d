import type { Text } from '#kernel/refusal';
import { text } from './figures.ts';

const LATIN_END = /[A-Za-z0-9%]$/;

const LATIN_START = /^[A-Za-z0-9]/;

const HAN = '\\u4e00-\\u9fff';

const HAN_END = new RegExp(`[${HAN}]$`);

const HAN_START = new RegExp(`^[${HAN}]`);

/** Chinese pieces in a row, with a space between Latin letters or digits and Chinese ones. */
export function glue(...pieces: readonly string[]): string {
  return pieces.reduce((left, right) => {
    const apart =
      (LATIN_END.test(left) && HAN_START.test(right)) ||
      (HAN_END.test(left) && LATIN_START.test(right));
    return apart ? `${left} ${right}` : left + right;
  }, '');
}

/** A clause as a sentence: "仅限周二。" and "Only on Tuesday." */
export function sentence({ zh, en }: Text): Text {
  const upper = en.charAt(0).toUpperCase() + en.slice(1);
  return text(/[。!?]$/.test(zh) ? zh : `${zh}。`, /[.!?]$/.test(upper) ? upper : `${upper}.`);
}
