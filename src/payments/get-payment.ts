import { dayOf } from '#kernel/day';
import { must } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { datesOf, type ListedReward, rewardsOfPayment } from '#rewards';
import { receiptNo } from './payment.ts';
import { readPaymentIn, type StoredPayment } from './read-payment.ts';
import { refundsOf, refundShown, type StoredRefund } from './list-refunds.ts';
import { storeNotAllowed } from './refusals.ts';
import { chargeShown, rewardShown } from './sale-answer.ts';
import { couponsOf } from './sale-coupons.ts';
import type { Till } from './till.ts';

/**
 * A payment with its lines, tenders, rewards and refunds.
 * @param reference a payment id or a receipt number. @throws Refused payment_unknown, store_not_allowed
 */
export async function getPayment(
  { db, orgs }: Pick<Till, 'db' | 'orgs'>,
  ctx: Ctx,
  reference: string,
) {
  const { payment, refunds, listed } = await db.read([ctx.org], async (tx) => {
    const found = await readPaymentIn(tx, ctx.org, reference);
    const { stores } = ctx.principal;
    must(stores === 'all' || stores.has(found.storeId), storeNotAllowed);
    const { paymentId, state } = found;
    return {
      payment: found,
      refunds: state === 'paid' ? [] : await refundsOf(tx, ctx.org, paymentId),
      listed: await rewardsOfPayment(tx, ctx.org, paymentId),
    };
  });
  const { zone } = (await orgs.get(ctx.org)).value.org;
  return {
    ...paymentShown(payment),
    rewards: rewardsShown(payment, reversedIn(refunds), listed, zone),
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

/** The benefits as they stand now. */
function rewardsShown(
  { decisions, businessDay }: StoredPayment,
  reversed: ReadonlyMap<number, number>,
  listed: readonly ListedReward[],
  zone: string,
) {
  const standing = new Map(listed.map((each) => [each.reward.decisionNo, each]));
  return decisions.flatMap(({ decision }, no) => {
    if (decision.amount === 0) return [];
    const stands = standing.get(no);
    const dates = stands && datesOf(stands, (at) => dayOf(at, zone));
    const now = dates && {
      state: stands.reward.state,
      available_on: dates.availableOn,
      provisional: dates.provisional,
      expires_on: dates.expiresOn,
    };
    return [{ ...rewardShown(decision, businessDay), ...now, reversed: reversed.get(no) ?? 0 }];
  });
}

function paymentShown(payment: StoredPayment) {
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
    journal_id: payment.journalId,
  };
}
