import { int8s, texts } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { LedgerWant } from './lock-accounts.ts';

/**
 * What of the budgets that were asked for is lent and has not come back, by org and budget. Whoever lends or
 * takes back locks the budget's account, so on locked accounts it stands still.
 */
export async function readLent(
  tx: Tx,
  wants: readonly Scoped<LedgerWant>[],
): Promise<Map<string, number>> {
  const asked = wants.filter(({ value }) => value.lent);
  if (asked.length === 0) return new Map();
  const rows = await tx.prepared<{ org_id: number; budget: string; lent: number }>(
    'ledger_read_lent',
    `select l.org_id, l.budget, sum(l.granted - l.returned)::bigint lent
       from (select distinct o, n from unnest($1::bigint[], $2::text[]) d(o, n)) u
       join ledger.lease l on l.org_id = u.o and l.budget = u.n group by 1, 2`,
    [int8s(asked.map(({ org }) => org)), texts(asked.map(({ value }) => value.account.owner))],
  );
  return new Map(rows.map(({ org_id, budget, lent }) => [`${org_id}/${budget}`, lent]));
}
