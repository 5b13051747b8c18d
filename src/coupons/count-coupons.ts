import type { Day } from '#kernel/day';
import type { Tx } from '#platform/db/transact';
import type { CouponState } from './coupon.ts';

export interface CouponCounts {
  readonly issued: number;
  readonly states: Readonly<Record<CouponState, number>>;
}

/** How many coupons of a template were given, and how many are in which state on a day. */
export async function countCoupons(
  tx: Tx,
  org: number,
  templateId: string,
  today: Day,
): Promise<CouponCounts> {
  const rows = await tx.query<{ state: CouponState; count: number }>(
    `select case when state = 'available' and valid_to < $3::date then 'expired' else state end as state, count(*) as count
       from coupons.coupon where org_id = $1 and template_id = $2 group by 1`,
    [org, templateId, today],
  );
  const states = { available: 0, used: 0, expired: 0, reversed: 0, forfeited: 0 };
  for (const { state, count } of rows) states[state] = count;
  return { issued: rows.reduce((sum, { count }) => sum + count, 0), states };
}
