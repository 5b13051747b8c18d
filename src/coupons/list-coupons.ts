import type { Day } from '#kernel/day';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import type { Coupon, CouponState } from './coupon.ts';
import { COUPON_COLUMNS, couponOfRow, type CouponRow, WITH_TEMPLATE } from './coupon-rows.ts';

export interface CouponsSought {
  readonly memberId?: string | undefined;
  /** As it is on `today`: one whose last day is over has expired. */
  readonly state?: CouponState | undefined;
  /** Code of a template. */
  readonly template?: string | undefined;
  readonly today: Day;
  /** Coupons given before this one. */
  readonly before?: string | undefined;
  readonly limit: number;
}

const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Coupons of `ctx.org`'s templates, the newest first. */
export function listCoupons(db: Database, ctx: Ctx, sought: CouponsSought): Promise<Coupon[]> {
  const { memberId, state, template, today, before = LAST, limit } = sought;
  return db.read([ctx.org], async (tx) => {
    const rows = await tx.query<CouponRow>(
      `select ${COUPON_COLUMNS} from coupons.coupon c ${WITH_TEMPLATE}
        where c.org_id = $1 and c.coupon_id < $2 and ($3::uuid is null or c.member_id = $3)
          and ($4::text is null or t.code = $4)
          and ($5::text is null
               or $5 = case when c.state = 'available' and c.valid_to < $6::date then 'expired' else c.state end)
        order by c.coupon_id desc limit $7`,
      [ctx.org, before, memberId ?? null, template ?? null, state ?? null, today, limit],
    );
    return rows.map(couponOfRow);
  });
}
