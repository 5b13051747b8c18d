import type { Tx } from '#platform/db/transact';
import type { SealSource } from '#platform/seal/source';

/**
 * The journals as they are sealed. Free text stands last behind its length, so that no two rows have the
 * same canonical text.
 */
export const journalSource: SealSource = {
  source: 'journal',
  table: 'ledger.journal',
  key: 'journal_id',
  canonical: `concat_ws('|', r.journal_id, r.source, extract(epoch from r.occurred_at), r.value_date - date '2000-01-01',
    extract(epoch from r.booked_at), coalesce(r.reverses::text, '-'), coalesce(r.xfer_id::text, '-'),
    r.acct, r.asset, r.amount, length(r.kind), r.kind, r.actor)`,
  sealed: addToTally,
};

/** Adds the sealed journals' sums to the tallied accounts: a balance is then the tally and a short rest. */
async function addToTally(tx: Tx, org: number, after: string, upto: string): Promise<void> {
  await tx.execute(
    `with moved as materialized (
       select leg.account_id, coalesce(sum(leg.amount) filter (where leg.amount > 0), 0) debit,
              -coalesce(sum(leg.amount) filter (where leg.amount < 0), 0) credit
         from ledger.journal j cross join lateral unnest(j.acct, j.amount) leg(account_id, amount)
        where j.org_id = $1 and j.journal_id > $2 and j.journal_id <= $3
        group by leg.account_id)
     insert into ledger.tally as t (org_id, account_id, debit, credit)
     select $1, m.account_id, m.debit, m.credit
       from moved m join ledger.account a on a.org_id = $1 and a.account_id = m.account_id and not a.checked
     on conflict (org_id, account_id) do update
        set debit = t.debit + excluded.debit, credit = t.credit + excluded.credit`,
    [org, after, upto],
  );
  await tx.execute(
    `insert into ledger.tallied (org_id, upto) values ($1, $2)
     on conflict (org_id) do update set upto = excluded.upto`,
    [org, upto],
  );
}
