import { ratio, split } from '#kernel/share';
import type { CounterUse, Decision, FundingPart } from './decision.ts';

/**
 * In the unit of the decision: fen, points, growth value, coupons or pieces. `funding` has an entry per
 * payer of the decision, in its order.
 */
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

/** What is left of each line's share of a benefit in proportion to what was not refunded of the line. */
export function keptShares(
  { lineShares }: Pick<Decision, 'lineShares'>,
  lineAmounts: readonly number[],
  refunded: readonly number[],
): number[] {
  demandLines(lineShares, lineAmounts, refunded);
  return lineShares.map(
    (part, line) => part - reversalTarget(part, refunded[line]!, lineAmounts[line]!),
  );
}

/** What thresholds leave of a decision before and after a refund; see `retested`. */
export interface Kept {
  readonly before: number;
  readonly after: number;
}

/**
 * What to reverse of a decision when the refunded part of the sale grows. Depends on the two states
 * alone, so any sequence of partial refunds ends where one full refund ends: at zero left, per line
 * and per payer; without `kept` no step reverses a negative amount.
 * @param lineAmounts gross fen per line of the sale
 * @param before gross fen per line refunded so far, over all earlier refunds
 * @param after the same with this refund
 * @param kept what the two states still earn, where thresholds are tested again
 */
export function reverseLines(
  decision: Decision,
  lineAmounts: readonly number[],
  before: readonly number[],
  after: readonly number[],
  kept?: Kept,
): Reversal {
  const was = targetsOf(decision, lineAmounts, before, kept?.before);
  const now = targetsOf(decision, lineAmounts, after, kept?.after);
  if (after.some((refunded, line) => refunded < before[line]!)) {
    throw new RangeError('what was refunded cannot become less');
  }
  const amount = now.total - was.total;
  const wasWhole = lineAmounts.every((of, line) => before[line] === of);
  const nowWhole = lineAmounts.every((of, line) => after[line] === of);
  const parts = now.parts.map((target, index) => target - was.parts[index]!);
  const counters = decision.counters.map((use) => ({
    key: use.key,
    count: nowWhole && !wasWhole ? use.count : 0,
    amount: countedBack(use, amount, parts, (lines) => {
      const shares = { lineShares: lines };
      return (
        sum(keptShares(shares, lineAmounts, before)) - sum(keptShares(shares, lineAmounts, after))
      );
    }),
  }));
  return {
    amount,
    lineAmounts: now.lines.map((target, line) => target - was.lines[line]!),
    funding: decision.funding.map((part, index) => ({ ...part, amount: parts[index]! })),
    counters: counters.filter((use) => use.count !== 0 || use.amount !== 0),
  };
}

function countedBack(
  use: CounterUse,
  amount: number,
  parts: readonly number[],
  fallOf: (lines: readonly number[]) => number,
): number {
  if (use.lines !== undefined) return fallOf(use.lines);
  if (use.payer !== undefined) return parts[use.payer]!;
  return use.amount === 0 ? 0 : amount;
}

interface Targets {
  readonly total: number;
  readonly lines: readonly number[];
  readonly parts: readonly number[];
}

function targetsOf(
  { amount, lineShares, funding }: Decision,
  lineAmounts: readonly number[],
  refunded: readonly number[],
  kept: number | undefined,
): Targets {
  demandLines(lineShares, lineAmounts, refunded);
  const proportional = lineShares.map((part, line) =>
    reversalTarget(part, refunded[line]!, lineAmounts[line]!),
  );
  const total = kept === undefined ? sum(proportional) : amount - kept;
  const more = total - sum(proportional);
  if (more < 0 || total > amount) {
    throw new RangeError(`what is left of ${amount} cannot earn ${kept}`);
  }
  // What the thresholds take besides is shared by the lines that still have a part.
  const extra =
    more === 0
      ? null
      : split(
          more,
          lineShares.map((part, line) => part - proportional[line]!),
        );
  const lines = extra ? proportional.map((part, line) => part + extra[line]!) : proportional;
  return { total, lines, parts: nested(total, funding) };
}

function demandLines(
  lineShares: readonly number[],
  lineAmounts: readonly number[],
  refunded: readonly number[],
): void {
  if (lineAmounts.length !== lineShares.length || refunded.length !== lineShares.length) {
    throw new RangeError('a decision is reversed with an amount for each of its lines');
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * Splits what is reversed over the payers, each against all after it. Unlike a largest-remainder
 * split over three or more, no part falls when the total grows, so no payer is charged by a refund.
 */
function nested(total: number, funding: readonly FundingPart[]): number[] {
  let rest = total;
  let weight = funding.reduce((all, part) => all + part.amount, 0);
  return funding.map(({ amount }) => {
    const part = weight === 0 ? 0 : ratio(rest, amount, weight);
    rest -= part;
    weight -= amount;
    return part;
  });
}
