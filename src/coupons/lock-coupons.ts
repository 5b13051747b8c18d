import { int8s, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import { COUPON_COLUMNS, couponOfRow, type CouponRow, WITH_TEMPLATE } from './coupon-rows.ts';
import { CouponsState, type CouponWant } from './coupons-state.ts';

/** Coupons by id and by what granted them in one statement: two would lock in two orders. */
const COUPONS = `select ${COUPON_COLUMNS}
   from (select o, i from unnest($1::bigint[], $2::uuid[]) a(o, i)
         union
         select g.org_id, g.coupon_id from unnest($3::bigint[], $4::uuid[]) s(o, p)
           join coupons.coupon g on g.org_id = s.o and g.source = s.p) u
   join coupons.coupon c on c.org_id = u.o and c.coupon_id = u.i ${WITH_TEMPLATE}
  order by c.org_id, c.coupon_id`;

const COUNTS = `select y.org_id, y.template_id, y.subject, y.count
   from unnest($1::bigint[], $2::uuid[], $3::uuid[]) u(o, t, s)
   join coupons.tally y on y.org_id = u.o and y.template_id = u.t and y.subject = u.s
  order by y.org_id, y.template_id, y.subject`;

/** What has no row cannot be locked, and two processes would both find the last coupon free. */
const OPEN_COUNTS = `insert into coupons.tally (org_id, template_id, subject, count)
 select o, t, s, 0 from unnest($1::bigint[], $2::uuid[], $3::uuid[]) u(o, t, s) order by o, t, s
 on conflict do nothing`;

interface CountRow {
  readonly org_id: number;
  readonly template_id: string;
  readonly subject: string;
  readonly count: number;
}

/** Locks the coupons and counts that a batch wants. Issues its statements before its first await. */
export async function lockCoupons(
  tx: Tx,
  wants: readonly Scoped<CouponWant>[],
): Promise<CouponsState> {
  const [counts, coupons] = await Promise.all([lockCounts(tx, wants), rowsOf(tx, wants, LOCKED)]);
  return stateOf(counts, coupons);
}

/** What `lockCoupons` would lock, as it stands: for quotes and previews. */
export async function readCoupons(
  tx: Tx,
  wants: readonly Scoped<CouponWant>[],
): Promise<CouponsState> {
  const keys = countKeys(wants);
  const counts =
    keys.length === 0
      ? []
      : await tx.prepared<CountRow>('coupons_counts_read', COUNTS, columnsOf(keys));
  return stateOf(counts, await rowsOf(tx, wants, READ));
}

function stateOf(counts: readonly CountRow[], coupons: readonly CouponRow[]): CouponsState {
  const state = new CouponsState();
  for (const row of counts) state.count(row.org_id, row.template_id, row.subject, row.count);
  for (const row of coupons) state.lock(couponOfRow(row));
  return state;
}

const LOCKED = { name: 'coupons_lock', text: `${COUPONS} for update of c` };
const READ = { name: 'coupons_read', text: COUPONS };

function rowsOf(
  tx: Tx,
  wants: readonly Scoped<CouponWant>[],
  { name, text }: typeof READ,
): Promise<CouponRow[]> {
  const ids = wants.flatMap(({ org, value }) =>
    'coupon' in value ? [{ org, id: value.coupon }] : [],
  );
  const sources = wants.flatMap(({ org, value }) =>
    'source' in value ? [{ org, id: value.source }] : [],
  );
  if (ids.length + sources.length === 0) return Promise.resolve([]);
  return tx.prepared<CouponRow>(name, text, [
    int8s(ids.map(({ org }) => org)),
    uuids(ids.map(({ id }) => id)),
    int8s(sources.map(({ org }) => org)),
    uuids(sources.map(({ id }) => id)),
  ]);
}

async function lockCounts(tx: Tx, wants: readonly Scoped<CouponWant>[]): Promise<CountRow[]> {
  const keys = countKeys(wants);
  if (keys.length === 0) return [];
  const columns = columnsOf(keys);
  const locking = `${COUNTS} for update of y`;
  const rows = await tx.prepared<CountRow>('coupons_lock_counts', locking, columns);
  if (rows.length === keys.length) return rows;
  await tx.prepared('coupons_open_counts', OPEN_COUNTS, columns);
  return tx.prepared<CountRow>('coupons_lock_counts', locking, columns);
}

interface CountKey {
  readonly org: number;
  readonly template: string;
  readonly subject: string;
}

/** The counts that are wanted, each once. */
function countKeys(wants: readonly Scoped<CouponWant>[]): CountKey[] {
  const keys = new Map<string, CountKey>();
  for (const { org, value } of wants) {
    if (!('subject' in value)) continue;
    keys.set(`${org}/${value.template}/${value.subject}`, { org, ...value });
  }
  return [...keys.values()];
}

function columnsOf(keys: readonly CountKey[]): Buffer[] {
  return [
    int8s(keys.map(({ org }) => org)),
    uuids(keys.map(({ template }) => template)),
    uuids(keys.map(({ subject }) => subject)),
  ];
}
