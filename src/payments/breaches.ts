import type { Invariant } from '#platform/invariant';
import { coupons } from './coupon-breaches.ts';

const SHOWN_MAX = 100;

/** The accounts that money comes into: the till, and what others clear. */
const MONEY = `('1110', '1120', '1130', '1140', '1145', '1150')`;

/** The account that the charge `c` stands in. */
const MONEY_OF_CHARGE = `case when c.tender = 'card' then '1110'
  when c.tender = 'wallet' then case c.wallet when 'wechat' then '1120' when 'alipay' then '1130'
                                              when 'unionpay' then '1140' else '1145' end
  else '1150' end`;

const refunds: Invariant = {
  id: 'payments.refunds',
  says: {
    zh: '每笔支付的已退金额等于其各次退款之和，连同扣留部分不超过应收',
    en: 'What was refunded of a payment is the sum of its refunds and, with what was withheld, never more than was due',
  },
  breaches: (tx, orgs) =>
    tx.query(
      `select p.org_id, p.payment_id, p.due, p.refunded, coalesce(r.sum, 0) refunds, coalesce(r.withheld, 0) withheld
         from payments.payment p
         left join (select org_id, payment_id, sum(amount) sum, sum(withheld) withheld from payments.refund
                     where org_id = any($1) and payment_id is not null group by 1, 2) r
           on r.org_id = p.org_id and r.payment_id = p.payment_id
        where p.org_id = any($1) and (p.refunded + coalesce(r.withheld, 0) > p.due or p.refunded <> coalesce(r.sum, 0)) limit ${SHOWN_MAX}`,
      [orgs],
    ),
};

const charges: Invariant = {
  id: 'payments.charges',
  says: {
    zh: '每笔支付的各项收款之和等于应收，其退款之和等于已退',
    en: 'The charges of a payment sum to what was due, and what went back of them to what was refunded',
  },
  breaches: (tx, orgs) =>
    tx.query(
      `select p.org_id, p.payment_id, p.due, p.refunded, c.amount charged, c.refunded charged_back
         from payments.payment p
         left join (select org_id, payment_id, sum(amount) amount, sum(refunded) refunded from payments.charge
                     where org_id = any($1) and state = 'approved' group by 1, 2) c
           on c.org_id = p.org_id and c.payment_id = p.payment_id
        where p.org_id = any($1) and p.state not in ('open', 'cancelled')
          and (coalesce(c.amount, 0) <> p.due or coalesce(c.refunded, 0) <> p.refunded) limit ${SHOWN_MAX}`,
      [orgs],
    ),
};

const tenders: Invariant = {
  id: 'payments.tenders',
  says: {
    zh: '每笔收款的已退金额等于各次退款中该收款之和',
    en: 'What went back of each charge is the sum of what the refunds gave back of it',
  },
  breaches: (tx, orgs) =>
    tx.query(
      `select c.org_id, c.payment_id, c.charge_no, c.refunded, r.charged
         from payments.charge c
         join (select org_id, payment_id, no - 1 charge_no, sum(u.part) charged
                 from payments.refund cross join lateral unnest(charged) with ordinality u(part, no)
                where org_id = any($1) and payment_id is not null group by 1, 2, 3) r
           on r.org_id = c.org_id and r.payment_id = c.payment_id and r.charge_no = c.charge_no
        where c.org_id = any($1) and c.refunded <> r.charged
          and not exists (select from payments.refund o where o.org_id = c.org_id and o.payment_id = c.payment_id
                                                          and o.charged is null)
        limit ${SHOWN_MAX}`,
      [orgs],
    ),
};

const states: Invariant = {
  id: 'payments.states',
  says: {
    zh: '支付状态与其退款记录一致',
    en: 'The state of a payment agrees with its refunds',
  },
  breaches: (tx, orgs) =>
    tx.query(
      `select p.org_id, p.payment_id, p.state, coalesce(r.backs, 0) backs, coalesce(r.voids, 0) voids
         from payments.payment p
         left join (select org_id, payment_id, count(*) filter (where kind = 'refund') backs,
                           count(*) filter (where kind = 'void') voids, sum(withheld) withheld
                      from payments.refund where org_id = any($1) and payment_id is not null group by 1, 2) r
           on r.org_id = p.org_id and r.payment_id = p.payment_id
        where p.org_id = any($1) and not case p.state
            when 'voided' then coalesce(r.voids, 0) = 1 and coalesce(r.backs, 0) = 0 and p.refunded = p.due
            when 'refunded' then coalesce(r.voids, 0) = 0 and r.backs > 0 and p.refunded + r.withheld = p.due
            when 'part_refunded' then coalesce(r.voids, 0) = 0 and r.backs > 0
            else coalesce(r.voids, 0) + coalesce(r.backs, 0) = 0 and p.refunded = 0 end
        limit ${SHOWN_MAX}`,
      [orgs],
    ),
};

const journals: Invariant = {
  id: 'payments.journals',
  says: {
    zh: '每笔支付与退款都有凭证，其收款分录等于应收或退款额',
    en: 'Every payment and refund has its journal, whose money legs are what was due or given back',
  },
  breaches: (tx, orgs) =>
    tx.query(
      `select m.org_id, m.kind, m.id, m.cash, m.journal_id, j.cash booked
         from (select org_id, 'sale' kind, payment_id id, store_id::text store, due cash, journal_id
                 from payments.payment where org_id = any($1) and state not in ('open', 'cancelled')
               union all
               select org_id, kind, refund_id, store_id::text, -amount, journal_id
                 from payments.refund where org_id = any($1)) m
         left join (select org_id, journal_id, source, max(owner) filter (where code in ${MONEY}) store,
                           coalesce(sum(amount) filter (where code in ${MONEY}), 0) cash
                      from ledger.v_leg where org_id = any($1) and kind in ('sale', 'refund', 'void', 'return')
                     group by 1, 2, 3) j
           on j.org_id = m.org_id and j.journal_id = m.journal_id
        where case when m.journal_id is null then m.cash <> 0
                   else j.source is distinct from m.id or m.cash <> j.cash or (m.cash <> 0 and j.store <> m.store) end
        limit ${SHOWN_MAX}`,
      [orgs],
    ),
};

const rewards: Invariant = {
  id: 'payments.rewards',
  says: {
    zh: '每份奖励等于其判定，已收回部分等于各次退款收回之和',
    en: 'Every reward is its decision, and what was taken back of it is the sum over the refunds',
  },
  breaches: (tx, orgs) =>
    tx.query(
      `select d.org_id, d.payment_id, d.decision_no, d.amount, w.amount rewarded, w.reversed, coalesce(b.sum, 0) taken_back
         from offers.v_decision d
         join offers.v_arrival a using (org_id, payment_id, decision_no)
         left join rewards.v_reward w
           on w.org_id = d.org_id and w.payment_id = d.payment_id and w.decision_no = d.decision_no
         left join (select r.org_id, r.payment_id, (e->>'decisionNo')::int decision_no, sum((e->>'amount')::bigint) sum
                      from payments.refund r cross join lateral json_array_elements(r.clawback) e
                     where r.org_id = any($1) group by 1, 2, 3) b
           on b.org_id = d.org_id and b.payment_id = d.payment_id and b.decision_no = d.decision_no
        where d.org_id = any($1)
          and case when d.kind in ('discount', 'coupon') or d.amount = 0
                     then w.amount is not null or coalesce(b.sum, 0) > d.amount
                   else w.amount is distinct from d.amount or w.kind is distinct from d.kind
                     or w.to_merchant <> (a.recipient is not null) or w.what is distinct from a.what
                     or w.pool is distinct from a.pool or (a.arrival = 'on') <> (w.due_on is not null)
                     or (a.arrival = 'instant' and w.state in ('pending', 'cancelled'))
                     or w.reversed is distinct from coalesce(b.sum, 0) end
        limit ${SHOWN_MAX}`,
      [orgs],
    ),
};

const days: Invariant = {
  id: 'payments.days',
  says: {
    zh: '每店每日各方式的收款减退款等于账簿中该店当日对应科目的变动',
    en: 'Per store, day and tender, charges less refunds are what the books moved in the till or clearing',
  },
  breaches: (tx, orgs) =>
    tx.query(
      `with moved as (
         select p.org_id, p.business_day as day, p.store_id store, ${MONEY_OF_CHARGE} code, c.amount
           from payments.payment p join payments.charge c on c.org_id = p.org_id and c.payment_id = p.payment_id
          where p.org_id = any($1) and p.state not in ('open', 'cancelled')
         union all
         select r.org_id, r.business_day, r.store_id, ${MONEY_OF_CHARGE}, -r.charged[c.charge_no + 1]
           from payments.refund r join payments.charge c on c.org_id = r.org_id and c.payment_id = r.payment_id
          where r.org_id = any($1) and r.charged is not null
         union all
         select org_id, business_day, store_id, '1150', -amount
           from payments.refund where org_id = any($1) and charged is null)
       select coalesce(m.org_id, l.org_id) org_id, coalesce(m.day, l.day) as day, coalesce(m.store, l.store) store,
              coalesce(m.code, l.code) code, m.moved, l.booked
         from (select org_id, day, store::text store, code, sum(amount) moved from moved group by 1, 2, 3, 4) m
         full join (select org_id, value_date as day, owner store, code, sum(amount) booked from ledger.v_leg
                     where org_id = any($1) and code in ${MONEY} and kind in ('sale', 'refund', 'void', 'return')
                     group by 1, 2, 3, 4) l
           on l.org_id = m.org_id and l.day = m.day and l.store = m.store and l.code = m.code
        where coalesce(m.moved, 0) <> coalesce(l.booked, 0) limit ${SHOWN_MAX}`,
      [orgs],
    ),
};

/** What always holds of payments, refunds, their rewards and their journals. */
export const paymentsInvariants: readonly Invariant[] = [
  refunds,
  charges,
  tenders,
  states,
  journals,
  rewards,
  coupons,
  days,
];
