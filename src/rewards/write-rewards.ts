import { int2s, int8s, texts, timestamps, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { Pool } from './pool.ts';
import { POOL_NAMES, POOL_TYPES, rowOfPool } from './pool-rows.ts';
import { REWARD_NAMES, REWARD_TYPES, rowOfReward } from './reward-rows.ts';
import type { Reward } from './reward.ts';
import type { RewardsItem, RewardsState } from './rewards-state.ts';

type Items = readonly Scoped<RewardsItem>[];
type Standing = { readonly org: number; readonly reward: Reward };

/** Writes rewards and pools as they stand after the whole batch. Issues its statements before its first await. */
export async function writeRewards(tx: Tx, items: Items, state: RewardsState): Promise<void> {
  const granted = items.flatMap(({ org, value }) =>
    value.kind === 'grant' ? value.rewards.map((reward) => ({ org, reward })) : [],
  );
  const fresh = new Set(granted.map(({ reward }) => reward));
  await Promise.all([
    insertPlain(tx, granted.filter(isPlain)),
    insertOthers(
      tx,
      granted.filter((each) => !isPlain(each)),
    ),
    update(
      tx,
      [...state.moved()].filter(({ reward }) => !fresh.has(reward)),
    ),
    takeBack(tx, items, state),
    writePools(tx, items),
  ]);
}

/** Points and cashback of a member that were available with the sale: nearly all there are. */
function isPlain({ reward }: Standing): boolean {
  return reward.later === null && reward.member !== null && !reward.toMerchant && !reward.what;
}

async function insertPlain(tx: Tx, rows: readonly Standing[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.join(
    'rewards_grant',
    `insert into rewards.reward (org_id, payment_id, decision_no, member_org, member_id, programme_id, kind, amount, state,
                                 granted_at, expires_on)
     select u.o, u.p, u.n, u.m, u.i, u.g, u.k, u.a, 'available', u.t, u.e::date
       from unnest($1::bigint[], $2::uuid[], $3::smallint[], $4::bigint[], $5::uuid[], $6::uuid[], $7::text[], $8::bigint[],
                   $9::timestamptz[], $10::text[]) u(o, p, n, m, i, g, k, a, t, e)`,
    [
      int8s(rows.map(({ org }) => org)),
      uuids(rows.map(({ reward }) => reward.paymentId)),
      int2s(rows.map(({ reward }) => reward.decisionNo)),
      int8s(rows.map(({ reward }) => reward.member?.ownerOrg ?? null)),
      uuids(rows.map(({ reward }) => reward.member?.memberId ?? null)),
      uuids(rows.map(({ reward }) => reward.member?.programmeId ?? null)),
      texts(rows.map(({ reward }) => reward.kind)),
      int8s(rows.map(({ reward }) => reward.amount)),
      timestamps(rows.map(({ reward }) => reward.grantedAt)),
      texts(rows.map(({ reward }) => reward.expiresOn)),
    ],
    rows.length,
  );
}

async function insertOthers(tx: Tx, rows: readonly Standing[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.join(
    'rewards_grant_others',
    `insert into rewards.reward (${REWARD_NAMES})
     select ${REWARD_NAMES} from jsonb_to_recordset($1::jsonb) as r(${REWARD_TYPES})`,
    [JSON.stringify(rows.map(({ org, reward }) => rowOfReward(org, reward)))],
    rows.length,
  );
}

async function update(tx: Tx, rows: readonly Standing[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.join(
    'rewards_move',
    `update rewards.reward r
        set state = u.state, reversed = u.reversed, cancelled = u.cancelled, expires_on = u.expires_on,
            arrived_at = u.arrived_at, paid = u.paid
       from jsonb_to_recordset($1::jsonb) as u(${REWARD_TYPES})
      where r.org_id = u.org_id and r.payment_id = u.payment_id and r.decision_no = u.decision_no`,
    [JSON.stringify(rows.map(({ org, reward }) => rowOfReward(org, reward)))],
    rows.length,
  );
}

/** What was not locked was available with its sale; its own CHECK guards what is taken back. */
async function takeBack(tx: Tx, items: Items, state: RewardsState): Promise<void> {
  const sums = new Map<
    string,
    { org: number; paymentId: string; decisionNo: number; amount: number }
  >();
  for (const { org, value } of items) {
    if (value.kind !== 'take-back') continue;
    for (const part of value.parts) {
      if (state.reward(org, part)) continue;
      const { paymentId, decisionNo, amount } = part;
      const key = `${org}/${paymentId}/${decisionNo}`;
      const sum = sums.get(key);
      if (sum) sum.amount += amount;
      else sums.set(key, { org, paymentId, decisionNo, amount });
    }
  }
  if (sums.size === 0) return;
  const rows = [...sums.values()];
  await tx.change(
    'rewards_take_back',
    `update rewards.reward r set reversed = r.reversed + u.a,
            state = case when r.reversed + u.a = r.amount then 'reversed' else r.state end
       from unnest($1::bigint[], $2::uuid[], $3::smallint[], $4::bigint[]) u(o, p, n, a)
      where r.org_id = u.o and r.payment_id = u.p and r.decision_no = u.n`,
    [
      int8s(rows.map(({ org }) => org)),
      uuids(rows.map(({ paymentId }) => paymentId)),
      int2s(rows.map(({ decisionNo }) => decisionNo)),
      int8s(rows.map(({ amount }) => amount)),
    ],
    rows.length,
  );
}

/** Two first sales of a quiet pool may be written at the same time: the later day stands. */
async function writePools(tx: Tx, items: Items): Promise<void> {
  const last = new Map<string, { readonly org: number; readonly pool: Pool }>();
  for (const { org, value } of items) {
    if (value.kind !== 'pool') continue;
    last.set(`${org}/${value.pool.pool}`, { org, pool: value.pool });
  }
  const pools = [...last.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  if (pools.length === 0) return;
  await tx.join(
    'rewards_pools',
    `insert into rewards.pool as p (${POOL_NAMES})
     select ${POOL_NAMES} from jsonb_to_recordset($1::jsonb) as r(${POOL_TYPES})
     on conflict (org_id, pool) do update
       set kind = excluded.kind, offer_id = excluded.offer_id, member_id = excluded.member_id, state = excluded.state, reach_amount = excluded.reach_amount,
           reach_count = excluded.reach_count, until = excluded.until, window_days = excluded.window_days, changed_at = excluded.changed_at,
           (last_on, business_days, due_on, provisional) = (
             select l.last_on, l.business_days, l.due_on, l.provisional
               from (values (p.last_on, p.business_days, p.due_on, p.provisional, p.state = 'open'),
                            (excluded.last_on, excluded.business_days, excluded.due_on, excluded.provisional, true))
                 l(last_on, business_days, due_on, provisional, counts)
              where l.counts order by l.due_on desc limit 1)`,
    [JSON.stringify(pools.map(({ org, pool }) => rowOfPool(org, pool)))],
    pools.length,
  );
}
