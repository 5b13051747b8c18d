import fc from 'fast-check';
import { expect, test } from 'vitest';
import { split } from '#kernel/share';
import type { Decision } from './decision.ts';
import { reversalTarget, reverseLines, type Reversal } from './reverse.ts';

test.each([
  [100, 0, 300, 0],
  [100, 1, 300, 0],
  [100, 2, 300, 1],
  [100, 150, 300, 50],
  [100, 299, 300, 100],
  [100, 300, 300, 100],
  [1, 1, 2, 1],
  [0, 0, 0, 0],
  [2 ** 52, 2 ** 51, 2 ** 52, 2 ** 51],
])('of a share of %d, with %d of %d refunded, %d is reversed', (share, refunded, line, target) => {
  expect(reversalTarget(share, refunded, line)).toBe(target);
});

test('more than a line cannot be refunded, nor a refund be taken back', () => {
  expect(() => reversalTarget(1, 3, 2)).toThrow(RangeError);
  const decision = { lineShares: [1], funding: [], counters: [] } as unknown as Decision;
  expect(() => reverseLines(decision, [2], [1], [0])).toThrow(RangeError);
  expect(() => reverseLines(decision, [2], [0, 0], [1, 0])).toThrow(RangeError);
});

interface Case {
  readonly decision: Decision;
  readonly amounts: readonly number[];
  /** Refunded per line after each refund; the last is everything. */
  readonly states: readonly (readonly number[])[];
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    amounts: fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 6 }),
    rate: fc.integer({ min: 1, max: 1_000 }),
    shares: fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 4 }),
    steps: fc.array(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 6, maxLength: 6 }), {
      maxLength: 8,
    }),
  })
  .map(({ amounts, rate, shares, steps }) => {
    const total = amounts.reduce((a, b) => a + b, 0);
    const amount = Math.floor((total * rate) / 1_000);
    const lineShares = split(amount, amounts);
    const funding = split(amount, shares)
      .map((part, index) => ({ party: 'funder' as const, funderOrg: index, amount: part }))
      .filter((part) => part.amount > 0);
    const counters = [{ key: 'k', count: 1, amount }];
    const decision: Decision = {
      offer: 'o',
      version: 1,
      benefit: 0,
      kind: 'cashback',
      amount,
      wanted: amount,
      lineShares,
      funding,
      counters,
      arrival: { type: 'instant' },
      expiry: null,
    };
    const states: number[][] = [amounts.map(() => 0)];
    for (const step of steps) {
      const last = states.at(-1)!;
      states.push(
        last.map(
          (refunded, line) =>
            refunded + Math.floor(((amounts[line]! - refunded) * step[line]!) / 1_000),
        ),
      );
    }
    states.push([...amounts]);
    return { decision, amounts, states };
  });

function add(into: number[], values: readonly number[]): void {
  values.forEach((value, index) => (into[index] = (into[index] ?? 0) + value));
}

test('any sequence of partial refunds ends where one full refund ends: at zero, per line, payer and counter', () => {
  fc.assert(
    fc.property(cases, ({ decision, amounts, states }) => {
      const lines: number[] = decision.lineShares.map(() => 0);
      const funding: number[] = decision.funding.map(() => 0);
      const used = [0, 0];
      for (let step = 1; step < states.length; step++) {
        const reversal = reverseLines(decision, amounts, states[step - 1]!, states[step]!);
        checkStep(reversal);
        add(lines, reversal.lineAmounts);
        add(
          funding,
          reversal.funding.map(({ amount }) => amount),
        );
        for (const { count, amount } of reversal.counters) add(used, [count, amount]);
      }
      expect(lines).toEqual(decision.lineShares);
      expect(funding).toEqual(decision.funding.map(({ amount }) => amount));
      const someLine = amounts.some((amount) => amount > 0);
      expect(used).toEqual([someLine ? 1 : 0, decision.amount]);
    }),
    { numRuns: 1_000 },
  );
});

test('two refunds reverse what one refund of both would', () => {
  fc.assert(
    fc.property(cases, ({ decision, amounts, states }) => {
      const [start, middle] = [states[0]!, states[Math.floor(states.length / 2)]!];
      const end = states.at(-1)!;
      const first = reverseLines(decision, amounts, start, middle);
      const second = reverseLines(decision, amounts, middle, end);
      const both = reverseLines(decision, amounts, start, end);
      expect(first.amount + second.amount).toBe(both.amount);
      expect(both.amount).toBe(decision.amount);
    }),
  );
});

function checkStep({ amount, lineAmounts, funding }: Reversal): void {
  expect(amount).toBeGreaterThanOrEqual(0);
  expect(lineAmounts.reduce((a, b) => a + b, 0)).toBe(amount);
  expect(funding.reduce((sum, part) => sum + part.amount, 0)).toBe(amount);
  for (const part of [...lineAmounts, ...funding.map((each) => each.amount)]) {
    expect(part).toBeGreaterThanOrEqual(0);
  }
}
