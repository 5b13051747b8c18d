import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratio, share, split } from './share.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const large = fc.oneof(fc.nat(1_000), fc.nat(1_000_000_000), fc.nat({ max: MAX }));
const weights = fc.array(fc.oneof(fc.nat(10), fc.nat(10_000_000), fc.nat({ max: 1e12 })), {
  minLength: 1,
  maxLength: 40,
});

test.each([
  // total, weights                parts
  [10, [1, 1, 1], [4, 3, 3]],
  [11, [1, 1, 1], [4, 4, 3]],
  [100, [1, 2, 3], [17, 33, 50]],
  [1, [0, 5, 5], [0, 1, 0]],
  [0, [3, 4], [0, 0]],
  [7, [0, 0], [7, 0]],
  [-10, [1, 1, 1], [-4, -3, -3]],
  [MAX, [1, 1], [4_503_599_627_370_496, 4_503_599_627_370_495]],
])('%i over %j is %j', (total, by, parts) => {
  expect(split(total, by)).toEqual(parts);
});

test('a split is the exact quota rounded down, and one more for the largest remainders', () => {
  fc.assert(
    fc.property(large, weights, (total, by) => {
      const parts = split(total, by);
      expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(total));
      const sum = by.reduce((all, weight) => all + BigInt(weight), 0n);
      if (sum === 0n) return;
      const rest = by.map((weight) => (BigInt(total) * BigInt(weight)) % sum);
      const more = parts.map((part, at) => BigInt(part) - (BigInt(total) * BigInt(by[at]!)) / sum);
      for (const [at, extra] of more.entries()) {
        expect(extra === 0n || extra === 1n).toBe(true);
        // Who got none does not come before anybody who got one.
        if (extra === 0n)
          for (const [other, given] of more.entries())
            if (given === 1n)
              expect(rest[other]! > rest[at]! || (rest[other] === rest[at] && other < at)).toBe(
                true,
              );
      }
    }),
  );
});

test('a ratio is exact and rounded once', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 1e9 }),
      fc.nat(8e6),
      fc.integer({ min: 1, max: 1e8 }),
      (amount, by, per) => {
        const product = BigInt(amount) * BigInt(by);
        const whole = product / BigInt(per);
        const rest = product % BigInt(per);
        expect(BigInt(ratio(amount, by, per, 'down'))).toBe(whole);
        expect(BigInt(ratio(amount, by, per, 'up'))).toBe(rest === 0n ? whole : whole + 1n);
        expect(BigInt(ratio(amount, by, per))).toBe(rest * 2n >= BigInt(per) ? whole + 1n : whole);
        expect(ratio(-amount, by, per) + ratio(amount, by, per)).toBe(0);
        expect(share(amount, by)).toBe(ratio(amount, by, 1_000_000));
      },
    ),
  );
});
