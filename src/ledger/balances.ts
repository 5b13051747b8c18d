import type { Day } from '#kernel/day';
import type { Tx } from '#platform/db/transact';
import { NO_ROW } from '#platform/seal/source';
import type { AccountRef } from './account.ts';
import { chartLine } from './chart.ts';

/** A balance in the account's own direction, in fen or points. */
export interface Balance {
  readonly posted: number;
  readonly held: number;
  readonly available: number;
}

/**
 * The balance of an account. A checked account keeps it; a tallied one is the tally of sealed journals
 * and the entries since, so that it costs the same however long the book is.
 */
export async function balanceOf(tx: Tx, org: number, account: AccountRef): Promise<Balance> {
  const { checked, side } = chartLine(account.code);
  if (!checked) {
    const posted = (await tallied(tx, org, account)) * side;
    return { posted: posted || 0, held: 0, available: posted || 0 };
  }
  const [row] = await tx.query<{ posted: number; held: number }>(
    'select posted, held from ledger.account where org_id = $1 and account_id = $2',
    [org, account.id],
  );
  const { posted, held } = row ?? { posted: 0, held: 0 };
  return { posted, held, available: posted - held };
}

async function tallied(tx: Tx, org: number, account: AccountRef): Promise<number> {
  const [tally] = await tx.query<{ upto: string; sum: number }>(
    `select s.upto, coalesce(t.debit - t.credit, 0) sum from ledger.tallied s
       left join ledger.tally t on t.org_id = s.org_id and t.account_id = $2 where s.org_id = $1`,
    [org, account.id],
  );
  const { upto, sum } = tally ?? { upto: NO_ROW, sum: 0 };
  // A seal in between changes nothing: entries stay, and the sum is of this very `upto`.
  const [rest] = await tx.query<{ sum: number }>(
    `select coalesce(sum(amount), 0)::bigint sum from ledger.entry
      where org_id = $1 and account_id = $2 and journal_id > $3`,
    [org, account.id, upto],
  );
  return sum + (rest?.sum ?? 0);
}

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
