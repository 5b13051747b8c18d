import type { Gone, PlannedBack, RetestedSale } from '#offers';
import { netGone, type RefundStep, type SoldLine } from '../payment.ts';
import { planRefund } from '../plan-refund.ts';

/** Plans money back of a rehearsed sale as `planRefund` plans that of a payment. Nothing of its rewards is spent. */
export function planBack(sale: RetestedSale, before: Gone, after: Gone): PlannedBack {
  const { decisions, facts, set, refunded, taken } = sale;
  const lines = sale.lines.map(soldLine);
  const gross = total(lines.map(({ amount }) => amount));
  const due = total(lines.map(({ net }) => net));
  const step: RefundStep = {
    before,
    after,
    amount: netGone(lines, after) - netGone(lines, before),
    gross: total(after.amounts) - total(before.amounts),
    state: 'part_refunded',
  };
  const policies = new Map(set.offers.map(({ id, definition }) => [id, definition.clawback]));
  const rules = {
    policyOf: (offer: string) => policies.get(offer)!,
    retest: { facts, set, versions: [] },
  };
  const owned = decisions.map((decision) => ({ ownerOrg: 0, decision }));
  const earlier = { refunded, withheld: 0, taken };
  const { net, planned } = planRefund(
    { lines, decisions: owned, due, gross },
    step,
    earlier,
    rules,
  );
  return { net, reversals: planned.map(({ reversal }) => reversal) };
}

function soldLine(line: RetestedSale['lines'][number]): SoldLine {
  const { net, amount } = line;
  return { ...line, name: { zh: '', en: '' }, unit_price: '', discount: amount - net };
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
