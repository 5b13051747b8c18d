import { int8s, uuids } from '#platform/db/arrays';
import type { Database } from '#platform/db/transact';
import type { Coupon, Span } from './coupon.ts';
import { COUPON_COLUMNS, couponOfRow, type CouponRow, WITH_TEMPLATE } from './coupon-rows.ts';

/** The coupons that a payment used and was given. */
export interface PaymentCoupons {
  readonly used: readonly Coupon[];
  /** With the days they were given with, which a later refund may have changed. */
  readonly issued: readonly { readonly coupon: Coupon; readonly span: Span }[];
}

export interface PaymentCouponsAsked {
  readonly paymentId: string;
  /** The owners of the templates. */
  readonly owners: readonly number[];
  /** Ids, in the order to show. */
  readonly used: readonly string[];
}

interface Row extends CouponRow {
  readonly issued_from: string;
  readonly issued_to: string;
}

/** Reads the coupons of a payment in the books of their owners; those given in the order given. */
export async function paymentCoupons(
  db: Database,
  { paymentId, owners, used }: PaymentCouponsAsked,
): Promise<PaymentCoupons> {
  const orgs = [...new Set(owners)];
  if (orgs.length === 0) return { used: [], issued: [] };
  const rows = await db.read(orgs, (tx) =>
    tx.query<Row>(
      `select ${COUPON_COLUMNS}, i.valid_from as issued_from, i.valid_to as issued_to
         from coupons.coupon c ${WITH_TEMPLATE}
         join coupons.issue i on i.org_id = c.org_id and i.source = c.source and i.source_no = c.source_no
        where c.org_id = any($1::bigint[]) and (c.coupon_id = any($2::uuid[]) or c.source = $3)
        order by c.source_no, c.coupon_id`,
      [int8s(orgs), uuids(used), paymentId],
    ),
  );
  const coupons = new Map(rows.map((row) => [row.coupon_id, couponOfRow(row)]));
  return {
    used: used.flatMap((id) => coupons.get(id) ?? []),
    issued: rows.flatMap((row) =>
      row.source === paymentId
        ? [
            {
              coupon: couponOfRow(row),
              span: { from: row.issued_from, to: row.issued_to },
            },
          ]
        : [],
    ),
  };
}
