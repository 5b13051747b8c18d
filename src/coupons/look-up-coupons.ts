import type { Day } from '#kernel/day';
import { days as dayTexts, int8s, texts, uuids } from '#platform/db/arrays';
import { gathered } from '#platform/db/gather-reads';
import type { Database } from '#platform/db/transact';
import type { Coupon } from './coupon.ts';
import { COUPON_COLUMNS, couponOfRow, type CouponRow, WITH_TEMPLATE } from './coupon-rows.ts';

/** Reads as fresh as the database and without locks, those of one moment in one statement. */
export interface CouponLookUp {
  byCode(key: { readonly org: number; readonly code: string }): Promise<Coupon | undefined>;
  byId(key: { readonly org: number; readonly couponId: string }): Promise<Coupon | undefined>;
  /**
   * A member's coupons of an org's templates that may be used on a day, the one that ends first in front; at most
   * 100, or undefined for none.
   */
  usable(key: {
    readonly org: number;
    readonly memberId: string;
    readonly day: Day;
  }): Promise<readonly Coupon[] | undefined>;
}

const USABLE_MAX = 100;

const BY_CODE = `select ${COUPON_COLUMNS} from unnest($1::bigint[], $2::text[]) u(o, k)
  join coupons.coupon c on c.org_id = u.o and c.code = u.k ${WITH_TEMPLATE}`;
const BY_ID = `select ${COUPON_COLUMNS} from unnest($1::bigint[], $2::uuid[]) u(o, k)
  join coupons.coupon c on c.org_id = u.o and c.coupon_id = u.k ${WITH_TEMPLATE}`;
const USABLE = `select u.place::int, ${COUPON_COLUMNS}
  from unnest($1::bigint[], $2::uuid[], $3::text[]) with ordinality u(o, m, d, place)
  cross join lateral (
    select * from coupons.coupon k
     where k.org_id = u.o and k.member_id = u.m and k.state = 'available'
       and k.valid_from <= u.d::date and k.valid_to >= u.d::date
     order by k.valid_to, k.coupon_id limit ${USABLE_MAX}) c ${WITH_TEMPLATE}
  order by u.place, c.valid_to, c.coupon_id`;

export function couponLookUp(db: Database): CouponLookUp {
  return {
    byCode: gathered(async (keys) => {
      const rows = await found(db, 'coupons_by_code', BY_CODE, keys, [
        texts(keys.map(({ code }) => code)),
      ]);
      return new Map(rows.map((row) => [`${row.org_id}/${row.code}`, couponOfRow(row)]));
    }, codeKey),
    byId: gathered(async (keys) => {
      const rows = await found(db, 'coupons_by_id', BY_ID, keys, [
        uuids(keys.map(({ couponId }) => couponId)),
      ]);
      return new Map(rows.map((row) => [`${row.org_id}/${row.coupon_id}`, couponOfRow(row)]));
    }, idKey),
    usable: gathered(async (keys) => {
      const rows = await found<CouponRow & { readonly place: number }>(
        db,
        'coupons_usable',
        USABLE,
        keys,
        [uuids(keys.map(({ memberId }) => memberId)), dayTexts(keys.map(({ day }) => day))],
      );
      const byKey = new Map<string, Coupon[]>();
      for (const row of rows) {
        const name = usableKey(keys[row.place - 1] as (typeof keys)[number]);
        const list = byKey.get(name);
        if (list) list.push(couponOfRow(row));
        else byKey.set(name, [couponOfRow(row)]);
      }
      return byKey;
    }, usableKey),
  };
}

type KeyOf<M extends keyof CouponLookUp> = Parameters<CouponLookUp[M]>[0];

const codeKey = ({ org, code }: KeyOf<'byCode'>) => `${org}/${code}`;
const idKey = ({ org, couponId }: KeyOf<'byId'>) => `${org}/${couponId}`;
const usableKey = ({ org, memberId, day }: KeyOf<'usable'>) => `${org}/${memberId}/${day}`;

function found<R = CouponRow>(
  db: Database,
  name: string,
  text: string,
  keys: readonly { readonly org: number }[],
  params: readonly Buffer[],
): Promise<R[]> {
  const orgs = keys.map(({ org }) => org);
  return db.lookUp<R>([...new Set(orgs)], name, text, [int8s(orgs), ...params]);
}
