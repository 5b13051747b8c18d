import type { CouponsState } from '#coupons';
import { newId } from '#kernel/ids';
import type { Refusal } from '#kernel/refusal';
import type { LedgerState } from '#ledger';
import type { RewardsState } from '#rewards';
import { backPerCharge, mayVoid, nothingRefunded, type RefundLine, refundStep } from './payment.ts';
import type { LockedPayment } from './payments-item.ts';
import { planRefund } from './plan-refund.ts';
import type { Back } from './refund.ts';
import { backCoupons, type BackCoupons } from './refund-coupons.ts';
import type { Behind } from './refund-needs.ts';
import {
  type Clawback,
  clawbackOf,
  isUnmoved,
  type ReturnedBenefit,
  returnedBenefits,
  settledBenefits,
  withheldOf,
} from './refund-rewards.ts';
import { notRefundable, notVoidable, refundRefused, rewardsSpent } from './refusals.ts';

/** A refund or void as asked, with what was read before. */
export interface AskedBack extends Behind {
  readonly org: number;
  readonly kind: Back['kind'];
  readonly payment: Back['payment'];
  readonly occurredAt: Date;
  readonly day: Back['day'];
  readonly actor: string;
  readonly reason: string;
  readonly lines: readonly RefundLine[] | undefined;
  readonly giftsKept: boolean | undefined;
}

/** What a refund is decided on; of a preview it is read, of a refund locked. */
export interface SeenBack {
  readonly payment: LockedPayment;
  readonly ledger: LedgerState;
  readonly rewards: RewardsState;
  readonly coupons: CouponsState;
}

export interface DecidedBack {
  readonly back: Back;
  readonly clawback: Clawback;
  readonly coupons: BackCoupons;
}

/** Decides a refund, a void or the preview of a refund. Pure: what is previewed is what is then done. */
export function decideBack(asked: AskedBack, seen: SeenBack): DecidedBack | Refusal {
  const { org, payment, kind, day, rules } = asked;
  const { payment: locked, rewards } = seen;
  if (kind === 'void' && !mayVoid(locked.state, payment.businessDay, day))
    return notVoidable(locked.state);
  if (locked.state !== 'paid' && locked.state !== 'part_refunded')
    return notRefundable(locked.state);
  const before = locked.refunds ?? nothingRefunded(payment.lines.length);
  const step = refundStep(payment.lines, before, asked.lines ?? 'all');
  if ('kind' in step) return refundRefused(step);
  const plan = planRefund(payment, step, { ...locked.earlier, refunded: locked.refunded }, rules);
  const looked = { org, rewards, giftsKept: asked.giftsKept };
  const returned = settledBenefits(payment, returnedBenefits(payment, plan, rules, looked), {
    owner: asked.away ?? seen.ledger,
    most: plan.net,
  });
  if (kind === 'void' && returned.some(isSpent)) return rewardsSpent();
  const withheld = withheldOf(returned);
  const amount = plan.net - withheld;
  const back: Back = {
    ...asked,
    refundId: newId(),
    step,
    plan,
    amount,
    withheld,
    refundedBefore: locked.refunded,
    charged: backPerCharge(locked.charges, locked.refunded, amount),
    mirrors: kind === 'void' && isUnmoved(org, payment, rewards),
  };
  const clawback = clawbackOf(seen.ledger, org, payment, returned);
  const coupons = backCoupons(seen.coupons, back, returned, asked.coupons);
  if (kind === 'void' && coupons.shown.kept.length > 0) return rewardsSpent();
  return { back, clawback, coupons };
}

function isSpent({ earned }: ReturnedBenefit): boolean {
  return (earned?.settled?.spent ?? 0) > 0;
}
