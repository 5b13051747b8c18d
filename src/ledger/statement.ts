import type { Day } from '#kernel/day';
import type { Tx } from '#platform/db/transact';
import type { AccountRef } from './account.ts';
import { chartLine } from './chart.ts';

/** One line of an account's statement; `amount` is debit above zero, credit below. */
export interface StatementLine {
  readonly journalId: string;
  readonly line: number;
  readonly kind: string;
  readonly source: string;
  readonly occurredAt: Date;
  readonly valueDate: Day;
  readonly amount: number;
}

/** Where the next page of a statement begins. */
export type StatementCursor = Pick<StatementLine, 'journalId' | 'line'>;

const ENTRIES =
  'ledger.entry e join ledger.journal j on j.org_id = e.org_id and j.journal_id = e.journal_id';
const LEGS = `ledger.journal j cross join lateral (
  select j.org_id, j.journal_id, l.account_id, l.amount, (l.nth - 1)::smallint line
    from unnest(j.acct, j.amount) with ordinality l(account_id, amount, nth)) e`;

/**
 * The lines of an account, newest first: a checked account's entries, or the legs of a tallied one, read
 * backwards from the journals, nearly all of which touch it.
 */
export async function statementOf(
  tx: Tx,
  org: number,
  account: AccountRef,
  {
    before,
    limit = 50,
  }: { readonly before?: StatementCursor | undefined; readonly limit?: number } = {},
): Promise<{ lines: StatementLine[]; next: StatementCursor | null }> {
  const lines = chartLine(account.code).checked ? ENTRIES : LEGS;
  const rows = await tx.query<StatementLine>(
    `select e.journal_id "journalId", e.line, j.kind, j.source, j.occurred_at "occurredAt",
            j.value_date "valueDate", e.amount
       from ${lines}
      where e.org_id = $1 and e.account_id = $2 and j.journal_id <= $3::uuid and (e.journal_id, e.line) < ($3::uuid, $4::smallint)
      order by j.journal_id desc, e.line desc limit $5`,
    [
      org,
      account.id,
      before?.journalId ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      before?.line ?? 0,
      limit + 1,
    ],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    lines: shown,
    next: rows.length > limit && last ? { journalId: last.journalId, line: last.line } : null,
  };
}
