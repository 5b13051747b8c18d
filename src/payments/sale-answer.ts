import type { Day } from '#kernel/day';
import { type Decision, reasonOf } from '#offers';
import type { Database } from '#platform/db/transact';
import { arrivalShown, type RewardState } from '#rewards';
import { type Charge, type Paid, receiptNo } from './payment.ts';
import { readPayment } from './read-payment.ts';
import type { Written } from './record-once.ts';
import { type CouponsShown, couponsOf } from './sale-coupons.ts';

/** What the answer to a sale is made of: the same whether it was just decided or is read again. */
export interface SaleShown {
  readonly paymentId: string;
  readonly storeId: string;
  readonly occurredAt: Date;
  readonly businessDay: string;
  readonly gross: number;
  readonly discount: number;
  readonly due: number;
  readonly member: { readonly id: string; readonly programme: string } | null;
  readonly charges: readonly Charge[];
  readonly decisions: readonly Decision[];
  readonly coupons: CouponsShown;
  readonly journalId: string | null;
}

/** What is stored of the answer: the rest stands in the payment, which does not change in what it shows. */
export function saleRemembered(paymentId: string): string {
  return `{"payment_id":"${paymentId}"}`;
}

/** The answer to a sale that had been made before, made again from the payment. */
export async function saleAgain(
  db: Database,
  org: number,
  { status, json }: Written,
): Promise<Written> {
  const { payment_id: id } = JSON.parse(json) as { payment_id: string };
  const payment = await readPayment(db, org, id);
  const decisions = payment.decisions.flatMap(({ decision }) =>
    decision.amount > 0 ? [decision] : [],
  );
  const coupons = await couponsOf(db, payment);
  const answer = saleAnswer({ ...payment, decisions, coupons }, JSON.stringify(payment.lines));
  return { status, json: answer, replayed: true };
}

/**
 * The answer to a sale as it was made, as contract.ts describes it, as JSON.
 * @param lines the lines as JSON, as they are stored with the payment
 */
export function saleAnswer(sale: SaleShown, lines: string): string {
  const { paymentId, member } = sale;
  const shown = {
    payment_id: paymentId,
    receipt_no: receiptNo(paymentId),
    state: 'paid',
    store_id: sale.storeId,
    occurred_at: sale.occurredAt,
    business_day: sale.businessDay,
    gross: sale.gross,
    discount: sale.discount,
    due: sale.due,
    refunded: 0,
    member: member && { member_id: member.id, programme_id: member.programme },
    tenders: sale.charges.map(chargeShown),
    rewards: sale.decisions.map((decision) => rewardShown(decision, sale.businessDay)),
    coupons: sale.coupons,
    journal_id: sale.journalId,
  };
  return `${JSON.stringify(shown).slice(0, -1)},"lines":${lines}}`;
}

/** A charge as contract.ts describes it. */
export function chargeShown(charge: Charge) {
  const { amount, tendered } = charge;
  return { ...paidShown(charge), amount, tendered, change: changeOf(amount, tendered) };
}

/** What a charge was made with; of a card only what a receipt may show. */
export function paidShown({ tender, wallet, card, reference }: Paid) {
  return {
    kind: tender,
    wallet,
    card: card && { bin: card.bin, last4: card.last4 },
    reference,
  };
}

/** fen to hand back. */
function changeOf(amount: number, tendered: number | null): number {
  return tendered === null ? 0 : tendered - amount;
}

/** A benefit granted on a day, with who pays for it, when it arrives and why it has its amount. */
export function rewardShown(decision: Decision, day: Day) {
  const { kind, to } = decision;
  const { state, availableOn, provisional } = arrivalShown(decision.arrival, day);
  return {
    offer_id: decision.offer,
    version: decision.version,
    kind,
    to: kind === 'cashback' ? (to ?? ('consumer' as const)) : null,
    what: decision.what ?? null,
    amount: decision.amount,
    coupon_id: decision.coupon ?? null,
    funding: decision.funding.map(({ party, funderOrg, budget, amount }) => ({
      party,
      funder_org: funderOrg ?? null,
      budget: budget ?? null,
      amount,
    })),
    state: state as RewardState,
    available_on: availableOn,
    provisional,
    expires_on: decision.expiry,
    reason: reasonOf(decision),
  };
}
