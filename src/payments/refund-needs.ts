import { couponsPart } from '#coupons';
import { account, type LedgerState, ledgerPart } from '#ledger';
import { need, type Need } from '#platform/record/part';
import { walletsAway } from './member-wallets.ts';
import { paymentsPart } from './payments-part.ts';
import type { StoredPayment } from './read-payment.ts';
import { type CouponsBehind, couponsBehind } from './refund-coupons.ts';
import { clawbackNeeds } from './refund-rewards.ts';
import { type RefundRules, refundRules } from './refund-rules.ts';
import type { Till } from './till.ts';

/** What stands behind a payment and does not move with it. */
export interface Behind {
  readonly rules: RefundRules;
  readonly coupons: CouponsBehind | null;
  /** The member's wallets in another book; null where they stand in this one. */
  readonly away: LedgerState | null;
}

/** Reads what a refund is decided by, and says what it locks. */
export async function lookBehind(
  till: Till,
  org: number,
  payment: StoredPayment,
): Promise<{ readonly needs: readonly Need[]; readonly behind: Behind }> {
  const rules = await refundRules(till, payment);
  const [coupons, away] = await Promise.all([
    couponsBehind(till, payment, rules),
    walletsAway(till, org, payment),
  ]);
  const wants = coupons?.wants ?? [];
  return {
    needs: [
      need(paymentsPart, org, payment.paymentId),
      ...clawbackNeeds(org, payment),
      ...budgetsOf(payment).map((budget) =>
        need(ledgerPart, org, { account: account('2610', budget) }),
      ),
      ...wants.map((want) => need(couponsPart, want.org, want.value)),
    ],
    behind: { rules, coupons, away },
  };
}

function budgetsOf({ decisions }: StoredPayment): string[] {
  return [
    ...new Set(
      decisions.flatMap(({ decision }) => decision.funding.flatMap(({ budget }) => budget ?? [])),
    ),
  ];
}
