import { addDays, type Day, dayOf, startOfDay } from '#kernel/day';
import type { Database, Tx } from '#platform/db/transact';
import type { TimerHandler } from '#platform/timer/due-timer';
import { setTimer } from '#platform/timer/set-timer';

export interface CouponExpiry {
  readonly db: Database;
  /** The zone whose midnight ends the org's day. */
  readonly zoneOf: (org: number) => Promise<string>;
}

export const COUPONS_EXPIRE = 'coupons.expire';
const PAGE = 1_000;

/** Sets the daily timer of a book that holds templates; setting it again changes nothing. */
export async function scheduleExpiry(tx: Tx, org: number, now: Date, zone: string): Promise<void> {
  const dueAt = startOfDay(addDays(dayOf(now, zone), 1), zone);
  await setTimer(tx, org, { kind: COUPONS_EXPIRE, dedupe: 'daily', dueAt });
}

/** Marks what is over at the start of each day of the org's clock, then sets the next day's timer. */
export function couponExpiryHandler({ db, zoneOf }: CouponExpiry): TimerHandler {
  return async ({ org, now }) => {
    const zone = await zoneOf(org);
    await expireCoupons(db, org, now, dayOf(now, zone));
    await db.transact([org], (tx) => scheduleExpiry(tx, org, now, zone));
  };
}

/**
 * Marks coupons whose last day is before `today`, for reports: an expired one is refused without it.
 * @returns how many it marked.
 */
export async function expireCoupons(
  db: Database,
  org: number,
  now: Date,
  today: Day,
): Promise<number> {
  let marked = 0;
  for (let count = PAGE; count === PAGE; marked += count) {
    count = await db.transact([org], (tx) =>
      tx.execute(
        `with due as (
           select coupon_id from coupons.coupon
            where org_id = $1 and state = 'available' and valid_to < $2::date
            order by coupon_id limit ${PAGE} for update),
         marked as (
           update coupons.coupon c set state = 'expired', moves = c.moves + 1
             from due where c.org_id = $1 and c.coupon_id = due.coupon_id
           returning c.coupon_id, c.moves)
         insert into coupons.move (org_id, coupon_id, move_no, kind, moved_at, actor)
         select $1, coupon_id, moves, 'expired', $3, 'system:expiry' from marked`,
        [org, today, now],
      ),
    );
  }
  return marked;
}
