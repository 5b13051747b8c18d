import { split } from '#kernel/share';
import {
  type Decision,
  keptShares,
  type LineFacts,
  retested,
  type Reversal,
  reverseLines,
} from '#offers';
import type { Earlier } from './earlier-refunds.ts';
import { netGone, type RefundStep } from './payment.ts';
import type { StoredPayment } from './read-payment.ts';
import type { RefundRules, Retest } from './refund-rules.ts';

/** What a refund does to the money and to every decision of a payment. */
export interface BackPlan {
  /** fen for what goes back, before anything is withheld. */
  readonly net: number;
  /** fen that the goods kept cost beyond what was paid for them: nobody is asked for it, the discounts' payers bear it. */
  readonly shortfall: number;
  /** Per decision, in order. */
  readonly planned: readonly Planned[];
}

export interface Planned {
  readonly reversal: Reversal;
  /** The part that goes back because a threshold is no longer met. */
  readonly lost: number;
}

/** fen of a payment that earlier refunds gave back or withheld, and what they took back. */
export interface SettledBefore extends Earlier {
  readonly refunded: number;
}

/**
 * Plans a refund. Without thresholds to test again every line goes back with its share of everything. Offers that
 * test them are decided again on what is left; the smaller of both stays, and never more than stood before. A
 * discount lost is taken out of the money that goes back: what was paid, less what the kept lines cost without it,
 * less what went back earlier, and never below 0.
 */
export function planRefund(
  payment: Pick<StoredPayment, 'lines' | 'decisions' | 'due' | 'gross'>,
  step: RefundStep,
  earlier: SettledBefore,
  { retest, policyOf }: RefundRules,
): BackPlan {
  const amounts = payment.lines.map(({ amount }) => amount);
  const decisions = payment.decisions.map(({ decision }) => decision);
  if (retest === null) {
    const planned = decisions.map((decision) => ({
      reversal: reverseLines(decision, amounts, step.before.amounts, step.after.amounts),
      lost: 0,
    }));
    return { net: step.amount, shortfall: 0, planned };
  }
  const share = (decision: Decision, gone: readonly number[]) =>
    sum(keptShares(decision, amounts, gone));
  const earns = retested(decisions, retest.facts, retest.set, leftOf(retest, step));
  const stands = decisions.map((decision, no): Stands => {
    const tests = policyOf(decision.offer).retest === 'threshold';
    const shares = [
      share(decision, step.before.amounts),
      share(decision, step.after.amounts),
    ] as const;
    const before = tests
      ? Math.min(shares[0], decision.amount - (earlier.taken.get(no) ?? 0))
      : shares[0];
    const after = tests ? Math.min(earns[no]!, before) : shares[1];
    return { tests, discount: tests && decision.kind === 'discount', shares, before, after };
  });
  const { net, shortfall } = moneyOf(payment, step, earlier, stands);
  const borne = borneOf(stands, shortfall);
  const planned = stands.map(({ tests, shares, before, after }, no): Planned => {
    const kept = { before, after: after + borne[no]! };
    const reversal = reverseLines(
      decisions[no]!,
      amounts,
      step.before.amounts,
      step.after.amounts,
      tests ? kept : undefined,
    );
    return { reversal, lost: Math.max(0, reversal.amount - (shares[0] - shares[1])) };
  });
  return { net, shortfall, planned };
}

/** How a decision stands: in proportion to what is left, and with its thresholds tested; before and after the refund. */
interface Stands {
  readonly tests: boolean;
  readonly discount: boolean;
  readonly shares: readonly [before: number, after: number];
  readonly before: number;
  readonly after: number;
}

function leftOf({ facts }: Retest, { after }: RefundStep): LineFacts[] {
  return facts.lines.map((line, at) => ({
    ...line,
    quantity: line.quantity - after.quantities[at]!,
    amount: line.amount - after.amounts[at]!,
  }));
}

/** The money is a target, too; what is open never exceeds the gross that is left, whatever was rounded. */
function moneyOf(
  { lines, due, gross }: Pick<StoredPayment, 'lines' | 'due' | 'gross'>,
  step: RefundStep,
  { refunded, withheld }: SettledBefore,
  stands: readonly Stands[],
): { net: number; shortfall: number } {
  const settled = refunded + withheld;
  const lost = stands.map(({ discount, shares, after }) => (discount ? shares[1] - after : 0));
  const wanted = netGone(lines, step.after) - sum(lost) - settled;
  const least = due - settled - (gross - sum(step.after.amounts));
  const most = Math.min(step.gross, due - settled);
  return {
    net: Math.max(0, least, Math.min(wanted, most)),
    shortfall: Math.max(0, -wanted),
  };
}

/** What cannot be taken out of the money stays with the discounts that were lost, in proportion. */
function borneOf(stands: readonly Stands[], shortfall: number): number[] {
  if (shortfall === 0) return stands.map(() => 0);
  const room = stands.map(({ discount, shares, before, after }) =>
    discount ? Math.min(before, shares[1]) - after : 0,
  );
  return split(Math.min(shortfall, sum(room)), room);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
