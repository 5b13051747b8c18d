import { may } from '#access';
import { type Day, localTime } from '#kernel/day';
import { newId } from '#kernel/ids';
import { must } from '#kernel/refusal';
import { stockPart } from '#catalog';
import { account, type Journal, ledgerPart } from '#ledger';
import { storeUnknown } from '#merchants';
import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Decided, Intent } from '#platform/record/intent';
import { item } from '#platform/record/part';
import { type Ready, recordReady } from '#platform/record/ready';
import { current } from '#platform/snapshot';
import { demandImport } from './demand-import.ts';
import { refresh } from './gather-fresh.ts';
import type { NewRefund } from './payments-item.ts';
import { paymentsPart } from './payments-part.ts';
import { cashBack } from './refund-tenders.ts';
import { type RequestKey, type Written, written } from './record-once.ts';
import { basketRefused, storeNotAllowed } from './refusals.ts';
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
  await demandGoods(till, ctx, input.lines);
  const occurredAt = input.occurred_at ?? ctx.now;
  const { day } = localTime(occurredAt, known.org.zone);
  const actor = actorOf(principal);
  const back: Return = { org, day, occurredAt, actor, storeId: store.id, input };
  const intent: Intent = {
    org,
    idempotency: { principal: actor, key: key.idempotencyKey, hash: key.requestHash },
    needs: [],
    decide: () => decideReturn(back),
  };
  return { intent, again: () => prepareReturn(till, ctx, key, input) };
}

/** An import's goods may be of a catalogue that is not here; all others are products. @throws Refused basket_refused */
async function demandGoods(till: Till, ctx: Ctx, lines: ReturnInput['lines']): Promise<void> {
  if (may(ctx, 'import')) return;
  await refresh(till, ctx.org);
  const skus = lines.map(({ sku }) => sku);
  const { products } = await till.prices.get(ctx.org, skus);
  const faults = skus.flatMap((sku, at) =>
    products.has(sku)
      ? []
      : [
          {
            pointer: `/without_receipt/${at}/sku`,
            detail: { zh: `没有商品 ${sku}`, en: `there is no product ${sku}` },
          },
        ],
  );
  must(faults.length === 0, () => basketRefused(faults));
}

interface Return {
  readonly org: number;
  readonly day: Day;
  readonly occurredAt: Date;
  readonly actor: string;
  readonly storeId: string;
  readonly input: ReturnInput;
}

function decideReturn({ org, day, input, ...at }: Return): Decided {
  const refundId = newId();
  const amount = input.lines.reduce((sum, line) => sum + line.amount, 0);
  const journal = amount === 0 ? null : journalOf(refundId, day, amount, at);
  const journalId = journal?.journalId ?? null;
  const refund = {
    refundId,
    kind: 'without_receipt' as const,
    businessDay: day,
    amount,
    gross: amount,
    withheld: 0,
    shortage: null,
    taken: [],
    charged: null,
    ...at,
    lines: JSON.stringify(input.lines),
    clawback: '[]',
    reason: input.reason,
    journalId,
  };
  const moved = input.lines.filter(({ quantity }) => quantity > 0);
  const stock = {
    moveId: newId(),
    storeId: at.storeId,
    kind: 'return' as const,
    source: refundId,
    occurredAt: at.occurredAt,
    skus: moved.map(({ sku }) => sku),
    quantities: moved.map(({ quantity }) => quantity),
  };
  return {
    kind: 'accept',
    status: 201,
    answer: JSON.stringify(answerOf(refund, input)),
    items: [
      ...(journal ? [item(ledgerPart, org, journal)] : []),
      ...(moved.length > 0 ? [item(stockPart, org, stock)] : []),
      item(paymentsPart, org, { kind: 'back', refund }),
    ],
  };
}

/** The answer to a return, as contract.ts describes it. */
function answerOf(refund: NewRefund, { lines }: ReturnInput): object {
  return {
    refund_id: refund.refundId,
    kind: refund.kind,
    payment_id: null,
    receipt_no: null,
    payment_state: null,
    store_id: refund.storeId,
    occurred_at: refund.occurredAt,
    business_day: refund.businessDay,
    amount: refund.amount,
    gross: refund.gross,
    withheld: 0,
    shortfall: 0,
    reason: refund.reason,
    lines: lines.map((line, index) => ({ line: index, ...line })),
    tenders: cashBack(refund.amount),
    taken_back: [],
    coupons: null,
    debt: { points: 0, cashback: 0 },
    borne_by_payers: { points: 0, cashback: 0 },
    journal_id: refund.journalId,
  };
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
