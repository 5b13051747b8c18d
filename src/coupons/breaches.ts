import { invariant, type Invariant } from '#platform/invariant';

const SHOWN_MAX = 100;

const states = invariant(
  'coupons.states',
  '每个模板发出的券等于可用、已用、到期、冲回与作废的券之和',
  'Of every template, the coupons given are those available, used, expired, reversed and forfeited',
  `select t.org_id, t.code, coalesce(i.issued, 0) issued, coalesce(c.there, 0) there
     from coupons.template t
     left join (select org_id, template_id, sum(quantity) issued from coupons.issue
                 where org_id = any($1) group by 1, 2) i
       on i.org_id = t.org_id and i.template_id = t.template_id
     left join (select org_id, template_id, count(*) there from coupons.coupon
                 where org_id = any($1) group by 1, 2) c
       on c.org_id = t.org_id and c.template_id = t.template_id
    where t.org_id = any($1) and coalesce(i.issued, 0) <> coalesce(c.there, 0)
    limit ${SHOWN_MAX}`,
);

const issues = invariant(
  'coupons.issues',
  '每次发券的数量等于其名下的券，模板与会员一致',
  'Every issue has as many coupons as it says, of its template and for its member',
  `select i.org_id, i.source, i.source_no, i.quantity, c.there, c.alike
     from coupons.issue i
     left join lateral (
       select count(*) there, count(*) filter (
                where c.template_id = i.template_id and c.member_id is not distinct from i.member_id) alike
         from coupons.coupon c
        where c.org_id = i.org_id and c.source = i.source and c.source_no = i.source_no) c on true
    where i.org_id = any($1) and (i.quantity <> c.there or c.there <> c.alike)
    limit ${SHOWN_MAX}`,
);

/** What a coupon is after its last move. */
const moves = invariant(
  'coupons.moves',
  '每张券的状态与其最后一次变动一致，变动无缺号',
  'What a coupon is agrees with its last move, and none of its moves is missing',
  `select c.org_id, c.coupon_id, c.state, c.revoked, c.moves, m.count, m.last
     from coupons.coupon c
     left join (select org_id, coupon_id, count(*) count, (array_agg(kind order by move_no desc))[1] last,
                       bool_or(kind = 'revoked') revoked
                  from coupons.move where org_id = any($1) group by 1, 2) m
       on m.org_id = c.org_id and m.coupon_id = c.coupon_id
    where c.org_id = any($1)
      and (c.moves <> coalesce(m.count, 0) or c.revoked <> coalesce(m.revoked, false)
        or c.state <> case coalesce(m.last, 'restored')
             when 'used' then 'used' when 'revoked' then 'used' when 'expired' then 'expired'
             when 'reversed' then 'reversed' when 'forfeited' then 'forfeited' when 'voided' then 'forfeited'
             else 'available' end)
    limit ${SHOWN_MAX}`,
);

const uses = invariant(
  'coupons.uses',
  '券的使用与归还交替：已用的券恰比归还多用一次，且记着那笔交易',
  'A coupon is used once more than it came back while it is used, else as often; and names the sale that used it',
  `select c.org_id, c.coupon_id, c.state, c.used_payment, m.used, m.back, m.last_use
     from coupons.coupon c
     join (select org_id, coupon_id, count(*) filter (where kind = 'used') used,
                  count(*) filter (where kind in ('restored', 'reissued', 'forfeited')
                                      or (kind = 'reversed' and was_used)) back,
                  (array_agg(source order by move_no desc) filter (where kind = 'used'))[1] last_use
             from (select *, coalesce(lag(kind) over (partition by org_id, coupon_id order by move_no)
                                        in ('used', 'revoked'), false) was_used
                     from coupons.move where org_id = any($1)) v
            group by 1, 2) m
       on m.org_id = c.org_id and m.coupon_id = c.coupon_id
    where c.org_id = any($1)
      and (m.used - m.back <> (c.state = 'used')::int
        or c.state = 'used' and c.used_payment is distinct from m.last_use)
    limit ${SHOWN_MAX}`,
);

const limits = invariant(
  'coupons.limits',
  '有限量的模板：计数等于未冲回的券，且不超过总量与每人限量',
  'Of a limited template, what is counted are the coupons not taken back, and no limit is passed',
  `select k.org_id, k.template_id, k.subject, k.there, y.count, k.most
     from (select t.org_id, t.template_id, t.template_id subject, t.quantity most, count(c.coupon_id) there
             from coupons.template t
             left join coupons.coupon c on c.org_id = t.org_id and c.template_id = t.template_id
              and c.state <> 'reversed' and not c.revoked
            where t.org_id = any($1) and t.quantity is not null group by 1, 2, 3, 4
           union all
           select t.org_id, t.template_id, c.member_id, t.per_member, count(*)
             from coupons.template t
             join coupons.coupon c on c.org_id = t.org_id and c.template_id = t.template_id
              and c.state <> 'reversed' and not c.revoked and c.member_id is not null
            where t.org_id = any($1) and t.per_member is not null group by 1, 2, 3, 4) k
     left join coupons.tally y
       on y.org_id = k.org_id and y.template_id = k.template_id and y.subject = k.subject
    where k.there > k.most or k.there <> coalesce(y.count, 0)
    limit ${SHOWN_MAX}`,
);

/** For the audit, in one read of the books. */
export const couponsInvariants: readonly Invariant[] = [states, issues, moves, uses, limits];
