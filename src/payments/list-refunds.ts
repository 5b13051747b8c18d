import type { Day } from '#kernel/day';
import type { BenefitKind } from '#offers';
import type { Ctx } from '#platform/context';
import { uuids } from '#platform/db/arrays';
import type { Database, Tx } from '#platform/db/transact';
import { type ChargeRow, CHARGE_COLUMNS, chargeOfRow } from './charge-rows.ts';
import { receiptNo } from './payment.ts';
import { type StoredShortage, type StoredWhy, whyShown } from './refund-shortage.ts';
import { cashBack, tendersBack } from './refund-tenders.ts';

export interface RefundsSought {
  readonly storeId?: string | undefined;
  readonly paymentId?: string | undefined;
  readonly kind?: StoredRefund['kind'] | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** Refunds booked before this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Money back as stored. fen. */
export interface StoredRefund {
  readonly refundId: string;
  readonly kind: 'refund' | 'void' | 'without_receipt';
  readonly paymentId: string | null;
  readonly storeId: string;
  readonly occurredAt: Date;
  readonly businessDay: Day;
  readonly amount: number;
  readonly gross: number;
  readonly withheld: number;
  readonly shortage: StoredShortage | null;
  /** fen per charge of the payment; null where all of it was cash. */
  readonly charged: readonly (number | string)[] | null;
  readonly charges: readonly ChargeRow[];
  readonly lines: readonly {
    readonly line?: number;
    readonly sku: string;
    readonly quantity: number;
    readonly amount: number;
  }[];
  readonly clawback: readonly (StoredWhy & {
    readonly decisionNo: number;
    readonly offer: string;
    readonly kind: BenefitKind;
    readonly amount: number;
  })[];
  readonly reason: string;
  readonly journalId: string | null;
}

const COLUMNS = `refund_id "refundId", kind, payment_id "paymentId", store_id "storeId", occurred_at "occurredAt",
  business_day "businessDay", amount, gross, withheld, shortage, lines, clawback, reason, journal_id "journalId", charged,
  array(select to_json(c) from (select ${CHARGE_COLUMNS} from payments.charge c
    where c.org_id = r.org_id and c.payment_id = r.payment_id order by c.charge_no) c) charges`;
const NONE = { points: 0, cashback: 0 };
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Refunds, voids and returns of `ctx.org` in stores that the principal may act in, the newest booked first. */
export function listRefunds(
  db: Database,
  ctx: Ctx,
  sought: RefundsSought,
): Promise<StoredRefund[]> {
  const { stores } = ctx.principal;
  const own = stores === 'all' ? null : uuids([...stores]);
  const { storeId, paymentId, kind, from, to, before = LAST, limit } = sought;
  return db.read([ctx.org], (tx) =>
    tx.query<StoredRefund>(
      `select ${COLUMNS} from payments.refund r
        where org_id = $1 and refund_id < $2 and ($3::uuid[] is null or store_id = any($3))
          and ($4::uuid is null or store_id = $4) and ($5::uuid is null or payment_id = $5)
          and ($6::text is null or kind = $6) and ($7::date is null or business_day >= $7)
          and ($8::date is null or business_day <= $8)
        order by refund_id desc limit $9`,
      [
        ctx.org,
        before,
        own,
        storeId ?? null,
        paymentId ?? null,
        kind ?? null,
        from ?? null,
        to ?? null,
        limit,
      ],
    ),
  );
}

/** All that went back of a payment, in the order booked. */
export function refundsOf(tx: Tx, org: number, paymentId: string): Promise<StoredRefund[]> {
  return tx.query<StoredRefund>(
    `select ${COLUMNS} from payments.refund r where org_id = $1 and payment_id = $2 order by refund_id`,
    [org, paymentId],
  );
}

/** A refund as contract.ts describes it. */
export function refundShown(refund: StoredRefund) {
  const { paymentId } = refund;
  return {
    refund_id: refund.refundId,
    kind: refund.kind,
    payment_id: paymentId,
    receipt_no: paymentId && receiptNo(paymentId),
    payment_state: null,
    store_id: refund.storeId,
    occurred_at: refund.occurredAt.toISOString(),
    business_day: refund.businessDay,
    amount: refund.amount,
    gross: refund.gross,
    withheld: refund.withheld,
    shortfall: refund.shortage?.shortfall ?? 0,
    reason: refund.reason,
    lines: refund.lines.map(({ line, sku, quantity, amount }, index) => ({
      line: line ?? index,
      sku,
      quantity,
      amount,
    })),
    tenders: tendersOf(refund),
    taken_back: refund.clawback
      .filter(({ amount }) => amount > 0)
      .map(({ offer, kind, amount, ...why }) => ({
        offer_id: offer,
        kind,
        amount,
        text: null,
        ...whyShown(why),
      })),
    coupons: null,
    debt: refund.shortage?.debt ?? NONE,
    borne_by_payers: refund.shortage?.borne ?? NONE,
    journal_id: refund.journalId,
  };
}

function tendersOf({ charged, charges, amount }: StoredRefund) {
  if (charged === null) return cashBack(amount);
  const back = charges.map((row, no) => ({
    ...chargeOfRow(row),
    amount: Number(charged[no] ?? 0),
  }));
  return tendersBack(back.filter((charge) => charge.amount > 0));
}
