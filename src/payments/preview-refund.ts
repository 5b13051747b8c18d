import { CouponsState, readCoupons } from '#coupons';
import { dayOf } from '#kernel/day';
import { must, Refused } from '#kernel/refusal';
import { account, type LedgerState, type LedgerWant, readState } from '#ledger';
import type { Ctx } from '#platform/context';
import { readRewards, type Returned, type Rewarded, takeBackRewards } from '#rewards';
import { demandImport } from './demand-import.ts';
import {
  backPerCharge,
  nothingRefunded,
  receiptNo,
  type RefundLine,
  type RefundStep,
  refundStep,
} from './payment.ts';
import { readPayment, type StoredPayment } from './read-payment.ts';
import { backPerTender, linesOf } from './refund.ts';
import { earnedIn, returnedBenefits } from './refund-rewards.ts';
import { backCoupons, couponOwners, couponsBehind } from './refund-coupons.ts';
import { tendersBack } from './refund-tenders.ts';
import { notRefundable, refundRefused, storeNotAllowed } from './refusals.ts';
import type { Till } from './till.ts';

const NO_DEBT = { points: 0, cashback: 0 };

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
  const { org, principal } = ctx;
  demandImport(ctx, { lines });
  const payment = await readPayment(till.db, org, reference);
  must(principal.stores === 'all' || principal.stores.has(payment.storeId), storeNotAllowed);
  const { state, refundedAmounts: amounts, refundedQuantities: quantities } = payment;
  must(state === 'paid' || state === 'part_refunded', () => notRefundable(state));
  const before =
    amounts && quantities ? { amounts, quantities } : nothingRefunded(payment.lines.length);
  const step = refundStep(payment.lines, before, lines ?? 'all');
  if ('kind' in step) throw new Refused(refundRefused(step));
  const paid = payment.charges.map((charge) => charge.amount);
  const charged = backPerCharge(paid, payment.refunded, step.amount);
  const rewards = await till.db.read([org], (tx) => readRewards(tx, org, payment.paymentId));
  const returned = returnedBenefits(payment, step, { org, rewards, giftsKept });
  return {
    payment_id: payment.paymentId,
    receipt_no: receiptNo(payment.paymentId),
    payment_state: step.state,
    amount: step.amount,
    gross: step.gross,
    lines: linesOf({ payment, step }),
    tenders: tendersBack(backPerTender({ payment, charged })),
    taken_back: returned
      .filter(({ amount }) => amount > 0)
      .map(({ offer, kind, amount }) => ({ offer_id: offer, kind, amount })),
    coupons: await couponsBack(till, ctx, payment, step, returned),
    debt: await debtOf(till, payment, inWallets(earnedIn(returned))),
  };
}

/** What has come into the member's wallets: only that may be spent already. */
function inWallets(earned: readonly Returned[]): Returned[] {
  return earned.filter(({ waits, to }) => !waits && to !== 'merchant');
}

/** What the refund would say of coupons, on the books as they stand. */
async function couponsBack(
  till: Till,
  { org, now }: Ctx,
  payment: StoredPayment,
  step: RefundStep,
  returned: Parameters<typeof backCoupons>[2],
) {
  const behind = await couponsBehind(till, payment);
  const owners = couponOwners(behind);
  const wants = behind?.wants ?? [];
  const state =
    wants.length > 0
      ? await till.db.read(owners, (tx) => readCoupons(tx, wants))
      : new CouponsState();
  const day = dayOf(now, (await till.orgs.get(org)).value.org.zone);
  const stamp = { refundId: '', kind: 'refund', occurredAt: now, actor: '' } as const;
  return backCoupons(state, { ...stamp, org, payment, step, day }, returned, behind).shown;
}

/** Decided in the member's own book, also where the refund's book leaves that to the transfer. */
async function debtOf(
  till: Till,
  { member, paymentId }: StoredPayment,
  earned: readonly Returned[],
) {
  if (!member || earned.length === 0) return NO_DEBT;
  const { id: memberId, org: ownerOrg, programme: programmeId } = member;
  const state = await till.db.read([ownerOrg], (tx) =>
    readState(tx, walletWants(ownerOrg, memberId, paymentId)),
  );
  return takenBack(state, { memberId, ownerOrg, programmeId, pointValuePpm: 0 }, paymentId, earned);
}

function takenBack(
  state: LedgerState,
  rewarded: Rewarded,
  paymentId: string,
  earned: readonly Returned[],
) {
  return takeBackRewards(state, rewarded.ownerOrg, rewarded, paymentId, earned).debt ?? NO_DEBT;
}

function walletWants(
  org: number,
  memberId: string,
  paymentId: string,
): { org: number; value: LedgerWant }[] {
  return [
    { org, value: { account: account('2210', memberId), lots: true, lotsOf: paymentId } },
    { org, value: { account: account('2031', memberId) } },
  ];
}
