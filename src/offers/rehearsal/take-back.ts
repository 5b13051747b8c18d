import type { Decision } from '../engine/decision.ts';
import type { OfferSet } from '../engine/offer.ts';
import { type Reversal, reversalTarget, reverseLines } from '../engine/reverse.ts';
import { type Counting, note } from './history-book.ts';
import type { PastRefund } from './past-event.ts';
import type { Gone, KeptLine, PlanBack, PlannedBack } from './plan-back.ts';
import type { KeptSale, Rehearsal } from './rehearsal.ts';
import type { Waiting } from './waiting.ts';

/** A decision with what a refund takes back of it. */
export interface TakenOf {
  readonly decision: Decision;
  readonly reversal: Reversal;
}

/** A set of offers, and how money back takes back what they granted. */
export interface Rules {
  readonly set: OfferSet;
  readonly planBack: PlanBack;
}

/** Takes back what a refund takes back; nothing for a sale that the rehearsal has not seen. */
export function rehearseRefund(rehearsal: Rehearsal, rules: Rules, refund: PastRefund): TakenOf[] {
  const kept = rehearsal.kept.get(refund.payment);
  if (kept === undefined) return [];
  const [before, after] = [kept.gone, goneAfter(kept, refund)];
  const was = counting(kept, before);
  const { net, reversals } = planned(kept, rules, before, after);
  kept.gone = after;
  kept.refunded += net;
  const taken = kept.decisions.map((decision, at) => {
    const reversal = reversals[at]!;
    kept.taken.set(at, (kept.taken.get(at) ?? 0) + reversal.amount);
    return leftOf({ decision, reversal }, kept.waiting[at]!);
  });
  for (const { reversal } of taken) giveBack(rehearsal, reversal);
  const is = counting(kept, after);
  note(rehearsal.histories, kept, kept.day, was, is);
  if (is === null) rehearsal.kept.delete(refund.payment);
  return taken;
}

function goneAfter({ lines, gone }: KeptSale, refund: PastRefund): Gone {
  const amounts = [...gone.amounts];
  const quantities = [...gone.quantities];
  for (const { line, amount, quantity } of refund.lines) {
    const sold = lines[line];
    if (sold === undefined) continue;
    amounts[line] = Math.min(sold.amount, amounts[line]! + amount);
    quantities[line] = Math.min(sold.quantity, quantities[line]! + quantity);
  }
  return { amounts, quantities };
}

/** In proportion to the lines, unless an offer of the sale tests its thresholds again. */
function planned(kept: KeptSale, { set, planBack }: Rules, before: Gone, after: Gone): PlannedBack {
  const { decisions, lines, facts, refunded, taken } = kept;
  if (facts !== null)
    return planBack({ lines, decisions, facts, set, refunded, taken }, before, after);
  const amounts = lines.map(({ amount }) => amount);
  return {
    net: netLeft(lines, before) - netLeft(lines, after),
    reversals: decisions.map((decision) =>
      reverseLines(decision, amounts, before.amounts, after.amounts),
    ),
  };
}

/** What was cancelled has gone back to its payers already; the uses of its limits go back all the same. */
function leftOf({ decision, reversal }: TakenOf, waiting: Waiting | null): TakenOf {
  if (waiting === null) return { decision, reversal };
  if (waiting.state === 'cancelled') {
    const funding = reversal.funding.map((part) => ({ ...part, amount: 0 }));
    return { decision, reversal: { ...reversal, amount: 0, funding } };
  }
  reversal.funding.forEach(({ amount }, at) => (waiting.left[at]! -= amount));
  return { decision, reversal };
}

/** As the sale counts in histories; null if it is wholly paid back. */
function counting({ lines, refunded }: KeptSale, gone: Gone): Counting | null {
  const left = lines.flatMap((line, at) => {
    if (gone.amounts[at] === line.amount && gone.quantities[at] === line.quantity) return [];
    return [{ ...line, net: netOf(line, gone.amounts[at]!) }];
  });
  const due = lines.reduce((sum, { net }) => sum + net, 0);
  return left.length === 0 ? null : { paid: due - refunded, lines: left };
}

function netLeft(lines: readonly KeptLine[], { amounts }: Gone): number {
  return lines.reduce((sum, line, at) => sum + netOf(line, amounts[at]!), 0);
}

function netOf({ net, amount }: KeptLine, gone: number): number {
  return net - reversalTarget(net, gone, amount);
}

function giveBack({ usage, budgets }: Rehearsal, { counters, funding }: Reversal): void {
  for (const { key, count, amount } of counters) {
    const used = usage[key];
    if (used === undefined) continue;
    used.count -= count;
    used.amount -= amount;
  }
  for (const { budget, amount } of funding)
    if (budget !== undefined) budgets[budget] = (budgets[budget] ?? 0) + amount;
}
