import { account, type LedgerState, ledgerPart } from '#ledger';
import { growthPart } from '#members';
import { type BenefitKind, type Reversal, reverseLines } from '#offers';
import { item, type Item, need, type Need } from '#platform/record/part';
import {
  type BookedReturn,
  payersOf,
  type Returned,
  rewardsPart,
  type RewardsState,
  takeBackRewards,
} from '#rewards';
import type { RefundStep } from './payment.ts';
import type { StoredPayment } from './read-payment.ts';
import { growthItem } from './sale-rewards.ts';

/** What a refund takes back of one decision. */
export interface ReturnedBenefit {
  readonly decisionNo: number;
  readonly offer: string;
  readonly kind: BenefitKind;
  /** The SKU of a gift. */
  readonly what: string | null;
  /** Nothing, where it never arrived or the buyer keeps the gift. */
  readonly amount: number;
  readonly reversal: Reversal;
  /** How points and cashback go back; null for what is not in the books. */
  readonly earned: Returned | null;
}

export interface Clawback {
  readonly returned: readonly ReturnedBenefit[];
  /** The postings of what was earned; null where nothing is. */
  readonly booked: BookedReturn | null;
}

/** How a refund looks at the payment's rewards. */
export interface RewardsSeen {
  readonly org: number;
  /** Those that did not arrive with the sale. */
  readonly rewards: RewardsState;
  /** The buyer keeps what was handed over at no price. */
  readonly giftsKept?: boolean | undefined;
}

/** What goes back of every benefit of the payment with this step. */
export function returnedBenefits(
  payment: StoredPayment,
  step: RefundStep,
  { org, rewards, giftsKept = false }: RewardsSeen,
): ReturnedBenefit[] {
  const amounts = payment.lines.map(({ amount }) => amount);
  return payment.decisions.flatMap(({ decision }, decisionNo) => {
    const reversal = reverseLines(decision, amounts, step.before.amounts, step.after.amounts);
    if (reversal.amount === 0 && reversal.counters.length === 0) return [];
    const { offer, kind, to, what = null } = decision;
    const reward = rewards.reward(org, { paymentId: payment.paymentId, decisionNo });
    const stays = reward?.state === 'cancelled' || (kind === 'gift' && giftsKept);
    const amount = stays ? 0 : reversal.amount;
    const funding = payersOf(reversal.funding, payment.storeId);
    const waits = reward?.state === 'pending';
    const earned =
      amount > 0 && (kind === 'points' || kind === 'cashback')
        ? { kind, ...(to && { to }), waits, amount, funding }
        : null;
    return [{ decisionNo, offer, kind, what, amount, reversal, earned }];
  });
}

/** What was earned and goes back, with its payers. */
export function earnedIn(returned: readonly ReturnedBenefit[]): Returned[] {
  return returned.flatMap(({ earned }) => earned ?? []);
}

/** Takes back what the payment granted, with the postings in the wallets. */
export function clawbackOf(
  ledger: LedgerState,
  seen: RewardsSeen,
  { payment, step }: { readonly payment: StoredPayment; readonly step: RefundStep },
): Clawback {
  const returned = returnedBenefits(payment, step, seen);
  const earned = earnedIn(returned);
  if (earned.length === 0) return { returned, booked: null };
  const { member, paymentId } = payment;
  const rewarded = member && {
    memberId: member.id,
    ownerOrg: member.org,
    programmeId: member.programme,
    pointValuePpm: 0,
  };
  return { returned, booked: takeBackRewards(ledger, seen.org, rewarded, paymentId, earned) };
}

/** What a refund locks of the payment's rewards. */
export function clawbackNeeds(
  org: number,
  { paymentId, member, decisions }: StoredPayment,
): Need[] {
  const needs: Need[] = [];
  const lock = (code: '1230' | '1231' | '2020' | '2021' | '2030' | '2031' | '2212', owner = '-') =>
    needs.push(need(ledgerPart, org, { account: account(code, owner) }));
  const kinds = new Set<string>(decisions.map(({ decision }) => decision.kind));
  const later = decisions.filter(({ decision }) => decision.arrival.type !== 'instant');
  if (later.length > 0) needs.push(need(rewardsPart, org, { payment: paymentId }));
  for (const { decision } of later)
    if ('pool' in decision.arrival)
      needs.push(need(rewardsPart, org, { pool: decision.arrival.pool, alone: true }));
  if (decisions.some(({ decision }) => decision.to === 'merchant')) lock('2021');
  if (later.some(({ decision }) => decision.to === 'merchant')) lock('2020');
  if (!member) return needs;
  if (later.length > 0) {
    lock('2030', member.id);
    lock('2212', member.id);
  }
  if (member.org !== org) return needs;
  needs.push(
    need(ledgerPart, org, { account: account('2210', member.id), lots: true, lotsOf: paymentId }),
  );
  for (const code of ['1231', '2031', '1230'] as const) lock(code, member.id);
  if (kinds.has('growth')) needs.push(need(growthPart, org, member.id));
  return needs;
}

/** What is written of rewards that go back, beside the refund's journal. */
export function clawbackItems(
  org: number,
  { paymentId, storeId, member }: StoredPayment,
  refund: { readonly refundId: string; readonly occurredAt: Date },
  { returned }: Clawback,
): Item[] {
  const parts = returned.flatMap(({ decisionNo, kind, amount, reversal }) =>
    amount === 0 || kind === 'discount' || kind === 'coupon'
      ? []
      : [{ paymentId, decisionNo, amount, funding: payersOf(reversal.funding, storeId) }],
  );
  const items = parts.length > 0 ? [item(rewardsPart, org, { kind: 'take-back', parts })] : [];
  const growth = returned.reduce(
    (sum, { kind, amount }) => (kind === 'growth' ? sum + amount : sum),
    0,
  );
  if (!member || growth === 0) return items;
  const whose = { memberId: member.id, ownerOrg: member.org };
  return [...items, growthItem(org, refund.refundId, refund.occurredAt, whose, -growth)];
}

/** Gifts that are handed back. */
export function giftsBack({ returned }: Clawback): { sku: string; quantity: number }[] {
  return returned.flatMap(({ kind, what, amount }) =>
    kind === 'gift' && what !== null && amount > 0 ? [{ sku: what, quantity: amount }] : [],
  );
}

/** Whether undoing the payment mirrors its journal: not where a reward has moved on since. */
export function isUnmoved(org: number, payment: StoredPayment, rewards: RewardsState): boolean {
  return payment.decisions.every(({ decision: { arrival } }, decisionNo) => {
    if (arrival.type === 'instant') return true;
    const reward = rewards.reward(org, { paymentId: payment.paymentId, decisionNo });
    const began = arrival.type === 'reached' && arrival.now ? 'available' : 'pending';
    return reward === undefined || reward.state === began;
  });
}
