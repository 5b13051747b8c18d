import { localTime } from '#kernel/day';
import { newId } from '#kernel/ids';
import { must, type Refusal } from '#kernel/refusal';
import { stockPart } from '#catalog';
import { couponsPart } from '#coupons';
import { account, ledgerPart } from '#ledger';
import { offersPart } from '#offers';
import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Decided, Intent } from '#platform/record/intent';
import { item, need, type Need, type View } from '#platform/record/part';
import { type Ready, recordReady } from '#platform/record/ready';
import { rewardsPart } from '#rewards';
import { demandImport } from './demand-import.ts';
import { backHistory } from './move-history.ts';
import {
  backPerCharge,
  mayVoid,
  nothingRefunded,
  receiptNo,
  type RefundLine,
  refundStep,
} from './payment.ts';
import { paymentsPart } from './payments-part.ts';
import { readPayment, type StoredPayment } from './read-payment.ts';
import { type RequestKey, type Written, written } from './record-once.ts';
import {
  notRefundable,
  notVoidable,
  paymentUnknown,
  refundRefused,
  rewardsSpent,
  storeNotAllowed,
} from './refusals.ts';
import { type Back, backItems, backPerTender, linesOf } from './refund.ts';
import { backCoupons, couponOwners, couponsBehind, type CouponsBehind } from './refund-coupons.ts';
import {
  type Clawback,
  clawbackItems,
  clawbackNeeds,
  clawbackOf,
  isUnmoved,
} from './refund-rewards.ts';
import { tendersBack } from './refund-tenders.ts';
import type { Till } from './till.ts';

export interface RefundInput {
  /** Payment id or receipt number. */
  readonly payment: string;
  /** All that is open if left out. */
  readonly lines?: readonly RefundLine[] | undefined;
  readonly reason: string;
  /** The buyer keeps what was handed over at no price; it is expected back unless said. */
  readonly gifts_kept?: boolean | undefined;
  /** Imports only. */
  readonly occurred_at?: Date | undefined;
}

/**
 * Gives money back for a payment, whole or by lines, in any sequence: what each line earned is taken back
 * with it, exactly; what the member had spent already becomes a debt and is said.
 */
export async function refundPayment(
  till: Till,
  ctx: Ctx,
  key: RequestKey,
  input: RefundInput,
): Promise<Written> {
  return giveBack(till, ctx, key, input, 'refund');
}

/** Undoes an untouched payment of the current business day: its journal is mirrored exactly. */
export async function voidPayment(
  till: Till,
  ctx: Ctx,
  key: RequestKey,
  input: Omit<RefundInput, 'lines'>,
): Promise<Written> {
  return giveBack(till, ctx, key, input, 'void');
}

async function giveBack(
  till: Till,
  ctx: Ctx,
  key: RequestKey,
  input: RefundInput,
  kind: Back['kind'],
): Promise<Written> {
  const ready = await prepareRefund(till, ctx, key, input, kind);
  return written(await recordReady(till.recorder, ready));
}

/** Reads all that a refund or void needs and leaves recording it to the caller. @throws Refused */
export async function prepareRefund(
  till: Till,
  ctx: Ctx,
  key: RequestKey,
  input: RefundInput,
  kind: Back['kind'] = 'refund',
): Promise<Ready> {
  const { principal, org } = ctx;
  demandImport(ctx, input);
  const payment = await readPayment(till.db, org, input.payment);
  must(principal.stores === 'all' || principal.stores.has(payment.storeId), storeNotAllowed);
  const { zone } = (await till.orgs.get(org)).value.org;
  const occurredAt = input.occurred_at ?? ctx.now;
  const day = localTime(occurredAt, zone).day;
  const actor = actorOf(principal);
  const { reason } = input;
  const coupons = await couponsBehind(till, payment);
  const intent: Intent = {
    org,
    idempotency: { principal: actor, key: key.idempotencyKey, hash: key.requestHash },
    others: [...(payment.member ? [payment.member.org] : []), ...couponOwners(coupons)],
    needs: [...needsOf(org, payment), ...couponNeeds(coupons)],
    decide: (view) =>
      decideBack(
        view,
        {
          org,
          kind,
          payment,
          occurredAt,
          day,
          actor,
          reason,
          giftsKept: input.gifts_kept,
          coupons,
        },
        input.lines,
      ),
  };
  return { intent, again: () => prepareRefund(till, ctx, key, input, kind) };
}

function needsOf(org: number, payment: StoredPayment): Need[] {
  const needs = [need(paymentsPart, org, payment.paymentId), ...clawbackNeeds(org, payment)];
  const budgets = new Set(
    payment.decisions.flatMap(({ decision }) =>
      decision.funding.flatMap(({ budget }) => budget ?? []),
    ),
  );
  for (const budget of budgets)
    needs.push(need(ledgerPart, org, { account: account('2610', budget) }));
  return needs;
}

function couponNeeds(coupons: CouponsBehind | null): Need[] {
  return (coupons?.wants ?? []).map(({ org, value }) => need(couponsPart, org, value));
}

type Asked = Omit<Back, 'refundId' | 'step' | 'charged' | 'mirrors'> & {
  readonly giftsKept: boolean | undefined;
  readonly coupons: CouponsBehind | null;
};

function decideBack(view: View, asked: Asked, lines: readonly RefundLine[] | undefined): Decided {
  const { org, payment, kind, day } = asked;
  const locked = view.of(paymentsPart).get(`${org}/${payment.paymentId}`);
  if (!locked) return refuse(paymentUnknown());
  if (kind === 'void' && !mayVoid(locked.state, payment.businessDay, day))
    return refuse(notVoidable(locked.state));
  if (locked.state !== 'paid' && locked.state !== 'part_refunded')
    return refuse(notRefundable(locked.state));
  const step = refundStep(
    payment.lines,
    locked.refunds ?? nothingRefunded(payment.lines.length),
    lines ?? 'all',
  );
  if ('kind' in step) return refuse(refundRefused(step));
  const charged = backPerCharge(locked.charges, locked.refunded, step.amount);
  const rewards = view.of(rewardsPart);
  const mirrors = kind === 'void' && isUnmoved(org, payment, rewards);
  const back: Back = { ...asked, refundId: newId(), step, charged, mirrors };
  const seen = { org, rewards, giftsKept: asked.giftsKept };
  const clawback = clawbackOf(view.of(ledgerPart), seen, back);
  const owes = clawback.booked?.debt;
  if (kind === 'void' && owes && owes.points + owes.cashback > 0) return refuse(rewardsSpent());
  const coupons = backCoupons(view.of(couponsPart), back, clawback.returned, asked.coupons);
  if (kind === 'void' && coupons.shown.kept.length > 0) return refuse(rewardsSpent());
  const items = backItems(back, clawback);
  return {
    kind: 'accept',
    status: 201,
    answer: JSON.stringify({
      ...answerOf(back, clawback, items.journal?.journalId ?? null),
      coupons: coupons.shown,
    }),
    items: [
      ...(items.journal ? [item(ledgerPart, org, items.journal)] : []),
      item(stockPart, org, items.stock),
      item(offersPart, org, items.offers),
      ...clawbackItems(org, payment, back, clawback),
      ...coupons.items,
      item(paymentsPart, org, items.refund),
      ...backHistory(view, back),
    ],
  };
}

function refuse(refusal: Refusal): Decided {
  return { kind: 'refuse', refusal };
}

/** The answer to a refund or void, as contract.ts describes it. */
function answerOf(back: Back, { returned, booked }: Clawback, journalId: string | null): object {
  const { payment, step, kind } = back;
  return {
    refund_id: back.refundId,
    kind,
    payment_id: payment.paymentId,
    receipt_no: receiptNo(payment.paymentId),
    payment_state: kind === 'void' ? 'voided' : step.state,
    store_id: payment.storeId,
    occurred_at: back.occurredAt,
    business_day: back.day,
    amount: step.amount,
    gross: step.gross,
    reason: back.reason,
    lines: linesOf(back),
    tenders: tendersBack(backPerTender(back)),
    taken_back: returned
      .filter(({ amount }) => amount > 0)
      .map(({ offer, kind: of, amount }) => ({ offer_id: offer, kind: of, amount })),
    debt: booked?.debt ?? null,
    journal_id: journalId,
  };
}
