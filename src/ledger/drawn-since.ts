import type { Day } from '#kernel/day';
import type { Tx } from '#platform/db/transact';
import { account } from './account.ts';

/** fen that sales of an org took from what a budget lent to its book since a day, less what refunds gave back. */
export async function drawnSince(tx: Tx, org: number, budget: string, day: Day): Promise<number> {
  const [row] = await tx.query<{ drawn: number }>(
    `select coalesce(sum(e.amount), 0)::bigint as drawn
       from ledger.entry e join ledger.journal j on j.org_id = e.org_id and j.journal_id = e.journal_id
      where e.org_id = $1 and e.account_id = $2 and j.value_date >= $3
        and j.kind not in ('budget.lease', 'budget.return')`,
    [org, account('2610', budget).id, day],
  );
  return row?.drawn ?? 0;
}
