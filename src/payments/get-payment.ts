import { must } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { receiptNo } from './payment.ts';
import { readPaymentIn, type StoredPayment } from './read-payment.ts';
import { refundsOf, refundShown, type StoredRefund } from './list-refunds.ts';
import { storeNotAllowed } from './refusals.ts';
import { chargeShown, rewardShown } from './sale-answer.ts';
import { couponsOf } from './sale-coupons.ts';

/**
 * A payment with its lines, tenders, rewards and refunds.
 * @param reference a payment id or a receipt number. @throws Refused payment_unknown, store_not_allowed
 */
export async function getPayment(db: Database, ctx: Ctx, reference: string) {
  const { payment, refunds } = await db.read([ctx.org], async (tx) => {
    const found = await readPaymentIn(tx, ctx.org, reference);
    const { stores } = ctx.principal;
    must(stores === 'all' || stores.has(found.storeId), storeNotAllowed);
    const { paymentId, state } = found;
    return {
      payment: found,
      refunds: state === 'paid' ? [] : await refundsOf(tx, ctx.org, paymentId),
    };
  });
  return {
    ...paymentShown(payment, reversedIn(refunds)),
    coupons: await couponsOf(db, payment),
    refunds: refunds.map(refundShown),
  };
}

/** What went back of each decision, by its number. */
function reversedIn(refunds: readonly StoredRefund[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const { decisionNo, amount } of refunds.flatMap(({ clawback }) => clawback)) {
    sums.set(decisionNo, (sums.get(decisionNo) ?? 0) + amount);
  }
  return sums;
}

function paymentShown(payment: StoredPayment, reversed: ReadonlyMap<number, number>) {
  const { paymentId, refundedAmounts: amounts, refundedQuantities: quantities } = payment;
  return {
    payment_id: paymentId,
    receipt_no: receiptNo(paymentId),
    state: payment.state,
    channel: payment.channel,
    store_id: payment.storeId,
    occurred_at: payment.occurredAt.toISOString(),
    business_day: payment.businessDay,
    gross: payment.gross,
    discount: payment.discount,
    due: payment.due,
    refunded: payment.refunded,
    actor: payment.actor,
    member: payment.member && {
      member_id: payment.member.id,
      programme_id: payment.member.programme,
    },
    lines: payment.lines.map((line, index) => ({
      ...line,
      refunded_quantity: quantities?.[index] ?? 0,
      refunded_amount: amounts?.[index] ?? 0,
    })),
    tenders: payment.charges.map((charge) => ({
      ...chargeShown(charge),
      refunded: charge.refunded,
    })),
    rewards: payment.decisions.map(({ decision }, no) => ({
      ...rewardShown(decision),
      reversed: reversed.get(no) ?? 0,
    })),
    journal_id: payment.journalId,
  };
}
