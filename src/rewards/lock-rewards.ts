import { int2s, int8s, texts, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import { poolOfRow, POOL_COLUMNS, type PoolRow } from './pool-rows.ts';
import { REWARD_COLUMNS, rewardOfRow, type RewardRow } from './reward-rows.ts';
import type { RewardPlace } from './reward.ts';
import { RewardsState } from './rewards-state.ts';

/**
 * Rewards to lock: of a payment, single ones, or a pool with the first of what waits in it. A pool's lock stands for
 * all of its rewards: whoever moves one of them holds it.
 */
export type RewardsWant =
  | { readonly payment: string }
  | { readonly rewards: readonly RewardPlace[] }
  /** `alone`: without what waits in it. */
  | { readonly pool: string; readonly alone?: boolean };

/** The most rewards of a pool that are moved in one write. */
export const TOGETHER_MAX = 64;

type Wants = readonly Scoped<RewardsWant>[];

/** Locks pools, then rewards in the order of their keys, then reads what waits in the pools. */
export async function lockRewards(tx: Tx, wants: Wants): Promise<RewardsState> {
  const state = new RewardsState();
  if (wants.length === 0) return state;
  const pools = distinctPools(wants, () => true);
  const filled = distinctPools(wants, (alone) => !alone);
  const [locked, rewards, waiting] = await Promise.all([
    lockPools(tx, pools),
    lockNamed(tx, wants),
    readWaiting(tx, filled),
  ]);
  for (const row of [...waiting, ...rewards]) state.keepReward(row.org_id, rewardOfRow(row));
  const standing = new Map(locked.map((row) => [`${row.org_id}/${row.pool}`, poolOfRow(row)]));
  for (const { org, value } of pools) state.keepPool(org, value, standing.get(`${org}/${value}`));
  return state;
}

function distinctPools(wants: Wants, chosen: (alone: boolean) => boolean): Scoped<string>[] {
  const named = wants.flatMap(({ org, value }) =>
    'pool' in value && chosen(value.alone ?? false) ? [{ org, value: value.pool }] : [],
  );
  return [...new Map(named.map((each) => [`${each.org}/${each.value}`, each])).values()];
}

async function lockPools(tx: Tx, pools: readonly Scoped<string>[]): Promise<PoolRow[]> {
  if (pools.length === 0) return [];
  return tx.prepared<PoolRow>(
    'rewards_lock_pools',
    `select ${POOL_COLUMNS} from unnest($1::bigint[], $2::text[]) u(o, n)
       join rewards.pool p on p.org_id = u.o and p.pool = u.n
      order by p.org_id, p.pool for update of p`,
    [int8s(pools.map(({ org }) => org)), texts(pools.map(({ value }) => value))],
  );
}

async function lockNamed(tx: Tx, wants: Wants): Promise<RewardRow[]> {
  const places = wants.flatMap(({ org, value }) =>
    'rewards' in value ? value.rewards.map((place) => ({ org, place })) : [],
  );
  const payments = wants.flatMap(({ org, value }) =>
    'payment' in value ? [{ org, payment: value.payment }] : [],
  );
  if (places.length + payments.length === 0) return [];
  return tx.prepared<RewardRow>(
    'rewards_lock',
    `with named(o, p, n) as (
       select u.o, u.p, u.n from unnest($1::bigint[], $2::uuid[], $3::smallint[]) u(o, p, n)
       union
       select r.org_id, r.payment_id, r.decision_no from unnest($4::bigint[], $5::uuid[]) u(o, p)
         join rewards.reward r on r.org_id = u.o and r.payment_id = u.p)
     select ${REWARD_COLUMNS} from named
       join rewards.reward r on r.org_id = named.o and r.payment_id = named.p and r.decision_no = named.n
      order by r.org_id, r.payment_id, r.decision_no for update of r`,
    [
      int8s(places.map(({ org }) => org)),
      uuids(places.map(({ place }) => place.paymentId)),
      int2s(places.map(({ place }) => place.decisionNo)),
      int8s(payments.map(({ org }) => org)),
      uuids(payments.map(({ payment }) => payment)),
    ],
  );
}

/** One more of a pool than is moved at once tells whether there is more. */
async function readWaiting(tx: Tx, pools: readonly Scoped<string>[]): Promise<RewardRow[]> {
  if (pools.length === 0) return [];
  return tx.prepared<RewardRow>(
    'rewards_waiting',
    `select ${REWARD_COLUMNS} from unnest($1::bigint[], $2::text[]) u(o, n)
      cross join lateral (
        select * from rewards.reward w where w.org_id = u.o and w.pool = u.n and w.state = 'pending'
         order by w.payment_id, w.decision_no limit ${TOGETHER_MAX + 1}) r`,
    [int8s(pools.map(({ org }) => org)), texts(pools.map(({ value }) => value))],
  );
}
