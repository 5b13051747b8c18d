import type { Tx } from '#platform/db/transact';

const summed = new WeakMap<Tx, Promise<unknown>>();

/**
 * Adds up, once per proof, every account's legs in the journals and, of checked accounts, its entries, into
 * `audit_sum`. Marks
 * are sums of hashes over (journal, amount): two sides with the same rows have the same mark.
 */
export async function auditSums(tx: Tx, orgs: readonly number[]): Promise<void> {
  let made = summed.get(tx);
  if (!made) summed.set(tx, (made = make(tx, orgs)));
  await made;
}

async function make(tx: Tx, orgs: readonly number[]): Promise<void> {
  if (!orgs.every(Number.isSafeInteger)) throw new TypeError('an org is a whole number');
  // A statement that creates a table takes no parameters.
  const among = `in (${orgs.join(',') || 'null'})`;
  await tx.execute(
    `create temp table audit_sum on commit drop as
     with booked as (
       select e.org_id, e.account_id, sum(e.amount)::bigint total, count(*) rows,
              sum(uuid_hash_extended(e.journal_id, e.amount)) mark
         from ledger.entry e where e.org_id ${among} group by 1, 2),
     said as (
       select j.org_id, l.account_id, sum(l.amount)::bigint total, count(*) rows, sum(uuid_hash_extended(j.journal_id, l.amount)) mark
         from ledger.journal j cross join lateral unnest(j.acct, j.amount) l(account_id, amount)
        where j.org_id ${among} group by 1, 2)
     select org_id, account_id, coalesce(s.total, 0) total, b.total booked, b.rows is not distinct from s.rows
            and b.mark is not distinct from s.mark same
       from booked b full join said s using (org_id, account_id)`,
  );
  await tx.execute('create index on audit_sum (org_id, account_id)');
  await tx.execute('analyze audit_sum');
}
