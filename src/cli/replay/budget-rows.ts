import type { Database } from '#platform/db/transact';

/** What a sale drew on a budget, fen; `cut`: its grant was made smaller for lack of a budget. */
export interface Drawn {
  readonly amount: number;
  readonly cut: boolean;
}

/** What moved a budget, by payment and by refund. */
export interface BudgetEvents {
  readonly sales: ReadonlyMap<string, Drawn>;
  readonly refunds: ReadonlyMap<string, number>;
}

export function budgetEvents(db: Database, org: number, budget: string): Promise<BudgetEvents> {
  return db.read([org], async (tx) => {
    const sales = await tx.query<Drawn & { readonly id: string }>(
      `select d.payment_id id, sum((f->>'amount')::bigint)::bigint amount, bool_or(d.partly is not distinct from 'budget') cut
         from offers.v_decision d cross join lateral json_array_elements(d.funding) f
        where d.org_id = $1 and f->>'budget' = $2 group by 1`,
      [org, budget],
    );
    const refunds = await tx.query<{ readonly id: string; readonly amount: number }>(
      `select r.refund_id id, sum((f->>'amount')::bigint)::bigint amount
         from payments.v_refund r cross join lateral json_array_elements(r.clawback) e
        cross join lateral json_array_elements(e->'funding') f
        where r.org_id = $1 and f->>'budget' = $2 group by 1`,
      [org, budget],
    );
    return {
      sales: new Map(sales.map(({ id, ...drawn }) => [id, drawn])),
      refunds: new Map(refunds.map(({ id, amount }) => [id, amount])),
    };
  });
}
