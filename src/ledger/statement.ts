import type { Day } from '#kernel/day';
import type { Tx } from '#platform/db/transact';
import type { AccountRef } from './account.ts';

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

/** The entries of an account, newest first. */
export async function statementOf(
  tx: Tx,
  org: number,
  account: AccountRef,
  {
    before,
    limit = 50,
  }: { readonly before?: StatementCursor | undefined; readonly limit?: number } = {},
): Promise<{ lines: StatementLine[]; next: StatementCursor | null }> {
  const rows = await tx.query<StatementLine>(
    `select e.journal_id "journalId", e.line, j.kind, j.source, j.occurred_at "occurredAt",
            j.value_date "valueDate", e.amount
       from ledger.entry e join ledger.journal j on j.org_id = e.org_id and j.journal_id = e.journal_id
      where e.org_id = $1 and e.account_id = $2 and (e.journal_id, e.line) < ($3::uuid, $4::smallint)
      order by e.journal_id desc, e.line desc limit $5`,
    [
      org,
      account.id,
      before?.journalId ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      before?.line ?? 0,
      limit + 1,
    ],
  );
  const lines = rows.slice(0, limit);
  const last = lines.at(-1);
  return {
    lines,
    next: rows.length > limit && last ? { journalId: last.journalId, line: last.line } : null,
  };
}
