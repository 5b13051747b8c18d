import type { Day } from '#kernel/day';
import { newId } from '#kernel/ids';
import { account, gathered, type Journal, type Leg } from '#ledger';
import type { OffersItem } from '#offers';
import { costOf } from '#rewards';
import { moneyLegs } from './clearing.ts';
import type { RefundStep } from './payment.ts';
import type { BackPlan } from './plan-refund.ts';
import type { PaymentsItem } from './payments-item.ts';
import type { StoredPayment } from './read-payment.ts';
import { type Clawback, giftsBack } from './refund-rewards.ts';
import { shortageOf, whyOf } from './refund-shortage.ts';

/** A refund or void decided: everything that is to be written of it follows from this. */
export interface Back {
  readonly refundId: string;
  readonly org: number;
  readonly kind: 'refund' | 'void';
  readonly payment: StoredPayment;
  readonly step: RefundStep;
  readonly plan: BackPlan;
  /** fen that the customer gets. */
  readonly amount: number;
  /** fen that are the customer's and kept for what was spent of rewards. */
  readonly withheld: number;
  /** fen given back before. */
  readonly refundedBefore: number;
  /** fen that go back per charge of the payment, in their order. */
  readonly charged: readonly number[];
  readonly occurredAt: Date;
  readonly day: Day;
  readonly actor: string;
  readonly reason: string;
  /** It undoes the payment's journal leg by leg. */
  readonly mirrors: boolean;
}

/** What each room writes of money that goes back. */
export function backItems(back: Back, clawback: Clawback) {
  const { payment, step, refundId } = back;
  const journal = journalOf(back, clawback);
  const lines = linesOf(back);
  const shortage = shortageOf(clawback.returned, back.plan.shortfall);
  const goods = [...lines, ...giftsBack(clawback)];
  const offers: OffersItem = {
    paymentId: payment.paymentId,
    decisions: [],
    uses: clawback.returned.flatMap(({ uses }) => uses),
    takenBack: true,
  };
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
      amount: back.amount,
      gross: step.gross,
      withheld: back.withheld,
      shortage: shortage && JSON.stringify(shortage),
      taken: clawback.returned.map(({ decisionNo, reversal }) => [decisionNo, reversal.amount]),
      charged: back.charged,
      lines: JSON.stringify(lines),
      clawback: JSON.stringify(
        clawback.returned.map((each) => ({
          decisionNo: each.decisionNo,
          offer: each.offer,
          kind: each.kind,
          amount: each.amount,
          funding: each.amount === 0 ? [] : each.funding,
          ...(each.amount !== each.reversal.amount && { target: each.reversal.amount }),
          ...whyOf(each),
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
    skus: goods.map(({ sku }) => sku),
    quantities: goods.map(({ quantity }) => quantity),
  };
  return { journal, stock, offers, refund };
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
  const { payment, plan } = back;
  const funded = returned
    .filter(({ kind }) => kind === 'discount')
    .flatMap(({ reversal }) =>
      costOf(reversal.funding.filter((part) => part.party === 'funder' && paid(part))),
    );
  const revenue = plan.net + funded.reduce((sum, { amount }) => sum + amount, 0);
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
    ...(back.mirrors && payment.journalId && { reverses: payment.journalId }),
    ...(booked && { lotUses: booked.lotUses, sends: booked.sends }),
  };
}

function paid({ amount }: { readonly amount: number }): boolean {
  return amount > 0;
}
