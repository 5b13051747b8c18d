import type { Day } from '#kernel/day';
import type { Database } from '#platform/db/transact';
import { TOGETHER_MAX } from './lock-rewards.ts';
import { poolOfRow, POOL_COLUMNS, type PoolRow } from './pool-rows.ts';
import type { Pool } from './pool.ts';
import { REWARD_COLUMNS, rewardOfRow, type RewardRow } from './reward-rows.ts';
import type { Reward } from './reward.ts';

/** Stands for the merchant, whose rebates have no member. */
export const MERCHANT = '00000000-0000-0000-0000-000000000000';
const BEFORE_ALL = '';
const WHO = `coalesce(r.member_id, '${MERCHANT}'::uuid)`;
const DUE = "r.org_id = $1 and r.state = 'pending' and r.pool is null and r.due_on <= $2::date";
const PAGE = 500;

/** Whose rewards are due by a day, in the order of their ids: the next 500 behind `after`. */
export function whoseAreDue(
  db: Database,
  org: number,
  day: Day,
  after: string = BEFORE_ALL,
): Promise<string[]> {
  return db.read([org], async (tx) => {
    const rows = await tx.query<{ who: string }>(
      `select distinct ${WHO} who from rewards.reward r
        where ${DUE} and ($3 = '' or ${WHO} > nullif($3, '')::uuid) order by 1 limit ${PAGE}`,
      [org, day, after],
    );
    return rows.map(({ who }) => who);
  });
}

/** The oldest of what is due by a day for a member or the merchant; as many as move together. */
export function dueFor(db: Database, org: number, day: Day, who: string): Promise<Reward[]> {
  return db.read([org], async (tx) => {
    const rows = await tx.query<RewardRow>(
      `select ${REWARD_COLUMNS} from rewards.reward r where ${DUE} and ${WHO} = $3
        order by r.payment_id, r.decision_no limit ${TOGETHER_MAX + 1}`,
      [org, day, who],
    );
    return rows.map(rewardOfRow);
  });
}

/** A pool and the oldest of what waits in it, as many as move together; undefined if nothing was granted in it. */
export function waitingIn(
  db: Database,
  org: number,
  name: string,
): Promise<{ readonly pool: Pool; readonly rewards: readonly Reward[] } | undefined> {
  return db.read([org], async (tx) => {
    const [pool] = await tx.query<PoolRow>(
      `select ${POOL_COLUMNS} from rewards.pool p where p.org_id = $1 and p.pool = $2`,
      [org, name],
    );
    if (!pool) return undefined;
    const rows = await tx.query<RewardRow>(
      `select ${REWARD_COLUMNS} from rewards.reward r
        where r.org_id = $1 and r.pool = $2 and r.state = 'pending'
        order by r.payment_id, r.decision_no limit ${TOGETHER_MAX}`,
      [org, name],
    );
    return { pool: poolOfRow(pool), rewards: rows.map(rewardOfRow) };
  });
}

/** Some of what has arrived by a pool, the oldest first. */
export function arrivedBy(db: Database, org: number, name: string): Promise<Reward[]> {
  return db.read([org], async (tx) => {
    const rows = await tx.query<RewardRow>(
      `select ${REWARD_COLUMNS} from rewards.reward r
        where r.org_id = $1 and r.pool = $2 and r.state = 'available'
        order by r.payment_id, r.decision_no limit ${TOGETHER_MAX}`,
      [org, name],
    );
    return rows.map(rewardOfRow);
  });
}
