import { answer, bind, type Route } from '#platform/contract';
import { decodeCursor, page } from '#platform/http/page';
import * as contract from './contract.ts';
import { memberRewards, type RewardsEdges } from './member-rewards.ts';

export function rewardsRoutes(edges: RewardsEdges): Route[] {
  return [
    bind(contract.memberRewards, async (ctx, { params, query: { limit, cursor } }) => {
      const list = `rewards:${ctx.org}:${params.member_id}`;
      const place = decodeCursor(list, cursor) as readonly [string, number] | undefined;
      const before = place && { paymentId: place[0], decisionNo: place[1] };
      const found = await memberRewards(edges, ctx, params.member_id, { before, limit: limit + 1 });
      const { memberId, programmeId, ownerOrg } = found.member;
      const rewards = found.rewards.map(({ paymentId, decisionNo, grantedAt, ...rest }) => ({
        payment_id: paymentId,
        decision_no: decisionNo,
        ...rest,
        granted_at: grantedAt.toISOString(),
      }));
      return answer(200, {
        member_id: memberId,
        programme_id: programmeId,
        owner_org: ownerOrg,
        points: found.points,
        cashback: found.cashback,
        lots: found.lots.map(({ lotId, source, granted, remaining, expiresOn }) => ({
          lot_id: lotId,
          payment_id: source,
          granted,
          remaining,
          expires_on: expiresOn,
        })),
        ...page(rewards, limit, list, (reward) => [reward.payment_id, reward.decision_no]),
      });
    }),
  ];
}
