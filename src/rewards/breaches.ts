import { dayOf } from '#kernel/day';
import { type Invariant, invariant } from '#platform/invariant';
import { ARRIVAL_TIMER } from './grant-rewards.ts';
import { GROWTH_TIMER } from './grow-away.ts';
import { POOL_TIMER } from './pool.ts';

/** The org's own clock and zone. */
export type RewardsClock = (org: number) => { readonly now: Date; readonly zone: string };

const LATE_MS = 60_000;

/** What must hold of rewards over time. */
export function rewardsInvariants(clock: RewardsClock): Invariant[] {
  return [waiting, paid, timers, dueArrived(clock), growth];
}

const waiting = invariant(
  'rewards.waiting',
  '待到账的奖励之和等于会员与商户的待到账账户余额',
  'What waits for each member, and for the merchant, is what the books hold for them to wait',
  `with waits as (
     select org_id, case when to_merchant then '2020' when kind = 'points' then '2212' else '2030' end code,
            case when to_merchant then '-' else member_id::text end as owner, sum(amount - reversed) rewards
       from rewards.reward where org_id = any($1) and state = 'pending' group by 1, 2, 3),
   held as (select org_id, code, owner, posted from ledger.v_balance
             where org_id = any($1) and code in ('2020', '2030', '2212'))
   select org_id, code, owner, coalesce(w.rewards, 0) rewards, coalesce(h.posted, 0) posted
     from waits w full join held h using (org_id, code, owner)
    where coalesce(w.rewards, 0) <> coalesce(h.posted, 0) limit 20`,
);

const paid = invariant(
  'rewards.paid',
  '每份非即时奖励的出资之和等于其剩余金额',
  'What was paid of a reward that did not come with its sale is what is left of it',
  `select r.org_id, r.payment_id, r.decision_no, r.state, r.amount, r.reversed, r.cancelled, p.sum paid
     from rewards.reward r
     cross join lateral (select coalesce(sum((f->>'amount')::bigint), 0) sum from json_array_elements(r.paid) f) p
    where r.org_id = any($1) and r.paid is not null and p.sum <> r.amount - r.reversed - r.cancelled limit 20`,
);

const timers = invariant(
  'rewards.timers',
  '每份待到账奖励所在的池未结束，且有定时任务使其到账或取消',
  'What waits has an open pool or a day, and a timer that lets it arrive or ends it',
  `with waits as (select * from rewards.reward where org_id = any($1) and state = 'pending')
   select w.org_id, w.pool, w.payment_id, 'no open pool' fault from waits w
     left join rewards.pool p on p.org_id = w.org_id and p.pool = w.pool
    where w.pool is not null and (p.pool is null or p.state = 'over')
   union all
   select distinct w.org_id, w.pool, null::uuid, 'no timer' from waits w
     join rewards.pool p on p.org_id = w.org_id and p.pool = w.pool
     left join platform.v_timer t on t.org_id = p.org_id and t.kind = '${POOL_TIMER}' and t.dedupe = p.pool
    where t.dedupe is null and (p.kind = 'quiet' or p.state = 'arriving' or w.until is not null)
   union all
   select distinct w.org_id, w.due_on::text, null::uuid, 'no timer' from waits w
     left join platform.v_timer t on t.org_id = w.org_id and t.kind = '${ARRIVAL_TIMER}' and t.dedupe = w.due_on::text
    where w.pool is null and t.dedupe is null
   union all
   select p.org_id, p.pool, null::uuid, 'no timer' from rewards.pool p
     left join platform.v_timer t on t.org_id = p.org_id and t.kind = '${POOL_TIMER}' and t.dedupe = p.pool
    where p.org_id = any($1) and p.state = 'reopening' and t.dedupe is null limit 20`,
);

function dueArrived(clock: RewardsClock): Invariant {
  return {
    id: 'rewards.due',
    says: {
      zh: '没有到期超过 60 秒仍未到账或取消的奖励',
      en: 'No reward has been due for 60 s without having arrived or ended',
    },
    breaches: (tx, orgs) => {
      const late = orgs.map((org) => {
        const { now, zone } = clock(org);
        const before = new Date(now.getTime() - LATE_MS);
        return { before, day: dayOf(before, zone) };
      });
      return tx.query(
        `select r.org_id, r.payment_id, r.decision_no, r.pool, r.due_on, r.until, p.due_on pool_due
           from unnest($1::bigint[], $2::date[], $3::timestamptz[]) u(org, late_day, before)
           join rewards.reward r on r.org_id = u.org and r.state = 'pending'
           left join rewards.pool p on p.org_id = r.org_id and p.pool = r.pool
          where coalesce(p.due_on, r.due_on) <= u.late_day or r.until < u.late_day
             or (p.state = 'arriving' and p.changed_at < u.before)
         union all
         select p.org_id, null, null, p.pool, null, null, null
           from unnest($1::bigint[], $2::date[], $3::timestamptz[]) u(org, late_day, before)
           join rewards.pool p on p.org_id = u.org and p.state = 'reopening' and p.changed_at < u.before limit 20`,
        [orgs, late.map(({ day }) => day), late.map(({ before }) => before)],
      );
    },
  };
}

const growth: Invariant = {
  ...invariant(
    'rewards.growth',
    '会员的成长值等于各账簿授予其成长值之和（含在途）',
    'The growth value of a member is what all books granted, but for what is on its way',
    `with granted as (
       select member_org org_id, member_id, sum(amount - reversed) growth from rewards.reward
        where org_id = any($1) and kind = 'growth' group by 1, 2),
     coming as (
       select (payload->>'owner')::bigint org_id, (payload->>'memberId')::uuid member_id, sum((payload->>'amount')::bigint) growth
         from platform.v_timer where org_id = any($1) and kind = '${GROWTH_TIMER}' group by 1, 2)
     select org_id, member_id, coalesce(m.growth, 0) growth, coalesce(g.growth, 0) granted, coalesce(c.growth, 0) coming
       from granted g full join members.v_growth m using (org_id, member_id) left join coming c using (org_id, member_id)
      where coalesce(m.growth, 0) + coalesce(c.growth, 0) <> coalesce(g.growth, 0) and org_id = any($1) limit 20`,
  ),
  overAllBooks: true,
};
