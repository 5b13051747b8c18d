import type { Pool } from './pool.ts';

export interface PoolRow {
  readonly org_id: number;
  readonly pool: string;
  readonly kind: Pool['kind'];
  readonly offer_id: string;
  readonly member_id: string | null;
  readonly state: Pool['state'];
  readonly reach_amount: number | null;
  readonly reach_count: number | null;
  readonly until: string | null;
  readonly window_days: number | null;
  readonly last_on: string | null;
  readonly business_days: number | null;
  readonly due_on: string | null;
  readonly provisional: boolean;
  readonly changed_at: Date;
}

const NAMES =
  'org_id pool kind offer_id member_id state reach_amount reach_count until window_days last_on business_days due_on provisional changed_at';

/** Of `rewards.pool p`. */
export const POOL_COLUMNS = NAMES.split(' ')
  .map((name) => `p.${name}`)
  .join(', ');

export const POOL_NAMES = NAMES.replaceAll(' ', ', ');

export function poolOfRow(row: PoolRow): Pool {
  return {
    pool: row.pool,
    kind: row.kind,
    offer: row.offer_id,
    memberId: row.member_id,
    state: row.state,
    reachAmount: row.reach_amount,
    reachCount: row.reach_count,
    until: row.until,
    windowDays: row.window_days,
    lastOn: row.last_on,
    businessDays: row.business_days,
    dueOn: row.due_on,
    provisional: row.provisional,
    changedAt: row.changed_at,
  };
}

/** The row of a pool, as JSON takes it. */
export function rowOfPool(org: number, pool: Pool): object {
  return {
    org_id: org,
    pool: pool.pool,
    kind: pool.kind,
    offer_id: pool.offer,
    member_id: pool.memberId,
    state: pool.state,
    reach_amount: pool.reachAmount,
    reach_count: pool.reachCount,
    until: pool.until,
    window_days: pool.windowDays,
    last_on: pool.lastOn,
    business_days: pool.businessDays,
    due_on: pool.dueOn,
    provisional: pool.provisional,
    changed_at: pool.changedAt,
  };
}

/** The types of `rowOfPool`'s columns. */
export const POOL_TYPES = `org_id bigint, pool text, kind text, offer_id uuid, member_id uuid, state text, reach_amount bigint, reach_count bigint,
  until date, window_days smallint, last_on date, business_days smallint, due_on date, provisional boolean, changed_at timestamptz`;
