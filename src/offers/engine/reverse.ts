import { ratio } from '#kernel/share';
import type { CounterUse, Decision, FundingPart } from './evaluate.ts';

/** fen or points in the unit of the decision; `funding` has an entry per payer of the decision, in its order. */
export interface Reversal {
  readonly amount: number;
  readonly lineAmounts: readonly number[];
  readonly funding: readonly FundingPart[];
  /** Uses to take back from the counters; the count only with the last of the sale. */
  readonly counters: readonly CounterUse[];
}

/**
 * How much of a line's share of a benefit is reversed in total once `refundedAmount` of its
 * `lineAmount` went back. Half-up; 0 at nothing, `lineShare` at all, and never falls in between.
 * @throws RangeError unless 0 <= refundedAmount <= lineAmount
 */
export function reversalTarget(
  lineShare: number,
  refundedAmount: number,
  lineAmount: number,
): number {
  if (!(refundedAmount >= 0 && refundedAmount <= lineAmount)) {
    throw new RangeError(`refunded ${refundedAmount} of a line of ${lineAmount}`);
  }
  return refundedAmount === 0 ? 0 : ratio(lineShare, refundedAmount, lineAmount);
}

/**
 * What to reverse of a decision when the refunded part of the sale grows. Depends on the two states
 * alone, so any sequence of partial refunds ends where one full refund ends: at zero left, per line
 * and per payer; no step reverses a negative amount.
 * @param lineAmounts gross fen per line of the sale
 * @param before gross fen per line refunded so far, over all earlier refunds
 * @param after the same with this refund
 */
export function reverseLines(
  decision: Decision,
  lineAmounts: readonly number[],
  before: readonly number[],
  after: readonly number[],
): Reversal {
  const was = targetsOf(decision, lineAmounts, before);
  const now = targetsOf(decision, lineAmounts, after);
  if (after.some((refunded, line) => refunded < before[line]!)) {
    throw new RangeError('what was refunded cannot become less');
  }
  const amount = now.total - was.total;
  const wasWhole = lineAmounts.every((of, line) => before[line] === of);
  const nowWhole = lineAmounts.every((of, line) => after[line] === of);
  return {
    amount,
    lineAmounts: now.lines.map((target, line) => target - was.lines[line]!),
    funding: decision.funding.map((part, index) => ({
      ...part,
      amount: now.parts[index]! - was.parts[index]!,
    })),
    counters: decision.counters
      .map(({ key, count }) => ({ key, count: nowWhole && !wasWhole ? count : 0, amount }))
      .filter((use) => use.count > 0 || use.amount > 0),
  };
}

interface Targets {
  readonly total: number;
  readonly lines: readonly number[];
  readonly parts: readonly number[];
}

function targetsOf(
  { lineShares, funding }: Decision,
  lineAmounts: readonly number[],
  refunded: readonly number[],
): Targets {
  if (lineAmounts.length !== lineShares.length || refunded.length !== lineShares.length) {
    throw new RangeError('a decision is reversed with an amount for each of its lines');
  }
  const lines = lineShares.map((part, line) =>
    reversalTarget(part, refunded[line]!, lineAmounts[line]!),
  );
  const total = lines.reduce((sum, part) => sum + part, 0);
  return { total, lines, parts: nested(total, funding) };
}

/**
 * Splits what is reversed over the payers, each against all after it. Unlike a largest-remainder
 * split over three or more, no part falls when the total grows, so no payer is charged by a refund.
 */
function nested(total: number, funding: readonly FundingPart[]): number[] {
  let rest = total;
  let weight = funding.reduce((sum, part) => sum + part.amount, 0);
  return funding.map(({ amount }) => {
    const part = weight === 0 ? 0 : ratio(rest, amount, weight);
    rest -= part;
    weight -= amount;
    return part;
  });
}
