import type { Day } from '#kernel/day';
import { type Invariant, invariant } from '#platform/invariant';
import { auditSums } from './audit-sums.ts';
import { budgetInvariants } from './breaches-between-books.ts';

/**
 * What must hold of the books. `today` is the org's own day.
 */
export function ledgerInvariants(today: (org: number) => Day): Invariant[] {
  return [...perBook, lotsHold(today), ...budgetInvariants];
}

function withSums(id: string, zh: string, en: string, sql: string): Invariant {
  return {
    id,
    says: { zh, en },
    async breaches(tx, orgs) {
      await auditSums(tx, orgs);
      return tx.query(sql, [orgs]);
    },
  };
}

const perBook: readonly Invariant[] = [
  invariant(
    'I1',
    '每张凭证按资产借贷相等',
    'Every journal balances per asset',
    `select j.org_id, j.journal_id, j.kind from ledger.journal j
      where j.org_id = any($1) and (cardinality(j.acct) <> cardinality(j.amount) or cardinality(j.asset) <> cardinality(j.amount)
         or exists (select from unnest(j.asset, j.amount) l(asset, amount) group by l.asset having sum(l.amount) <> 0)) limit 20`,
  ),
  withSums(
    'I2',
    '每本账簿每种资产的借贷合计为零',
    'The legs of a book sum to zero per asset',
    `select a.org_id, a.asset, sum(s.total) sum from audit_sum s
       join ledger.account a on a.org_id = s.org_id and a.account_id = s.account_id
      where a.org_id = any($1) group by 1, 2 having sum(s.total) <> 0 limit 20`,
  ),
  withSums(
    'I3',
    '受控账户余额等于其分录之和',
    "A checked account's balance is the sum of its entries",
    `select a.org_id, a.code, a.owner, a.posted, a.side * coalesce(s.booked, 0) entries from ledger.account a
       left join audit_sum s on s.org_id = a.org_id and s.account_id = a.account_id
      where a.org_id = any($1) and a.checked and a.posted <> a.side * coalesce(s.booked, 0)
     union all
     select s.org_id, null, s.account_id::text, null, s.total from audit_sum s
      where s.org_id = any($1) and not exists (
        select from ledger.account a where a.org_id = s.org_id and a.account_id = s.account_id) limit 20`,
  ),
  withSums(
    'I4',
    '受控账户的凭证行与分录逐行一致',
    'The legs of checked accounts are the entries, row by row',
    `with bad as (select s.org_id, s.account_id from audit_sum s
                    join ledger.account a on a.org_id = s.org_id and a.account_id = s.account_id
                   where s.org_id = any($1) and case when a.checked then not s.same else s.booked is not null end limit 20),
     booked as (select e.org_id, e.account_id, e.journal_id, e.amount from bad
                  join ledger.entry e on e.org_id = bad.org_id and e.account_id = bad.account_id),
     said as (select j.org_id, l.account_id, j.journal_id, l.amount
                from ledger.journal j cross join lateral unnest(j.acct, j.amount) l(account_id, amount)
               where j.org_id in (select org_id from bad) and (j.org_id, l.account_id) in (select org_id, account_id from bad))
     (select 'entry without leg' what, * from (select * from booked except all select * from said) x limit 20)
     union all
     (select 'leg without entry', * from (select * from said except all select * from booked) x limit 20)`,
  ),
  invariant(
    'I5',
    '受控账户可用余额不低于下限',
    'No checked account is under its floor',
    `select org_id, code, owner, posted, held, floor from ledger.account
      where org_id = any($1) and checked and floor is not null and posted - held < floor limit 20`,
  ),
  invariant(
    'I7',
    '冻结额等于未结冻结之和',
    'What is held is the sum of the open holds',
    `select a.org_id, a.code, a.owner, a.held, coalesce(h.open, 0) open from ledger.account a
       full join (select org_id, account_id, sum(remaining) open from ledger.hold
                   where org_id = any($1) and state = 'open' group by 1, 2) h
         on h.org_id = a.org_id and h.account_id = a.account_id
      where a.org_id = any($1) and a.checked and a.held <> coalesce(h.open, 0) limit 20`,
  ),
  withSums(
    'I9',
    '积分负债拨备等于各批次拨备之和',
    'The provision for points is the sum over their lots, each rounded half-up',
    `with lots as (select l.org_id, sum((l.remaining * l.value_ppm + 500000) / 1000000) wanted
                     from ledger.lot l where l.org_id = any($1) and l.remaining > 0 group by 1),
     provided as (select a.org_id, -sum(s.total) provision from ledger.account a
                    join audit_sum s on s.org_id = a.org_id and s.account_id = a.account_id
                   where a.org_id = any($1) and a.code = '2211' group by 1)
     select org_id, coalesce(p.provision, 0) provision, coalesce(l.wanted, 0) lots
       from lots l full join provided p using (org_id)
      where coalesce(p.provision, 0) <> coalesce(l.wanted, 0) limit 20`,
  ),
  invariant(
    'I14',
    '一笔划转在对方账簿恰好入账一次',
    "A transfer is posted once in the receiver's book",
    `select org_id, xfer_id, count(*) journals from ledger.journal
      where org_id = any($1) and xfer_id is not null group by 1, 2 having count(*) > 1
     union all
     select x.org_id, x.xfer_id, 0 from ledger.xfer x
      where x.org_id = any($1) and x.dir = 'in' and not exists (
        select from ledger.journal j
         where j.org_id = x.org_id and j.journal_id = x.journal_id and j.xfer_id = x.xfer_id) limit 20`,
  ),
  invariant(
    'I15',
    '冲正是原凭证的镜像，且至多一次',
    'A reversal mirrors its original exactly, and there is at most one',
    `select j.org_id, j.journal_id, j.reverses from ledger.journal j
       left join ledger.journal o on o.org_id = j.org_id and o.journal_id = j.reverses
       left join ledger.reversal r on r.org_id = j.org_id and r.original_id = j.reverses and r.journal_id = j.journal_id
      where j.org_id = any($1) and j.reverses is not null and (o.journal_id is null or r.journal_id is null or exists (
        select from (select * from unnest(j.acct, j.amount) union all select * from unnest(o.acct, o.amount)) l(account_id, amount)
         group by l.account_id having sum(l.amount) <> 0))
     union all
     select r.org_id, r.journal_id, r.original_id from ledger.reversal r
      where r.org_id = any($1) and not exists (
        select from ledger.journal j
         where j.org_id = r.org_id and j.journal_id = r.journal_id and j.reverses = r.original_id) limit 20`,
  ),
];

function lotsHold(today: (org: number) => Day): Invariant {
  return {
    id: 'I6',
    says: {
      zh: '批次余额之和等于账户余额，过期批次已清零',
      en: 'The lots add up to the balance, and none has a rest a day after its expiry',
    },
    breaches: (tx, orgs) =>
      tx.query(
        `select a.org_id, a.code, a.owner, a.posted, coalesce(l.rest, 0) lots, null::uuid lot_id from ledger.account a
           left join (select org_id, account_id, sum(remaining) rest from ledger.lot
                       where org_id = any($1) group by 1, 2) l
             on l.org_id = a.org_id and l.account_id = a.account_id
          where a.org_id = any($1) and a.code = '2210' and a.posted <> coalesce(l.rest, 0)
         union all
         select l.org_id, null, null, l.remaining, 0, l.lot_id
           from unnest($1::bigint[], $2::date[]) u(org_id, today)
           join ledger.lot l on l.org_id = u.org_id and l.remaining > 0 and l.expires_on < u.today - 1 limit 20`,
        [orgs, orgs.map(today)],
      ),
  };
}
