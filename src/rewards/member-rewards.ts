import { addDays, type Day, dayOf } from '#kernel/day';
import { must } from '#kernel/refusal';
import { account, type LedgerState, readState } from '#ledger';
import {
  allServed,
  type FoundMember,
  type Growth,
  growthOf,
  memberUnknown,
  type MembersRoom,
  sellersOf,
} from '#members';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { current } from '#platform/snapshot';
import { type Goal, goalsIn, nameOf, progressIn, type ProgressOf } from './member-goals.ts';
import type { PoolProgress } from './pool-progress.ts';
import { type ListedReward, listRewards, openPools, waitingFor } from './read-rewards.ts';
import { datesOf, type RewardDates } from './reward-dates.ts';
import type { RewardPlace, RewardState } from './reward.ts';

export interface RewardsEdges {
  readonly db: Database;
  readonly members: MembersRoom;
  readonly progressOf: ProgressOf;
}

/** What a member has and will have, and every reward with its date. */
export interface MemberRewards {
  readonly member: FoundMember;
  readonly points: Wallet & { readonly expiring: Expiring };
  readonly cashback: Wallet;
  readonly growth: Growth;
  /** The first day on which something that waits arrives, as far as one is known. */
  readonly nextArrival: Day | null;
  /** What more sales would reach, the first to end in front. */
  readonly goals: readonly Goal[];
  readonly lots: ReturnType<LedgerState['lots']>;
  readonly rewards: readonly DatedReward[];
}

interface Wallet {
  readonly posted: number;
  readonly available: number;
  readonly debt: number;
  readonly pending: number;
}

/** Points that expire within 30 days, and the last day of the first of them. */
interface Expiring {
  readonly points: number;
  readonly next: Day | null;
}

/** A reward with its days, and what is missing where it waits for more sales. */
export interface DatedReward extends ListedReward, RewardDates {
  readonly progress: PoolProgress | null;
}

const SOON_DAYS = 30;
const ALL: readonly RewardState[] = ['pending', 'available', 'reversed', 'cancelled'];

export interface MemberRewardsAsked {
  readonly memberId: string;
  readonly state?: RewardState | undefined;
  readonly before: RewardPlace | undefined;
  readonly limit: number;
}

/**
 * For the owner of the member's programme and for merchants whose stores serve it. Balances stand in the
 * owner's book; rewards, and what waits, in the book of whoever sold: the owner sees those of all sellers, another
 * merchant its own.
 * @throws Refused member_unknown
 */
export async function memberRewards(
  edges: RewardsEdges,
  ctx: Ctx,
  { memberId, state, before, limit }: MemberRewardsAsked,
): Promise<MemberRewards> {
  const { db, members } = edges;
  const member = await memberOf(members, ctx.org, memberId);
  const { ownerOrg: owner, programmeId } = member;
  const sellers = owner === ctx.org ? await sellersOf(db, owner, programmeId) : [ctx.org];
  const wallets = await readWallets(db, member);
  const { listed, waits, pools } = await db.read(sellers, async (tx) => ({
    listed: await listRewards(tx, {
      sellers,
      memberId,
      states: state === undefined ? ALL : [state],
      before,
      limit,
    }),
    waits: await waitingFor(tx, sellers, memberId),
    pools: await openPools(tx, sellers, memberId),
  }));
  const soon = addDays(await todayOf(members, owner, ctx.now), SOON_DAYS);
  const lots = wallets.lots.filter(({ expiresOn }) => expiresOn !== null && expiresOn <= soon);
  const expiring = {
    points: lots.reduce((sum, { remaining }) => sum + remaining, 0),
    next: lots[0]?.expiresOn ?? null,
  };
  return {
    member,
    points: { ...wallets.points, pending: waits.points, expiring },
    cashback: { ...wallets.cashback, pending: waits.cashback },
    growth: await growthOf(db, owner, memberId),
    nextArrival: waits.next,
    goals: goalsIn(pools, await progressIn(edges.progressOf, members, ctx.now, pools)),
    lots: wallets.lots,
    rewards: await dated(edges, ctx.now, listed),
  };
}

type Account = ReturnType<typeof account>;

async function readWallets(db: Database, { ownerOrg: owner, memberId }: FoundMember) {
  const [points, owed, money, moneyOwed] = (['2210', '1231', '2031', '1230'] as const).map((code) =>
    account(code, memberId),
  ) as [Account, Account, Account, Account];
  const wants = [points, owed, money, moneyOwed].map((ref) => ({
    org: owner,
    value: { account: ref, lots: ref === points },
  }));
  const state = await db.read([owner], (tx) => readState(tx, wants));
  const walletOf = (ref: Account, debt: Account) => ({
    posted: state.account(owner, ref).posted,
    available: state.available(owner, ref),
    debt: state.account(owner, debt).posted,
  });
  return {
    points: walletOf(points, owed),
    cashback: walletOf(money, moneyOwed),
    lots: state.lots(owner, points),
  };
}

async function todayOf({ orgs }: MembersRoom, org: number, now: Date): Promise<Day> {
  return dayOf(now, (await orgs.get(org)).value.org.zone);
}

async function dated(
  { members, progressOf }: RewardsEdges,
  now: Date,
  listed: readonly ListedReward[],
): Promise<DatedReward[]> {
  const zones = new Map<number, string>();
  for (const org of new Set(listed.map((each) => each.org)))
    zones.set(org, (await members.orgs.get(org)).value.org.zone);
  const reached = listed.flatMap(({ org, pool }) =>
    pool?.kind === 'reached' ? [{ org, pool }] : [],
  );
  const progress = await progressIn(progressOf, members, now, reached);
  return listed.map((each): DatedReward => {
    const zone = zones.get(each.org) ?? '';
    const had =
      each.pool?.kind === 'reached' ? progress.get(nameOf(each.org, each.pool.pool)) : undefined;
    return { ...each, ...datesOf(each, (at) => dayOf(at, zone)), progress: had ?? null };
  });
}

async function memberOf(members: MembersRoom, org: number, memberId: string): Promise<FoundMember> {
  const served = allServed((await current(members.db, members.programmes, org)).value);
  const owners = new Set([org, ...served.map(({ ownerOrg }) => ownerOrg)]);
  const found = await Promise.all(
    [...owners].map((owner) => members.lookUp.byId({ org: owner, memberId })),
  );
  const member = found.find(
    (each) =>
      each &&
      (each.ownerOrg === org || served.some(({ programmeId }) => programmeId === each.programmeId)),
  );
  must(member, memberUnknown);
  return member;
}
