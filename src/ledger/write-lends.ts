import { int8s, texts } from '#platform/db/arrays';
import type { Tx } from '#platform/db/transact';
import type { Scoped } from '#platform/record/part';
import type { Journal } from './journal.ts';

interface Lent {
  readonly org: number;
  readonly budget: string;
  readonly borrower: number;
  granted: number;
  returned: number;
}

/** Writes what the journals lend of budgets and what comes back. */
export async function writeLends(tx: Tx, items: readonly Scoped<Journal>[]): Promise<void> {
  const sums = new Map<string, Lent>();
  for (const { org, value } of items) {
    if (!value.lends) continue;
    const { budget, borrower, amount } = value.lends;
    const key = JSON.stringify([org, budget, borrower]);
    let sum = sums.get(key);
    if (!sum) sums.set(key, (sum = { org, budget, borrower, granted: 0, returned: 0 }));
    if (amount > 0) sum.granted += amount;
    else sum.returned -= amount;
  }
  if (sums.size === 0) return;
  const lent = [...sums.values()];
  const opened = tx.change(
    'ledger_lends',
    `insert into ledger.lease (org_id, budget, borrower)
     select u.o, u.n, u.b from unnest($1::bigint[], $2::text[], $3::bigint[]) u(o, n, b) order by 1, 2, 3
     on conflict do nothing`,
    [
      int8s(lent.map(({ org }) => org)),
      texts(lent.map(({ budget }) => budget)),
      int8s(lent.map(({ borrower }) => borrower)),
    ],
  );
  const summed = tx.change(
    'ledger_lend_sums',
    `update ledger.lease l set granted = l.granted + u.g, returned = l.returned + u.r
       from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[]) u(o, n, b, g, r)
      where l.org_id = u.o and l.budget = u.n and l.borrower = u.b`,
    [
      int8s(lent.map(({ org }) => org)),
      texts(lent.map(({ budget }) => budget)),
      int8s(lent.map(({ borrower }) => borrower)),
      int8s(lent.map(({ granted }) => granted)),
      int8s(lent.map(({ returned }) => returned)),
    ],
    lent.length,
  );
  await Promise.all([opened, summed]);
}
