import type { Day } from '#kernel/day';
import type { Ctx } from '#platform/context';
import { uuids } from '#platform/db/arrays';
import type { Database } from '#platform/db/transact';
import { type PaymentState, receiptNo } from './payment.ts';

export interface PaymentsSought {
  readonly storeId?: string | undefined;
  readonly memberId?: string | undefined;
  readonly state?: PaymentState | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** Payments booked before this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

interface Row {
  readonly payment_id: string;
  readonly state: PaymentState;
  readonly channel: 'pos' | 'api' | 'import';
  readonly store_id: string;
  readonly occurred_at: Date;
  readonly business_day: Day;
  readonly gross: number;
  readonly discount: number;
  readonly due: number;
  readonly refunded: number;
  readonly member_id: string | null;
  readonly line_count: number;
}

const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Payments of `ctx.org` in stores that the principal may act in, the newest booked first. */
export async function listPayments(db: Database, ctx: Ctx, sought: PaymentsSought) {
  const { stores } = ctx.principal;
  const own = stores === 'all' ? null : uuids([...stores]);
  const { storeId, memberId, state, from, to, before = LAST, limit } = sought;
  const rows = await db.read([ctx.org], (tx) =>
    tx.query<Row>(
      `select payment_id, state, channel, store_id, occurred_at, business_day, gross, discount, due, refunded, member_id,
              json_array_length(lines) line_count
         from payments.payment
        where org_id = $1 and payment_id < $2 and ($3::uuid[] is null or store_id = any($3))
          and ($4::uuid is null or store_id = $4) and ($5::uuid is null or member_id = $5)
          and ($6::text is null or state = $6) and ($7::date is null or business_day >= $7)
          and ($8::date is null or business_day <= $8)
        order by payment_id desc limit $9`,
      [
        ctx.org,
        before,
        own,
        storeId ?? null,
        memberId ?? null,
        state ?? null,
        from ?? null,
        to ?? null,
        limit,
      ],
    ),
  );
  return rows.map((row) => ({
    ...row,
    receipt_no: receiptNo(row.payment_id),
    occurred_at: row.occurred_at.toISOString(),
  }));
}
