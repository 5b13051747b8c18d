import type { Database } from '#platform/db/transact';
import type { Recorder } from '#platform/record/record';
import { returnLease } from './lease.ts';
import type { Stamp } from './record-posting.ts';
import type { Relay } from './relay.ts';

export interface Recalling {
  readonly db: Database;
  readonly recorder: Recorder;
  readonly relay: Relay;
}

export interface Recall extends Stamp {
  readonly funderOrg: number;
  readonly budget: string;
}

const AT_ONCE = 50;

/**
 * Brings home what no borrower of a budget has used, and waits until it stands in the budget again. Calling
 * it again brings home what has become unused since, such as by a refund.
 * @returns fen that came back
 */
export async function recallLeases(
  { db, recorder, relay }: Recalling,
  { funderOrg, budget, key, ...stamp }: Recall,
): Promise<number> {
  // What is still on its way to a borrower cannot be returned by it.
  await relay.settle();
  const lent = await db.read([funderOrg], (tx) =>
    tx.query<{ borrower: number; out: number }>(
      `select borrower, sum(granted - returned)::bigint out from ledger.lease
        where org_id = $1 and budget = $2 group by borrower having sum(granted - returned) > 0 order by borrower`,
      [funderOrg, budget],
    ),
  );
  let sum = 0;
  for (let at = 0; at < lent.length; at += AT_ONCE) {
    const back = lent.slice(at, at + AT_ONCE).map(async ({ borrower, out }) => {
      const ask = { funderOrg, budget, borrowerOrg: borrower, amount: out };
      const returned = await returnLease(recorder, { ...stamp, ...ask, key: `${key}:${borrower}` });
      if ('xferId' in returned) await relay.deliver(borrower, returned.xferId);
      return returned.amount;
    });
    for (const amount of await Promise.all(back)) sum += amount;
  }
  return sum;
}
