import type { Day } from '#kernel/day';
import type { Tx } from '#platform/db/transact';
import { poolOfRow, POOL_COLUMNS, type PoolRow } from './pool-rows.ts';
import type { Pool } from './pool.ts';
import { REWARD_COLUMNS, rewardOfRow, type RewardRow } from './reward-rows.ts';
import type { Reward, RewardPlace, RewardState } from './reward.ts';
import { RewardsState } from './rewards-state.ts';

/** The rewards of a payment as they stand, without locking them: for what is shown before it is decided. */
export async function readRewards(tx: Tx, org: number, payment: string): Promise<RewardsState> {
  const state = new RewardsState();
  for (const { reward } of await rewardsOfPayment(tx, org, payment)) state.keepReward(org, reward);
  return state;
}

/** A reward in the book of whoever sold, with the pool that it waits in. */
export interface ListedReward {
  readonly org: number;
  readonly reward: Reward;
  readonly pool: Pool | null;
}

export interface RewardsAsked {
  /** The books to look into. */
  readonly sellers: readonly number[];
  readonly memberId: string;
  readonly states: readonly RewardState[];
  readonly before: RewardPlace | undefined;
  readonly limit: number;
}

const LAST: RewardPlace = { paymentId: 'ffffffff-ffff-ffff-ffff-ffffffffffff', decisionNo: 0 };

/** What sales granted to a member, the newest first. */
export async function listRewards(tx: Tx, asked: RewardsAsked): Promise<ListedReward[]> {
  const { sellers, memberId, states, before = LAST, limit } = asked;
  const rows = await tx.query<RewardRow>(
    `select ${REWARD_COLUMNS} from rewards.reward r
      where r.org_id = any($1::bigint[]) and r.member_id = $2
        and (r.payment_id, r.decision_no) < ($3::uuid, $4::smallint) and r.state = any($5)
      order by r.payment_id desc, r.decision_no desc limit $6`,
    [sellers, memberId, before.paymentId, before.decisionNo, states, limit],
  );
  return withPools(tx, rows);
}

/** The rewards of a payment, in the order of its decisions. */
export async function rewardsOfPayment(
  tx: Tx,
  org: number,
  payment: string,
): Promise<ListedReward[]> {
  const rows = await tx.query<RewardRow>(
    `select ${REWARD_COLUMNS} from rewards.reward r where r.org_id = $1 and r.payment_id = $2 order by r.decision_no`,
    [org, payment],
  );
  return withPools(tx, rows);
}

async function withPools(tx: Tx, rows: readonly RewardRow[]): Promise<ListedReward[]> {
  const names = rows.filter(({ state, pool }) => state === 'pending' && pool !== null);
  if (names.length === 0)
    return rows.map((row) => ({ org: row.org_id, reward: rewardOfRow(row), pool: null }));
  const pools = await tx.query<PoolRow>(
    `select ${POOL_COLUMNS} from (select distinct * from unnest($1::bigint[], $2::text[]) d(o, n)) u
       join rewards.pool p on p.org_id = u.o and p.pool = u.n`,
    [names.map(({ org_id: org }) => org), names.map(({ pool }) => pool)],
  );
  const byName = new Map(pools.map((row) => [`${row.org_id}/${row.pool}`, poolOfRow(row)]));
  return rows.map((row) => ({
    org: row.org_id,
    reward: rewardOfRow(row),
    pool: byName.get(`${row.org_id}/${row.pool}`) ?? null,
  }));
}

/** fen and points that wait for a member. */
export interface Waiting {
  readonly points: number;
  readonly cashback: number;
  /** The first day on which something arrives, as far as one is known. */
  readonly next: Day | null;
}

export async function waitingFor(
  tx: Tx,
  sellers: readonly number[],
  memberId: string,
): Promise<Waiting> {
  const [row] = await tx.query<Waiting>(
    `select coalesce(sum(r.amount - r.reversed) filter (where r.kind = 'points'), 0)::bigint points,
            coalesce(sum(r.amount - r.reversed) filter (where r.kind = 'cashback'), 0)::bigint cashback,
            min(coalesce(p.due_on, r.due_on))::date next
       from rewards.reward r left join rewards.pool p on p.org_id = r.org_id and p.pool = r.pool
      where r.org_id = any($1::bigint[]) and r.member_id = $2 and r.state = 'pending'`,
    [sellers, memberId],
  );
  return row ?? { points: 0, cashback: 0, next: null };
}

/** A pool in the book of whoever sold. */
export interface ListedPool {
  readonly org: number;
  readonly pool: Pool;
}

const GOALS_MAX = 50;

/** Pools of a member that sales may still reach. */
export async function openPools(
  tx: Tx,
  sellers: readonly number[],
  memberId: string,
): Promise<ListedPool[]> {
  const rows = await tx.query<PoolRow>(
    `select ${POOL_COLUMNS} from rewards.pool p
      where p.org_id = any($1::bigint[]) and p.member_id = $2 and p.kind = 'reached' and p.state <> 'over'
      order by p.until nulls last, p.pool limit ${GOALS_MAX}`,
    [sellers, memberId],
  );
  return rows.map((row) => ({ org: row.org_id, pool: poolOfRow(row) }));
}
