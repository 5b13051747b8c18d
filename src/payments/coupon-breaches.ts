import { invariant } from '#platform/invariant';

/** What always holds between payments and coupons; of coupons that stand in a book not looked at it says nothing. */
export const coupons = invariant(
  'payments.coupons',
  '每条发券判定恰发出其张数，每张已用的券恰有一条未全额退款的判定',
  'Every decision that gives coupons gave that many, and every used coupon has exactly one decision, not wholly refunded',
  `select coalesce(d.org_id, i.seller_org) org_id, coalesce(d.payment_id, i.source) payment_id,
          coalesce(d.decision_no, i.source_no) decision_no, 'given' as what, d.amount as decided, i.quantity as stands
     from (select * from offers.v_decision
            where org_id = any($1) and owner_org = any($1) and kind = 'coupon' and amount > 0) d
     full join (select * from coupons.v_issue
                 where org_id = any($1) and seller_org = any($1) and kind = 'sale') i
       on i.org_id = d.owner_org and i.source = d.payment_id and i.source_no = d.decision_no
    where d.amount is distinct from i.quantity
    union all
   select coalesce(d.org_id, c.used_org), coalesce(d.payment_id, c.used_payment), null, 'used', d.count, (c.coupon_id is not null)::int
     from (select d.org_id, d.owner_org, d.payment_id, d.coupon_id, count(*) count
             from offers.v_decision d
             join payments.payment p
               on p.org_id = d.org_id and p.payment_id = d.payment_id and p.state in ('paid', 'part_refunded')
            where d.org_id = any($1) and d.owner_org = any($1) and d.coupon_id is not null group by 1, 2, 3, 4) d
     full join (select * from coupons.v_coupon
                 where org_id = any($1) and used_org = any($1) and state = 'used') c
       on c.org_id = d.owner_org and c.coupon_id::text = d.coupon_id and c.used_payment = d.payment_id
    where d.count is distinct from (c.coupon_id is not null)::int
    limit 100`,
);
