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
 * and the legs since, so that it costs the same however long the book is.
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
  // A seal in between changes nothing: journals stay, and the sum is of this very `upto`.
  const [rest] = await tx.query<{ sum: number }>(
    `select coalesce(sum(l.amount), 0)::bigint sum
       from ledger.journal j cross join lateral unnest(j.acct, j.amount) l(account_id, amount)
      where j.org_id = $1 and j.journal_id > $3 and l.account_id = $2`,
    [org, account.id, upto],
  );
  return sum + (rest?.sum ?? 0);
}
