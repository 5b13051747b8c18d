import fc from 'fast-check';
import type { Decision } from './decision.ts';
import type { Facts, LineFacts } from './facts.ts';
import { rounded } from './naive-numbers.fixture.ts';
import type { OfferSet } from './offer.ts';
import { retested } from './retest.ts';
import { type Reversal, reverseLines } from './reverse.ts';

/** Units refunded per line after each refund; the first is nothing, the last everything. */
export const anyRefunds: fc.Arbitrary<(lines: readonly LineFacts[]) => number[][]> = fc
  .array(fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }), { maxLength: 4 })
  .map((steps) => (lines) => {
    const states = [lines.map(() => 0)];
    for (const step of steps) {
      const last = states.at(-1)!;
      states.push(lines.map(({ quantity }, at) => Math.min(quantity, last[at]! + step[at]!)));
    }
    return [...states, lines.map(({ quantity }) => quantity)];
  });

/** fen of every line for so many of its units. */
export function fenOf({ lines }: Facts, units: readonly number[]): number[] {
  return lines.map(({ amount, quantity }, at) => rounded(amount, units[at]!, quantity));
}

/** Every line with what is not refunded of it. */
export function leftOf(sale: Facts, units: readonly number[]): LineFacts[] {
  const fen = fenOf(sale, units);
  return sale.lines.map((line, at) => ({
    ...line,
    quantity: line.quantity - units[at]!,
    amount: line.amount - fen[at]!,
  }));
}

/** What a refund from one state to another takes back of every decision. */
export function refunded(
  decisions: readonly Decision[],
  sale: Facts,
  set: OfferSet,
  from: readonly number[],
  to: readonly number[],
): Reversal[] {
  const amounts = sale.lines.map(({ amount }) => amount);
  const before = retested(decisions, sale, set, leftOf(sale, from));
  const after = retested(decisions, sale, set, leftOf(sale, to));
  return decisions.map((decision, at) =>
    reverseLines(decision, amounts, fenOf(sale, from), fenOf(sale, to), {
      before: before[at]!,
      after: after[at]!,
    }),
  );
}
