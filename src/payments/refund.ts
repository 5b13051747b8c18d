import type { Day } from '#kernel/day';
import { newId } from '#kernel/ids';
import { account, gathered, type Journal, type LedgerState, type Leg } from '#ledger';
import { type BenefitKind, type OffersItem, type Reversal, reverseLines } from '#offers';
import {
  type BookedReturn,
  costOf,
  type Returned,
  type RewardsItem,
  takeBackRewards,
} from '#rewards';
import { moneyLegs } from './clearing.ts';
import type { RefundStep } from './payment.ts';
import { kindGivenAtOnce } from './given-at-once.ts';
import type { PaymentsItem } from './payments-item.ts';
import type { StoredPayment } from './read-payment.ts';

/** A refund or void decided: everything that is to be written of it follows from this. */
export interface Back {
  readonly refundId: string;
  readonly org: number;
  readonly kind: 'refund' | 'void';
  readonly payment: StoredPayment;
  readonly step: RefundStep;
  /** fen that go back per charge of the payment, in their order. */
  readonly charged: readonly number[];
  readonly occurredAt: Date;
  readonly day: Day;
  readonly actor: string;
  readonly reason: string;
}

/** What a refund takes back of one decision. */
export interface ReturnedBenefit {
  readonly decisionNo: number;
  readonly offer: string;
  readonly kind: BenefitKind;
  /** Of which of the member's wallets; null for what never came into one. */
  readonly given: 'points' | 'cashback' | null;
  readonly amount: number;
  readonly reversal: Reversal;
}

export interface Clawback {
  readonly returned: readonly ReturnedBenefit[];
  /** The postings in the member's wallets; null without rewards. */
  readonly booked: BookedReturn | null;
}

/** What goes back of every benefit of the payment with this step. */
export function returnedBenefits(payment: StoredPayment, step: RefundStep): ReturnedBenefit[] {
  const amounts = payment.lines.map(({ amount }) => amount);
  return payment.decisions.flatMap(({ decision }, decisionNo) => {
    const reversal = reverseLines(decision, amounts, step.before.amounts, step.after.amounts);
    const { offer, kind } = decision;
    return reversal.amount === 0 && reversal.counters.length === 0
      ? []
      : [
          {
            decisionNo,
            offer,
            kind,
            given: kindGivenAtOnce(decision),
            amount: reversal.amount,
            reversal,
          },
        ];
  });
}

/** What was earned and goes back, with its payers. */
export function earnedIn(returned: readonly ReturnedBenefit[]): Returned[] {
  return returned.flatMap(({ given, amount, reversal }) =>
    given !== null && amount > 0
      ? [{ kind: given, amount, funding: reversal.funding.filter(paid) }]
      : [],
  );
}

/** Takes back what the payment granted, with the postings in the member's wallets. */
export function clawbackOf(ledger: LedgerState, { org, payment, step }: Back): Clawback {
  const returned = returnedBenefits(payment, step);
  const earned = earnedIn(returned);
  if (!payment.member || earned.length === 0) return { returned, booked: null };
  const { id: memberId, org: ownerOrg, programme: programmeId } = payment.member;
  const rewarded = { memberId, ownerOrg, programmeId, pointValuePpm: 0 };
  return { returned, booked: takeBackRewards(ledger, org, rewarded, payment.paymentId, earned) };
}

/** What each room writes of money that goes back. */
export function backItems(back: Back, clawback: Clawback) {
  const { payment, step, refundId } = back;
  const journal = journalOf(back, clawback);
  const lines = linesOf(back);
  const offers: OffersItem = {
    paymentId: payment.paymentId,
    decisions: [],
    uses: clawback.returned.flatMap(({ reversal }) => reversal.counters),
    takenBack: true,
  };
  const parts = clawback.returned.flatMap(({ decisionNo, given, amount }) =>
    given !== null && amount > 0 ? [{ paymentId: payment.paymentId, decisionNo, amount }] : [],
  );
  const rewards: RewardsItem | null = parts.length > 0 ? { kind: 'take-back', parts } : null;
  const refund: PaymentsItem = {
    kind: 'back',
    refund: {
      refundId,
      kind: back.kind,
      payment: {
        paymentId: payment.paymentId,
        state: back.kind === 'void' ? 'voided' : step.state,
        after: step.after,
      },
      storeId: payment.storeId,
      occurredAt: back.occurredAt,
      businessDay: back.day,
      amount: step.amount,
      gross: step.gross,
      charged: back.charged,
      lines: JSON.stringify(lines),
      clawback: JSON.stringify(
        clawback.returned.map(({ decisionNo, offer, kind, amount, reversal: { funding } }) => ({
          decisionNo,
          offer,
          kind,
          amount,
          funding,
        })),
      ),
      reason: back.reason,
      journalId: journal?.journalId ?? null,
      actor: back.actor,
    },
  };
  const stock = {
    moveId: newId(),
    storeId: payment.storeId,
    kind: 'return' as const,
    source: refundId,
    occurredAt: back.occurredAt,
    skus: lines.map(({ sku }) => sku),
    quantities: lines.map(({ quantity }) => quantity),
  };
  return { journal, stock, offers, rewards, refund };
}

/** Units and gross fen per line that went back. */
export function linesOf({ payment, step: { before, after } }: Pick<Back, 'payment' | 'step'>) {
  return payment.lines.flatMap((line, index) => {
    const quantity = (after.quantities[index] ?? 0) - (before.quantities[index] ?? 0);
    const amount = (after.amounts[index] ?? 0) - (before.amounts[index] ?? 0);
    return quantity === 0 && amount === 0 ? [] : [{ line: index, sku: line.sku, quantity, amount }];
  });
}

/** The charges that money goes back by, with how much. */
export function backPerTender({ payment, charged }: Pick<Back, 'payment' | 'charged'>) {
  return payment.charges.flatMap((charge, no) => {
    const amount = charged[no] ?? 0;
    return amount === 0 ? [] : [{ ...charge, amount }];
  });
}

function journalOf(back: Back, { returned, booked }: Clawback): Journal | null {
  const { payment, step } = back;
  const funded = returned
    .filter(({ kind }) => kind === 'discount')
    .flatMap(({ reversal }) =>
      costOf(reversal.funding.filter((part) => part.party === 'funder' && paid(part))),
    );
  const revenue = step.amount + funded.reduce((sum, { amount }) => sum + amount, 0);
  const legs: Leg[] = [
    ...moneyLegs(backPerTender(back), payment.storeId).map(({ account: ref, amount }) => ({
      account: ref,
      amount: -amount,
    })),
    ...funded.map(({ account: ref, amount }) => ({ account: ref, amount: -amount })),
    { account: account('3010', payment.storeId), amount: revenue },
    ...(booked?.legs ?? []),
  ];
  const all = gathered(legs);
  if (all.length === 0) return null;
  return {
    journalId: newId(),
    kind: back.kind,
    source: back.refundId,
    occurredAt: back.occurredAt,
    valueDate: back.day,
    actor: back.actor,
    legs: all,
    ...(back.kind === 'void' && payment.journalId && { reverses: payment.journalId }),
    ...(booked && { lotUses: booked.lotUses, sends: booked.sends }),
  };
}

function paid({ amount }: { readonly amount: number }): boolean {
  return amount > 0;
}
