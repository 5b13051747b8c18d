import { int2s, int8s, texts, timestamps, uuids } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Part, Scoped } from '#platform/record/part';

/** Points or cashback that a payment granted to a member. */
export interface Reward {
  readonly paymentId: string;
  readonly decisionNo: number;
  readonly memberOrg: number;
  readonly memberId: string;
  readonly programmeId: string;
  readonly kind: 'points' | 'cashback';
  readonly amount: number;
  readonly grantedAt: Date;
}

/** Part of a reward that is taken back with a refund. */
export interface RewardTakenBack {
  readonly paymentId: string;
  readonly decisionNo: number;
  readonly amount: number;
}

export type RewardsItem =
  | { readonly kind: 'grant'; readonly rewards: readonly Reward[] }
  | { readonly kind: 'take-back'; readonly parts: readonly RewardTakenBack[] };

/** The rewards' share in a hot write. What was taken back is guarded by the row's own CHECK. */
export const rewardsPart: Part<never, null, RewardsItem> = {
  name: 'rewards',
  rank: 45,
  lock: async () => null,
  decide: () => () => undefined,
  async write(tx, items) {
    await Promise.all([insertRewards(tx, items), takeBack(tx, items)]);
  },
};

async function insertRewards(tx: Tx, items: readonly Scoped<RewardsItem>[]): Promise<void> {
  const rows = items.flatMap(({ org, value }) =>
    value.kind === 'grant' ? value.rewards.map((reward) => ({ org, reward })) : [],
  );
  if (rows.length === 0) return;
  await tx.join(
    'rewards_grant',
    `insert into rewards.reward (org_id, payment_id, decision_no, member_org, member_id, programme_id, kind, amount, state, granted_at)
     select u.o, u.p, u.n, u.m, u.i, u.g, u.k, u.a, 'available', u.t
       from unnest($1::bigint[], $2::uuid[], $3::smallint[], $4::bigint[], $5::uuid[], $6::uuid[], $7::text[], $8::bigint[], $9::timestamptz[])
         u(o, p, n, m, i, g, k, a, t)`,
    [
      int8s(rows.map(({ org }) => org)),
      uuids(rows.map(({ reward }) => reward.paymentId)),
      int2s(rows.map(({ reward }) => reward.decisionNo)),
      int8s(rows.map(({ reward }) => reward.memberOrg)),
      uuids(rows.map(({ reward }) => reward.memberId)),
      uuids(rows.map(({ reward }) => reward.programmeId)),
      texts(rows.map(({ reward }) => reward.kind)),
      int8s(rows.map(({ reward }) => reward.amount)),
      timestamps(rows.map(({ reward }) => reward.grantedAt)),
    ],
    rows.length,
  );
}

async function takeBack(tx: Tx, items: readonly Scoped<RewardsItem>[]): Promise<void> {
  const sums = new Map<
    string,
    { org: number; paymentId: string; decisionNo: number; amount: number }
  >();
  for (const { org, value } of items) {
    if (value.kind !== 'take-back') continue;
    for (const { paymentId, decisionNo, amount } of value.parts) {
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
