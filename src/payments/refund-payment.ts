import { localTime } from '#kernel/day';
import { must } from '#kernel/refusal';
import { stockPart } from '#catalog';
import { couponsPart } from '#coupons';
import { ledgerPart } from '#ledger';
import { offersPart } from '#offers';
import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Decided, Intent } from '#platform/record/intent';
import { item, type View } from '#platform/record/part';
import { type Ready, recordReady } from '#platform/record/ready';
import { rewardsPart } from '#rewards';
import { type AskedBack, decideBack, type DecidedBack } from './decide-refund.ts';
import { demandImport } from './demand-import.ts';
import { backHistory } from './move-history.ts';
import type { RefundLine } from './payment.ts';
import type { LockedPayment } from './payments-item.ts';
import { paymentsPart } from './payments-part.ts';
import { readPayment } from './read-payment.ts';
import { type RequestKey, type Written, written } from './record-once.ts';
import { type Back, backItems } from './refund.ts';
import { couponOwners } from './refund-coupons.ts';
import { lookBehind } from './refund-needs.ts';
import { clawbackItems } from './refund-rewards.ts';
import { backShown } from './refund-shown.ts';
import { paymentUnknown, storeNotAllowed } from './refusals.ts';
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
  const actor = actorOf(principal);
  const { needs, behind } = await lookBehind(till, org, payment);
  const asked: AskedBack = {
    org,
    kind,
    payment,
    occurredAt,
    day: localTime(occurredAt, zone).day,
    actor,
    reason: input.reason,
    lines: input.lines,
    giftsKept: input.gifts_kept,
    ...behind,
  };
  const intent: Intent = {
    org,
    idempotency: { principal: actor, key: key.idempotencyKey, hash: key.requestHash },
    others: [...(payment.member ? [payment.member.org] : []), ...couponOwners(behind.coupons)],
    needs,
    decide: (view) => decided(view, asked),
  };
  return { intent, again: () => prepareRefund(till, ctx, key, input, kind) };
}

function decided(view: View, asked: AskedBack): Decided {
  const { org, payment } = asked;
  const locked = view.of(paymentsPart).get(`${org}/${payment.paymentId}`);
  if (!locked) return { kind: 'refuse', refusal: paymentUnknown() };
  if (asked.away && hasMoved(payment, locked)) return { kind: 'stale' };
  const result = decideBack(asked, {
    payment: locked,
    ledger: view.of(ledgerPart),
    rewards: view.of(rewardsPart),
    coupons: view.of(couponsPart),
  });
  if ('code' in result) return { kind: 'refuse', refusal: result };
  const { back, clawback, coupons } = result;
  const items = backItems(back, clawback);
  return {
    kind: 'accept',
    status: 201,
    answer: JSON.stringify(answerOf(asked, result, items.journal?.journalId ?? null)),
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

/** A refund recorded since it was read may have taken from the wallets that were read with it. */
function hasMoved(
  { state, refundedAmounts, refundedQuantities }: AskedBack['payment'],
  { state: now, refunds }: LockedPayment,
): boolean {
  const same = (a: readonly number[] | null, b: readonly number[] | undefined) =>
    a === null ? b === undefined : a.every((part, at) => part === b?.[at]);
  return (
    state !== now ||
    !same(refundedAmounts, refunds?.amounts) ||
    !same(refundedQuantities, refunds?.quantities)
  );
}

/** The answer to a refund or void, as contract.ts describes it. */
function answerOf(
  { rules }: AskedBack,
  { back, clawback, coupons }: DecidedBack,
  journalId: string | null,
): object {
  return {
    refund_id: back.refundId,
    kind: back.kind,
    store_id: back.payment.storeId,
    occurred_at: back.occurredAt,
    business_day: back.day,
    reason: back.reason,
    ...backShown(back, clawback, rules),
    coupons: coupons.shown,
    journal_id: journalId,
  };
}
