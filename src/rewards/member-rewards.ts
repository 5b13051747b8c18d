import { must } from '#kernel/refusal';
import { account, type LedgerState, readState } from '#ledger';
import { allServed, type FoundMember, memberUnknown, type MembersRoom } from '#members';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { current } from '#platform/snapshot';
import { type GrantedReward, grantsOf, type RewardPlace } from './read-rewards.ts';

export interface RewardsEdges {
  readonly db: Database;
  readonly members: MembersRoom;
}

/** What a member has of points and cashback, and what the sales of the asking org granted. */
export interface MemberRewards {
  readonly member: FoundMember;
  readonly points: Wallet;
  readonly cashback: Wallet;
  readonly lots: ReturnType<LedgerState['lots']>;
  readonly rewards: readonly GrantedReward[];
}

interface Wallet {
  readonly posted: number;
  readonly available: number;
  readonly debt: number;
}

/**
 * For the owner of the member's programme and for merchants whose stores serve it. Balances stand in the
 * owner's book; rewards in the book of whoever sold.
 * @throws Refused member_unknown
 */
export async function memberRewards(
  { db, members }: RewardsEdges,
  ctx: Ctx,
  memberId: string,
  page: { readonly before: RewardPlace | undefined; readonly limit: number },
): Promise<MemberRewards> {
  const member = await memberOf(members, ctx.org, memberId);
  const { ownerOrg: owner } = member;
  const [wallet, owed, money, moneyOwed] = (['2210', '1231', '2031', '1230'] as const).map((code) =>
    account(code, memberId),
  ) as [Account, Account, Account, Account];
  const wants = [wallet, owed, money, moneyOwed].map((ref) => ({
    org: owner,
    value: { account: ref, lots: ref === wallet },
  }));
  const state = await db.read([owner], (tx) => readState(tx, wants));
  const walletOf = (ref: Account, debt: Account): Wallet => ({
    posted: state.account(owner, ref).posted,
    available: state.available(owner, ref),
    debt: state.account(owner, debt).posted,
  });
  return {
    member,
    points: walletOf(wallet, owed),
    cashback: walletOf(money, moneyOwed),
    lots: state.lots(owner, wallet),
    rewards: await db.read([ctx.org], (tx) => grantsOf(tx, ctx.org, memberId, page)),
  };
}

type Account = ReturnType<typeof account>;

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
