import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inBoth, type Interval, merged, outside } from './intervals.ts';

const lists = fc
  .array(fc.tuple(fc.nat(30), fc.nat(6)), { maxLength: 8 })
  .map((pairs) => pairs.map(([from, more]): Interval => ({ from, to: from + more })));
const has = (list: readonly Interval[], number: number) =>
  list.some(({ from, to }) => from <= number && number <= to);

test('lists of intervals hold the numbers that sets would', () => {
  fc.assert(
    fc.property(lists, lists, (a, b) => {
      const [left, right] = [merged(a), merged(b)];
      for (let number = 0; number <= 40; number++) {
        expect(has(left, number)).toBe(has(a, number));
        expect(has(inBoth(left, right), number)).toBe(has(a, number) && has(b, number));
        expect(has(outside(left), number)).toBe(!has(a, number));
      }
    }),
  );
});
