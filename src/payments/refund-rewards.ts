import { split } from '#kernel/share';
import { account, type LedgerState, ledgerPart } from '#ledger';
import { growthPart } from '#members';
import { type BenefitKind, type Decision, type FundingPart, type Reversal } from '#offers';
import { item, type Item, need, type Need } from '#platform/record/part';
import {
  type BookedReturn,
  inWallets,
  missingOf,
  payersOf,
  pointValueOf,
  type Returned,
  type Rewarded,
  rewardsPart,
  type RewardsState,
  type Settled,
  settleShortage,
  type Shortage,
  takeBackRewards,
} from '#rewards';
import type { BackPlan } from './plan-refund.ts';
import type { StoredPayment } from './read-payment.ts';
import type { RefundRules } from './refund-rules.ts';
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
  /** The part of it that goes back because a threshold is no longer met. */
  readonly lost: number;
  readonly reversal: Reversal;
  /** How points and cashback go back; null for what is not in the books. */
  readonly earned: Returned | null;
  /** By whom it is made good if it was spent; null where it cannot be. */
  readonly shortage: Shortage | null;
  /** Who gets it back: all of the reversal, but for what they bear. */
  readonly funding: readonly FundingPart[];
  readonly uses: Reversal['counters'];
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

/** What goes back of every benefit of the payment, before what was spent of it is looked at. */
export function returnedBenefits(
  payment: Pick<StoredPayment, 'paymentId' | 'storeId' | 'decisions'>,
  { planned }: BackPlan,
  { policyOf }: RefundRules,
  { org, rewards, giftsKept = false }: RewardsSeen,
): ReturnedBenefit[] {
  return payment.decisions.flatMap(({ decision }, decisionNo) => {
    const { reversal, lost } = planned[decisionNo]!;
    if (reversal.amount === 0 && reversal.counters.length === 0) return [];
    const { offer, kind, to, what = null } = decision;
    const reward = rewards.reward(org, { paymentId: payment.paymentId, decisionNo });
    const stays = reward?.state === 'cancelled' || (kind === 'gift' && giftsKept);
    const amount = stays ? 0 : reversal.amount;
    const waits = reward?.state === 'pending';
    const { funding, counters: uses } = reversal;
    const earned =
      amount > 0 && (kind === 'points' || kind === 'cashback')
        ? { kind, ...(to && { to }), waits, amount, funding: payersOf(funding, payment.storeId) }
        : null;
    const shortage = earned && inWallets(earned) ? policyOf(offer).shortage : null;
    return [
      { decisionNo, offer, kind, what, amount, lost, reversal, earned, shortage, funding, uses },
    ];
  });
}

/** A payment's wallets of the member, as they stand in the book of the programme's owner. */
export interface Wallets {
  readonly owner: LedgerState;
  /** fen that may be withheld. */
  readonly most: number;
}

/** Says of what was spent how it is made good. What the payers bear is not theirs again, nor is its use of limits. */
export function settledBenefits(
  payment: Pick<StoredPayment, 'paymentId' | 'storeId' | 'decisions' | 'member'>,
  returned: readonly ReturnedBenefit[],
  { owner, most }: Wallets,
): ReturnedBenefit[] {
  const rewarded = rewardedOf(payment.member);
  const parts = returned.flatMap((each) =>
    each.earned && each.shortage ? [{ ...each.earned, shortage: each.shortage }] : [],
  );
  if (rewarded === null || parts.length === 0) return [...returned];
  const missing = missingOf(owner, rewarded, payment.paymentId, parts);
  if (missing.points + missing.cashback === 0) return [...returned];
  const pointValuePpm = pointValueOf(owner, rewarded, payment.paymentId);
  const settled = settleShortage(parts, { missing, pointValuePpm, most });
  let at = 0;
  return returned.map((each) =>
    each.earned && each.shortage ? withSettled(each, payment, settled[at++]!) : each,
  );
}

function withSettled(
  each: ReturnedBenefit,
  { storeId, decisions }: Pick<StoredPayment, 'storeId' | 'decisions'>,
  settled: Settled,
): ReturnedBenefit {
  const { reversal } = each;
  const amounts = reversal.funding.map(({ amount }) => amount);
  const borne = amounts.length === 0 ? [] : split(settled.borne, amounts);
  const funding = reversal.funding.map((part, no) => ({
    ...part,
    amount: part.amount - borne[no]!,
  }));
  return {
    ...each,
    funding,
    uses: usesBack(decisions[each.decisionNo]!.decision, reversal, settled.borne, borne),
    earned: each.earned && { ...each.earned, funding: payersOf(funding, storeId), settled },
  };
}

function usesBack(
  { counters }: Decision,
  reversal: Reversal,
  borne: number,
  parts: readonly number[],
): Reversal['counters'] {
  if (borne === 0) return reversal.counters;
  return reversal.counters.map((back) => {
    const use = counters.find(({ key }) => key === back.key);
    if (use === undefined || use.amount === 0 || use.lines !== undefined) return back;
    return { ...back, amount: back.amount - (use.payer === undefined ? borne : parts[use.payer]!) };
  });
}

/** fen withheld for what was spent. */
export function withheldOf(returned: readonly ReturnedBenefit[]): number {
  return returned.reduce((sum, { earned }) => sum + (earned?.settled?.withheld ?? 0), 0);
}

/** Takes back what the payment granted, with the postings in the wallets. */
export function clawbackOf(
  ledger: LedgerState,
  org: number,
  { member, paymentId }: Pick<StoredPayment, 'member' | 'paymentId'>,
  returned: readonly ReturnedBenefit[],
): Clawback {
  const earned = returned.flatMap((each) => each.earned ?? []);
  if (earned.length === 0) return { returned, booked: null };
  const booked = takeBackRewards(ledger, org, rewardedOf(member), paymentId, earned);
  return { returned, booked };
}

function rewardedOf(member: StoredPayment['member']): Rewarded | null {
  return (
    member && {
      memberId: member.id,
      ownerOrg: member.org,
      programmeId: member.programme,
      pointValuePpm: 0,
    }
  );
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
