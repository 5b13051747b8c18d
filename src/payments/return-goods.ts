import { localTime } from '#kernel/day';
import { newId } from '#kernel/ids';
import { must } from '#kernel/refusal';
import { stockPart } from '#catalog';
import { account, type Journal, ledgerPart } from '#ledger';
import { storeUnknown } from '#merchants';
import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Intent } from '#platform/record/intent';
import { item } from '#platform/record/part';
import { type Ready, recordReady } from '#platform/record/ready';
import { current } from '#platform/snapshot';
import { demandImport } from './demand-import.ts';
import { paymentsPart } from './payments-part.ts';
import { type RequestKey, type Written, written } from './record-once.ts';
import { storeNotAllowed } from './refusals.ts';
import type { Till } from './till.ts';

/** Goods taken back without a receipt. `amount` is fen for the whole line; a line of money alone has quantity 0. */
export interface ReturnInput {
  readonly store: string;
  readonly lines: readonly {
    readonly sku: string;
    readonly quantity: number;
    readonly amount: number;
  }[];
  readonly reason: string;
  /** Imports only. */
  readonly occurred_at?: Date | undefined;
}

/** Gives money back for goods whose sale is not known: nothing was earned that could be taken back. */
export async function returnGoods(
  till: Till,
  ctx: Ctx,
  key: RequestKey,
  input: ReturnInput,
): Promise<Written> {
  const ready = await prepareReturn(till, ctx, key, input);
  return written(await recordReady(till.recorder, ready));
}

/** Reads all that a return without a receipt needs and leaves recording it to the caller. @throws Refused */
export async function prepareReturn(
  till: Till,
  ctx: Ctx,
  key: RequestKey,
  input: ReturnInput,
): Promise<Ready> {
  const { principal, org } = ctx;
  demandImport(ctx, { occurred_at: input.occurred_at });
  const { value: known } = await current(till.db, till.orgs, org);
  const store = known.stores.get(input.store) ?? known.storeByCode.get(input.store);
  must(store, () => storeUnknown(input.store));
  must(principal.stores === 'all' || principal.stores.has(store.id), storeNotAllowed);
  const occurredAt = input.occurred_at ?? ctx.now;
  const { day } = localTime(occurredAt, known.org.zone);
  const amount = input.lines.reduce((sum, line) => sum + line.amount, 0);
  const actor = actorOf(principal);
  const intent: Intent = {
    org,
    idempotency: { principal: actor, key: key.idempotencyKey, hash: key.requestHash },
    needs: [],
    decide() {
      const refundId = newId();
      const at = { occurredAt, actor, storeId: store.id };
      const journal = amount === 0 ? null : journalOf(refundId, day, amount, at);
      const refund = {
        refundId,
        kind: 'without_receipt' as const,
        businessDay: day,
        amount,
        gross: amount,
        ...at,
      };
      const stored = {
        lines: JSON.stringify(input.lines),
        clawback: '[]',
        reason: input.reason,
        journalId: journal?.journalId ?? null,
      };
      const moved = input.lines.filter(({ quantity }) => quantity > 0);
      const stock = {
        moveId: newId(),
        storeId: store.id,
        kind: 'return' as const,
        source: refundId,
        occurredAt,
        skus: moved.map(({ sku }) => sku),
        quantities: moved.map(({ quantity }) => quantity),
      };
      const answer = {
        refund_id: refundId,
        kind: 'without_receipt',
        payment_id: null,
        receipt_no: null,
        payment_state: null,
        store_id: store.id,
        occurred_at: occurredAt,
        business_day: day,
        amount,
        gross: amount,
        reason: input.reason,
        lines: input.lines.map((line, index) => ({ line: index, ...line })),
        taken_back: [],
        debt: null,
        journal_id: journal?.journalId ?? null,
      };
      return {
        kind: 'accept',
        status: 201,
        answer: JSON.stringify(answer),
        items: [
          ...(journal ? [item(ledgerPart, org, journal)] : []),
          ...(moved.length > 0 ? [item(stockPart, org, stock)] : []),
          item(paymentsPart, org, { kind: 'back', refund: { ...refund, ...stored } }),
        ],
      };
    },
  };
  return { intent, again: () => prepareReturn(till, ctx, key, input) };
}

function journalOf(
  source: string,
  valueDate: string,
  amount: number,
  {
    occurredAt,
    actor,
    storeId,
  }: { readonly occurredAt: Date; readonly actor: string; readonly storeId: string },
): Journal {
  return {
    journalId: newId(),
    kind: 'return',
    source,
    occurredAt,
    valueDate,
    actor,
    legs: [
      { account: account('3010', storeId), amount },
      { account: account('1150', storeId), amount: -amount },
    ],
  };
}
