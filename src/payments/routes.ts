import { may } from '#access';
import { must, Refused } from '#kernel/refusal';
import { storeUnknown } from '#merchants';
import type { Ctx } from '#platform/context';
import { answer, bind, Raw, type Route } from '#platform/contract';
import { decodeCursor, page } from '#platform/http/page';
import { scopeMissing } from '#platform/http/refusals';
import { current } from '#platform/snapshot';
import type { AskedBasket } from './asked-basket.ts';
import * as contract from './contract.ts';
import { explainPayment } from './explain-payment.ts';
import { getPayment } from './get-payment.ts';
import { issuerRoutes } from './issuer-routes.ts';
import { listPayments } from './list-payments.ts';
import { listRefunds, refundShown } from './list-refunds.ts';
import { previewRefund } from './preview-refund.ts';
import { quotePayment } from './quote-payment.ts';
import { resolvePayment } from './read-payment.ts';
import type { Written } from './record-once.ts';
import { refundPayment, voidPayment } from './refund-payment.ts';
import { storeNotAllowed } from './refusals.ts';
import { returnGoods } from './return-goods.ts';
import { type TakeInput, takePayment } from './take-payment.ts';
import { tenderOf } from './tender-of.ts';
import type { Till } from './till.ts';

export function paymentsRoutes(till: Till): Route[] {
  return [...saleRoutes(till), ...readRoutes(till), ...refundRoutes(till), ...issuerRoutes];
}

function saleRoutes(till: Till): Route[] {
  return [
    bind(contract.takePayment, async (ctx, { body, meta }) =>
      raw(await takePayment(till, ctx, meta, inputOf(till, ctx, body), channelOf(ctx, body))),
    ),
    bind(contract.quotePayment, async (ctx, { body }) =>
      answer(200, await quotePayment(till, ctx, inputOf(till, ctx, body), channelOf(ctx, body))),
    ),
  ];
}

function readRoutes(till: Till): Route[] {
  const { db } = till;
  return [
    bind(contract.getPayment, async (ctx, { params }) =>
      answer(200, await getPayment(till, ctx, params.payment)),
    ),
    bind(contract.explainPayment, async (ctx, { params, query }) =>
      answer(200, await explainPayment(till, ctx, params.payment, query.for)),
    ),
    bind(contract.listPayments, async (ctx, { query }) => {
      const { limit, cursor, store, member_id: memberId, state, from, to } = query;
      const storeId = await storeOf(till, ctx, store);
      const list = `payments:${JSON.stringify([ctx.org, storeId, memberId, state, from, to])}`;
      const before = decodeCursor(list, cursor)?.[0] as string | undefined;
      const rows = await listPayments(db, ctx, {
        storeId,
        memberId,
        state,
        from,
        to,
        before,
        limit: limit + 1,
      });
      return answer(
        200,
        page(rows, limit, list, (row) => [row.payment_id]),
      );
    }),
    bind(contract.listRefunds, async (ctx, { query }) => {
      const { limit, cursor, store, payment, kind, from, to } = query;
      const storeId = await storeOf(till, ctx, store);
      const paymentId = payment && (await resolvePayment(db, ctx.org, payment));
      const list = `refunds:${JSON.stringify([ctx.org, storeId, paymentId, kind, from, to])}`;
      const before = decodeCursor(list, cursor)?.[0] as string | undefined;
      const rows = await listRefunds(db, ctx, {
        storeId,
        paymentId,
        kind,
        from,
        to,
        before,
        limit: limit + 1,
      });
      return answer(
        200,
        page(rows.map(refundShown), limit, list, (row) => [row.refund_id]),
      );
    }),
  ];
}

function refundRoutes(till: Till): Route[] {
  return [
    bind(contract.voidPayment, async (ctx, { params, body, meta }) =>
      raw(await voidPayment(till, ctx, meta, { payment: params.payment, reason: body.reason })),
    ),
    bind(contract.previewRefund, async (ctx, { body }) =>
      answer(200, await previewRefund(till, ctx, body.payment, body.lines, body.gifts_kept)),
    ),
    bind(contract.refundPayment, async (ctx, { body, meta }) => {
      const { payment, lines, store, without_receipt: goods, reason, occurred_at } = body;
      const at = { reason, occurred_at: instantOf(occurred_at) };
      const { gifts_kept } = body;
      if (payment !== undefined)
        return raw(await refundPayment(till, ctx, meta, { payment, lines, gifts_kept, ...at }));
      must(may(ctx, 'refund.without_receipt'), () => scopeMissing('refund.without_receipt'));
      return raw(
        await returnGoods(till, ctx, meta, { store: store ?? '', lines: goods ?? [], ...at }),
      );
    }),
  ];
}

const REPLAYED = { 'idempotency-replayed': 'true' };

function raw({ status, json, replayed }: Written): Raw {
  return replayed ? new Raw(status, json, REPLAYED) : new Raw(status, json);
}

function inputOf(
  till: Till,
  { org }: Ctx,
  { occurred_at, member, tenders, ...rest }: AskedBasket,
): TakeInput {
  return {
    ...rest,
    tenders: tenders.map((tender) => tenderOf(till.tokenOf, org, tender)),
    member: member && {
      phone: member.phone,
      memberId: member.member_id,
      programmeId: member.programme_id,
    },
    occurred_at: instantOf(occurred_at),
  };
}

/** Who stands at a till signs in; a key is another system; a time of its own is a ticket from the past. */
function channelOf({ principal }: Ctx, { occurred_at }: AskedBasket): 'pos' | 'api' | 'import' {
  if (occurred_at !== undefined) return 'import';
  return principal.kind === 'staff' ? 'pos' : 'api';
}

function instantOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}

/** @throws Refused store_unknown, store_not_allowed */
async function storeOf(
  till: Till,
  ctx: Ctx,
  asked: string | undefined,
): Promise<string | undefined> {
  if (asked === undefined) return undefined;
  const { stores, storeByCode } = (await current(till.db, till.orgs, ctx.org)).value;
  const store = stores.get(asked) ?? storeByCode.get(asked);
  if (!store) throw new Refused(storeUnknown(asked));
  must(ctx.principal.stores === 'all' || ctx.principal.stores.has(store.id), storeNotAllowed);
  return store.id;
}
