import type { Invariant } from '#platform/invariant';
import { auditSums } from './audit-sums.ts';

/** Legs that are on their way to another book, and what the relay will add to them. */
const FLIGHT = `flight as (
  select x.* from ledger.xfer x
   where x.org_id = any($1) and x.dir = 'out' and x.state = 'sent' and not exists (
     select from ledger.xfer i where i.org_id = x.peer_org and i.xfer_id = x.xfer_id and i.dir = 'in')),
 coming as (
  select f.peer_org org_id, l.code, l.owner, l.amount from flight f
    cross join lateral jsonb_to_recordset(f.peer->'legs') l(code text, owner text, amount bigint)
  union all
  select f.peer_org, t.code, t.owner, t.amount from flight f cross join lateral (values
    ('1911', f.org_id::text, -(f.peer->'takeBack'->>'points')::bigint),
    ('1910', f.org_id::text, -(f.peer->'takeBack'->>'cashback')::bigint),
    ('2210', '-', (f.peer->'takeBack'->>'points')::bigint)) t(code, owner, amount)
   where f.peer ? 'takeBack')`;

/** Every account's sum of entries, with what is coming. */
const ACCOUNTS = `${FLIGHT},
 sums as (
  select a.org_id, a.code, a.owner, s.total amount from ledger.account a
    join audit_sum s on s.org_id = a.org_id and s.account_id = a.account_id where a.org_id = any($1)
  union all select * from coming where org_id = any($1))`;

function between(
  id: string,
  zh: string,
  en: string,
  sql: string,
  more: Pick<Invariant, 'overAllBooks'> = {},
): Invariant {
  return {
    id,
    says: { zh, en },
    ...more,
    async breaches(tx, orgs) {
      await auditSums(tx, orgs);
      return tx.query(sql, [orgs]);
    },
  };
}

export const budgetInvariants: readonly Invariant[] = [
  between(
    'I8',
    '各账簿已发积分之和等于会员积分（含待到账）减会员欠分',
    "Points issued over all books are the members' points, those that wait with them, less their debts",
    `with ${ACCOUNTS}
     select sum(amount) filter (where code = '1430') issued, -sum(amount) filter (where code in ('2210', '2212')) members,
            sum(amount) filter (where code = '1231') debts
       from sums where code in ('1430', '2210', '2212', '1231') having sum(amount) <> 0`,
    { overAllBooks: true },
  ),
  between(
    'I10',
    '账簿间应付等于应收，在途不超过 15 分钟',
    'What a book owes another is what that one is owed, but for what is in flight, for 15 minutes at most',
    `with ${ACCOUNTS},
     pair as (
       select code in ('2911', '1911') points, amount,
              case when code in ('2910', '2911') then org_id else owner::bigint end debtor,
              case when code in ('2910', '2911') then owner::bigint else org_id end creditor
         from sums where code in ('2910', '1910', '2911', '1911'))
     (select debtor, creditor, points, sum(amount) difference, null::uuid xfer_id from pair
       where debtor = any($1) and creditor = any($1) group by 1, 2, 3 having sum(amount) <> 0 limit 20)
     union all
     (select f.org_id, f.peer_org, null, null, f.xfer_id from flight f
        join ledger.journal j on j.org_id = f.org_id and j.journal_id = f.journal_id
       where j.booked_at < clock_timestamp() - interval '15 minutes' limit 20)`,
    { overAllBooks: true },
  ),
  between(
    'I11',
    '预算：注资等于剩余加已租出减已归还',
    'A budget: what was funded is what is left, plus what is lent, less what came back',
    `with funded as (
       select a.org_id, a.owner budget, -sum(e.amount) amount from ledger.account a
         join ledger.entry e on e.org_id = a.org_id and e.account_id = a.account_id
         join ledger.journal j on j.org_id = e.org_id and j.journal_id = e.journal_id
        where a.org_id = any($1) and a.code = '2600' and j.kind not in ('budget.lease', 'budget.return') group by 1, 2),
     lent as (select org_id, budget, sum(granted - returned) amount from ledger.lease where org_id = any($1) group by 1, 2),
     rest as (select org_id, owner budget, posted amount from ledger.account where org_id = any($1) and code = '2600')
     select org_id, budget, coalesce(f.amount, 0) funded, coalesce(r.amount, 0) rest, coalesce(l.amount, 0) lent
       from rest r full join lent l using (org_id, budget) full join funded f using (org_id, budget)
      where coalesce(f.amount, 0) <> coalesce(r.amount, 0) + coalesce(l.amount, 0) limit 20`,
  ),
];
