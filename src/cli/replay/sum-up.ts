import type { Database } from '#platform/db/transact';

/** What stands in the books of the merchant after a replay. fen. */
export interface Posted {
  readonly tickets: number;
  readonly gross: number;
  readonly discount: number;
  /** Gross of all that went back. */
  readonly returns: number;
  readonly paid: number;
  readonly refunded: number;
  /** The account sales.cash of the ledger. */
  readonly sales: number;
  /** The account cash.till of the ledger. */
  readonly till: number;
  readonly members: number;
}

/** Reads the books: the same after one run, two runs, or an interrupted one that was taken up again. */
export async function postedIn(db: Database, org: number): Promise<Posted> {
  return db.read([org], async (tx) => {
    const [sold] = await tx.query<
      Pick<Posted, 'tickets' | 'gross' | 'discount' | 'paid' | 'members'>
    >(
      `select count(*) tickets, coalesce(sum(gross), 0)::bigint gross, coalesce(sum(discount), 0)::bigint discount,
              coalesce(sum(due), 0)::bigint paid, count(distinct member_id) members
         from payments.v_sale where org_id = $1`,
      [org],
    );
    const [back] = await tx.query<Pick<Posted, 'returns' | 'refunded'>>(
      `select coalesce(sum(gross), 0)::bigint as returns, coalesce(sum(amount), 0)::bigint refunded
         from payments.v_refund where org_id = $1`,
      [org],
    );
    const [book] = await tx.query<Pick<Posted, 'sales' | 'till'>>(
      `select coalesce(-sum(amount) filter (where code = '3010'), 0)::bigint sales,
              coalesce(sum(amount) filter (where code = '1150'), 0)::bigint till
         from ledger.v_leg where org_id = $1`,
      [org],
    );
    return { ...sold, ...back, ...book } as Posted;
  });
}
