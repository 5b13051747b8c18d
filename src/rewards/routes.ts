import { answer, bind, type Route } from '#platform/contract';
import { decodeCursor, page } from '#platform/http/page';
import * as contract from './contract.ts';
import type { Goal } from './member-goals.ts';
import { type DatedReward, memberRewards, type RewardsEdges } from './member-rewards.ts';
import { missing } from './pool-progress.ts';

export function rewardsRoutes(edges: RewardsEdges): Route[] {
  return [
    bind(contract.memberRewards, async (ctx, { params, query: { limit, cursor, state } }) => {
      const list = `rewards:${ctx.org}:${params.member_id}:${state ?? ''}`;
      const place = decodeCursor(list, cursor) as readonly [string, number] | undefined;
      const found = await memberRewards(edges, ctx, {
        memberId: params.member_id,
        state,
        before: place && { paymentId: place[0], decisionNo: place[1] },
        limit: limit + 1,
      });
      const { memberId, programmeId, ownerOrg } = found.member;
      const { growth: value, tier, next } = found.growth;
      return answer(200, {
        member_id: memberId,
        programme_id: programmeId,
        owner_org: ownerOrg,
        points: found.points,
        cashback: found.cashback,
        growth: { value, tier, next_tier: next?.tier ?? null, missing: next?.missing ?? null },
        next_arrival: found.nextArrival,
        goals: found.goals.map(goalShown),
        lots: found.lots.map(({ lotId, source, granted, remaining, expiresOn }) => ({
          lot_id: lotId,
          payment_id: source,
          granted,
          remaining,
          expires_on: expiresOn,
        })),
        ...page(found.rewards.map(rewardShown), limit, list, (reward) => [
          reward.payment_id,
          reward.decision_no,
        ]),
      });
    }),
  ];
}

function goalShown({ org, offer, until, progress, ...goal }: Goal) {
  return {
    org,
    offer_id: offer,
    until,
    amount: goal.reachAmount,
    count: goal.reachCount,
    bought_amount: progress.amount,
    bought_count: progress.count,
    missing_amount: goal.missingAmount,
    missing_count: goal.missingCount,
  };
}

function rewardShown(dated: DatedReward) {
  const { org, reward, availableOn, provisional, expiresOn } = dated;
  return {
    org,
    payment_id: reward.paymentId,
    decision_no: reward.decisionNo,
    kind: reward.kind,
    what: reward.what,
    amount: reward.amount,
    reversed: reward.reversed,
    cancelled: reward.cancelled,
    state: reward.state,
    granted_at: reward.grantedAt.toISOString(),
    available_on: availableOn,
    provisional,
    expires_on: expiresOn,
    waits_for: waitsFor(dated),
  };
}

function waitsFor({ reward, pool, progress }: DatedReward) {
  const { later, state } = reward;
  if (state !== 'pending' || later === null) return null;
  const { reachAmount = null, reachCount = null } = pool ?? {};
  return {
    type: pool === null ? ('day' as const) : pool.kind,
    business_days: pool?.businessDays ?? later.businessDays,
    until: later.until,
    amount: reachAmount,
    count: reachCount,
    missing_amount: missing(reachAmount, progress?.amount),
    missing_count: missing(reachCount, progress?.count),
  };
}
