import type { Day } from '#kernel/day';
import { add, type Bits, noBits } from './bits.ts';
import type { Test, View } from './condition.ts';
import { holds } from './holds.ts';
import type { Implied } from './implied.ts';
import type { Tested } from './offer-index.ts';

const DAYS_KEPT = 64;
const OF_DAYS: ReadonlySet<Test['type']> = new Set<Test['type']>([
  'day',
  'blackout',
  'days_of_month',
]);

/** Answers which offers are live on a day; the answer is remembered per day. */
export function indexDays(
  words: number,
  offers: readonly Tested[],
  implied: Implied,
): (day: Day) => Bits {
  const asked = offers.map(({ tests }) => tests.filter((test) => OF_DAYS.has(test.type)));
  for (const test of asked.flat()) implied.always.add(test);
  const remembered = new Map<Day, Bits>();
  return (day) => {
    let bits = remembered.get(day);
    if (bits !== undefined) return bits;
    bits = noBits(words);
    const view = { facts: { day } } as View;
    for (const [rank, tests] of asked.entries()) {
      if (tests.every((test) => holds(test, view))) add(bits, rank);
    }
    if (remembered.size >= DAYS_KEPT) remembered.clear();
    remembered.set(day, bits);
    return bits;
  };
}
