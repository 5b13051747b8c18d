import { receiptNo } from './payment.ts';
import { type Back, backPerTender, linesOf } from './refund.ts';
import type { Clawback } from './refund-rewards.ts';
import type { RefundRules } from './refund-rules.ts';
import { sumsOf, whyOf, whyShown } from './refund-shortage.ts';
import { tendersBack } from './refund-tenders.ts';
import { whyBack } from './refund-why.ts';

/** What the answer to a refund and its preview say alike, as contract.ts describes it. */
export function backShown(back: Back, clawback: Clawback, rules: RefundRules) {
  const { payment, step, kind, plan } = back;
  return {
    payment_id: payment.paymentId,
    receipt_no: receiptNo(payment.paymentId),
    payment_state: kind === 'void' ? ('voided' as const) : step.state,
    amount: back.amount,
    gross: step.gross,
    withheld: back.withheld,
    shortfall: plan.shortfall,
    lines: linesOf(back),
    tenders: tendersBack(backPerTender(back)),
    taken_back: clawback.returned
      .filter(({ amount }) => amount > 0)
      .map((each) => ({
        offer_id: each.offer,
        kind: each.kind,
        amount: each.amount,
        text: whyBack(each, step, rules.retest),
        ...whyShown(whyOf(each)),
      })),
    debt: sumsOf(clawback.returned, 'debt'),
    borne_by_payers: sumsOf(clawback.returned, 'borne'),
  };
}
