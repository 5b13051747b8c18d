import { type Decision, reasonOf } from '#offers';
import { receiptNo } from './payment.ts';
import { type Sale, soldLines } from './sale.ts';

/** The answer to a sale, as contract.ts describes it. */
export function saleAnswer(sale: Sale, journalId: string | null): object {
  const { paymentId, basket, evaluation, decisions, charges } = sale;
  return {
    payment_id: paymentId,
    receipt_no: receiptNo(paymentId),
    state: 'paid',
    store_id: basket.storeId,
    occurred_at: basket.occurredAt,
    business_day: basket.local.day,
    gross: evaluation.gross,
    discount: evaluation.discount,
    due: evaluation.due,
    refunded: 0,
    member: basket.member && {
      member_id: basket.member.memberId,
      programme_id: basket.member.programmeId,
    },
    lines: soldLines(sale),
    tenders: charges.map(({ tender, amount, tendered }) => ({
      kind: tender,
      amount,
      tendered,
      change: changeOf(amount, tendered),
    })),
    rewards: decisions.map(({ decision }) => rewardShown(decision)),
    journal_id: journalId,
  };
}

/** fen to hand back. */
export function changeOf(amount: number, tendered: number | null): number {
  return tendered === null ? 0 : tendered - amount;
}

/** A benefit granted, with who pays for it and why it has its amount. */
export function rewardShown(decision: Decision) {
  return {
    offer_id: decision.offer,
    version: decision.version,
    kind: decision.kind,
    amount: decision.amount,
    funding: decision.funding.map(({ party, funderOrg, budget, amount }) => ({
      party,
      funder_org: funderOrg ?? null,
      budget: budget ?? null,
      amount,
    })),
    expires_on: decision.expiry,
    reason: reasonOf(decision),
  };
}
