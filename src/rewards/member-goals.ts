import { type Day, dayOf } from '#kernel/day';
import type { MembersRoom } from '#members';
import { missing, type PoolAsked, type PoolProgress } from './pool-progress.ts';
import type { ListedPool } from './read-rewards.ts';

/** What the sales of pools have come to; counted by whoever decides on them. */
export type ProgressOf = (
  org: number,
  pools: readonly PoolAsked[],
) => Promise<ReadonlyMap<string, PoolProgress>>;

/** What a member is on the way to: bought so far, and what is missing. */
export interface Goal {
  readonly org: number;
  readonly offer: string;
  readonly until: Day | null;
  readonly reachAmount: number | null;
  readonly reachCount: number | null;
  readonly progress: PoolProgress;
  readonly missingAmount: number | null;
  readonly missingCount: number | null;
}

/** What each pool has come to, by `nameOf`: two sellers may have pools of one offer for one member. */
export async function progressIn(
  progressOf: ProgressOf,
  { orgs }: Pick<MembersRoom, 'orgs'>,
  now: Date,
  listed: readonly ListedPool[],
): Promise<ReadonlyMap<string, PoolProgress>> {
  const byOrg = Map.groupBy(listed, ({ org }) => org);
  const parts = await Promise.all(
    [...byOrg].map(async ([org, pools]) => {
      const today = dayOf(now, (await orgs.get(org)).value.org.zone);
      const asked = pools.map(({ pool: { pool, windowDays } }) => {
        return { pool, today, windowDays: windowDays ?? 1 };
      });
      const had = await progressOf(org, asked);
      return [...had].map(([pool, sums]) => [nameOf(org, pool), sums] as const);
    }),
  );
  return new Map(parts.flat());
}

/** The pools that are not reached yet. */
export function goalsIn(
  listed: readonly ListedPool[],
  progress: ReadonlyMap<string, PoolProgress>,
): Goal[] {
  return listed.flatMap(({ org, pool }) => {
    const had = progress.get(nameOf(org, pool.pool)) ?? { amount: 0, count: 0 };
    const { offer, until, reachAmount, reachCount } = pool;
    const missingAmount = missing(reachAmount, had.amount);
    const missingCount = missing(reachCount, had.count);
    if (missingAmount === 0 || missingCount === 0) return [];
    const asked = { org, offer, until, reachAmount, reachCount };
    return [{ ...asked, progress: had, missingAmount, missingCount }];
  });
}

export function nameOf(org: number, pool: string): string {
  return `${org}/${pool}`;
}
