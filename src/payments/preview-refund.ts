import { CouponsState, readCoupons } from '#coupons';
import { dayOf } from '#kernel/day';
import { must, Refused } from '#kernel/refusal';
import { ledgerPart, type LedgerWant, readState } from '#ledger';
import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import type { Need, Scoped } from '#platform/record/part';
import { readRewards } from '#rewards';
import { decideBack, type SeenBack } from './decide-refund.ts';
import { demandImport } from './demand-import.ts';
import { NOTHING_EARLIER, readEarlier } from './earlier-refunds.ts';
import type { RefundLine } from './payment.ts';
import type { LockedPayment } from './payments-item.ts';
import { readPayment, type StoredPayment } from './read-payment.ts';
import { type CouponsBehind, couponOwners } from './refund-coupons.ts';
import { lookBehind } from './refund-needs.ts';
import { backShown } from './refund-shown.ts';
import { storeNotAllowed } from './refusals.ts';
import type { Till } from './till.ts';

/**
 * What a refund would give back, take back and leave as the member's debt, decided as the refund decides
 * it, on the books as they stand and without a lock.
 * @throws Refused payment_unknown, store_not_allowed, payment_not_refundable, refund_exceeds
 */
export async function previewRefund(
  till: Till,
  ctx: Ctx,
  reference: string,
  lines: readonly RefundLine[] | undefined,
  giftsKept?: boolean,
) {
  const { org, principal, now } = ctx;
  demandImport(ctx, { lines });
  const payment = await readPayment(till.db, org, reference);
  must(principal.stores === 'all' || principal.stores.has(payment.storeId), storeNotAllowed);
  const { needs, behind } = await lookBehind(till, org, payment);
  const asked = {
    org,
    kind: 'refund' as const,
    payment,
    occurredAt: now,
    day: dayOf(now, (await till.orgs.get(org)).value.org.zone),
    actor: actorOf(principal),
    reason: '',
    lines,
    giftsKept,
    ...behind,
  };
  const decided = decideBack(asked, await look(till.db, org, payment, needs, behind.coupons));
  if ('code' in decided) throw new Refused(decided);
  return {
    ...backShown(decided.back, decided.clawback, behind.rules),
    coupons: decided.coupons.shown,
  };
}

/** What the refund would lock, as it stands. */
async function look(
  db: Database,
  org: number,
  payment: StoredPayment,
  needs: readonly Need[],
  coupons: CouponsBehind | null,
): Promise<SeenBack> {
  const wants = needs
    .filter(({ part }) => part.name === ledgerPart.name)
    .map((each): Scoped<LedgerWant> => ({ org: each.org, value: each.value as LedgerWant }));
  const own = await db.read([org], async (tx) => ({
    ledger: await readState(tx, wants),
    rewards: await readRewards(tx, org, payment.paymentId),
    earlier: await readEarlier(tx, [{ org, value: payment.paymentId }]),
  }));
  const { refundedAmounts: amounts, refundedQuantities: quantities } = payment;
  const locked: LockedPayment = {
    state: payment.state,
    refunded: payment.refunded,
    refunds: amounts && quantities ? { amounts, quantities } : null,
    earlier: own.earlier.get(`${org}/${payment.paymentId}`) ?? NOTHING_EARLIER,
    charges: payment.charges.map(({ amount }) => amount),
  };
  return {
    payment: locked,
    ledger: own.ledger,
    rewards: own.rewards,
    coupons: coupons
      ? await db.read(couponOwners(coupons), (tx) => readCoupons(tx, coupons.wants))
      : new CouponsState(),
  };
}
