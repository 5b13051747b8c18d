import Papa from 'papaparse';
import type { App } from '../../app.ts';
import type { Ran } from './run-replay.ts';
import type { Stage } from './stage.ts';

/** What a member has after a replay. Money is fen. */
export interface MemberTold {
  /** As the file names it. */
  readonly customer: string;
  readonly points: number;
  readonly points_pending: number;
  /** Taken back after they were used. */
  readonly points_owed: number;
  readonly growth: number;
  readonly tier: string;
  readonly cashback: number;
  readonly cashback_pending: number;
  readonly cashback_owed: number;
  readonly coupons: number;
  readonly coupons_used: number;
  readonly coupons_expired: number;
}

interface Row extends Omit<MemberTold, 'customer' | 'tier'> {
  readonly member_id: string;
}

const BALANCES = [
  ['points', '2210'],
  ['points_pending', '2212'],
  ['points_owed', '1231'],
  ['cashback', '2031'],
  ['cashback_pending', '2030'],
  ['cashback_owed', '1230'],
] as const;

const MEMBERS = `with balance as (
    select owner, ${BALANCES.map(
      ([name, code]) => `sum(posted) filter (where code = '${code}') ${name}`,
    ).join(', ')}
      from ledger.v_balance
     where org_id = $1 and code in (${BALANCES.map(([, code]) => `'${code}'`).join(', ')}) group by 1),
  coupon as (
    select member_id, count(*) filter (where state = 'available' and valid_to >= $3::date) coupons,
           count(*) filter (where state = 'used') coupons_used,
           count(*) filter (where state = 'expired' or state = 'available' and valid_to < $3::date) coupons_expired
      from coupons.v_coupon where org_id = $1 group by 1)
  select u.id member_id, ${BALANCES.map(([name]) => `coalesce(b.${name}, 0)::bigint ${name}`).join(', ')},
         coalesce(g.growth, 0)::bigint growth, coalesce(c.coupons, 0)::int coupons,
         coalesce(c.coupons_used, 0)::int coupons_used, coalesce(c.coupons_expired, 0)::int coupons_expired
    from unnest($2::uuid[]) u(id)
    left join balance b on b.owner = u.id::text
    left join members.v_growth g on g.org_id = $1 and g.member_id = u.id
    left join coupon c on c.member_id = u.id`;

/** Every member of the file by customer number, as the books have them. @param today of the merchant's clock */
export async function tellMembers(
  { db, members: room }: App,
  { org }: Stage,
  { members }: Pick<Ran, 'members'>,
  today: string,
): Promise<MemberTold[]> {
  const rows = await db.read([org], (tx) =>
    tx.query<Row>(MEMBERS, [org, [...members.values()], today]),
  );
  const byId = new Map(rows.map(({ member_id: id, ...row }) => [id, row]));
  const told = await Promise.all(
    [...members].map(async ([customer, memberId]): Promise<MemberTold[]> => {
      const found = await room.lookUp.byId({ org, memberId });
      const row = byId.get(memberId);
      return row && found ? [{ customer, ...row, tier: found.tier }] : [];
    }),
  );
  return told.flat().toSorted((a, b) => Number(a.customer) - Number(b.customer));
}

const COLUMNS = [
  'customer',
  'points',
  'points_pending',
  'points_owed',
  'growth',
  'tier',
  'cashback',
  'cashback_pending',
  'cashback_owed',
  'coupons',
  'coupons_used',
  'coupons_expired',
] as const satisfies readonly (keyof MemberTold)[];

/** The members as a CSV file with a header. */
export function membersCsv(members: readonly MemberTold[]): string {
  return `${Papa.unparse([...members], { columns: [...COLUMNS], newline: '\n' })}\n`;
}
