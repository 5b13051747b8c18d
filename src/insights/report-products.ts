import type { Text } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { demandPeriod, type Period, storesOf } from './period.ts';

/** What was sold and returned of an SKU in a period. fen. */
export interface ProductRow {
  readonly sku: string;
  /** As last sold in the period; null if it was only returned. */
  readonly name: Text | null;
  readonly tickets: number;
  readonly quantity: number;
  readonly gross: number;
  readonly discount: number;
  readonly returned_quantity: number;
  readonly returns: number;
}

export type ProductSums = Omit<ProductRow, 'sku' | 'name' | 'tickets'>;

/** Products by gross, the largest first, and the totals over all of them. */
export async function reportProducts(
  db: Database,
  ctx: Ctx,
  period: Period,
): Promise<{ rows: ProductRow[]; totals: ProductSums }> {
  demandPeriod(period);
  const rows = await db.read([ctx.org], (tx) =>
    tx.query<ProductRow>(
      `with moved as (
          select l.sku, l.name, s.payment_id, l.quantity, l.amount gross, l.discount, 0 returned_quantity, 0 returns
            from payments.v_sale s
            cross join lateral json_to_recordset(s.lines) l(sku text, name jsonb, quantity bigint, amount bigint, discount bigint)
           where s.org_id = $1 and s.business_day between $2 and $3 and ($4::uuid[] is null or s.store_id = any($4))
          union all
          select l.sku, null, null, 0, 0, 0, l.quantity, l.amount
            from payments.v_refund r
            cross join lateral json_to_recordset(r.lines) l(sku text, quantity bigint, amount bigint)
           where r.org_id = $1 and r.business_day between $2 and $3 and ($4::uuid[] is null or r.store_id = any($4)))
       select sku, (array_agg(name order by payment_id desc) filter (where name is not null))[1] as name,
              count(distinct payment_id) tickets, sum(quantity)::bigint quantity, sum(gross)::bigint gross,
              sum(discount)::bigint discount, sum(returned_quantity)::bigint returned_quantity, sum(returns)::bigint "returns"
         from moved group by sku order by gross desc, sku collate "C"`,
      [ctx.org, period.from, period.to, storesOf(ctx)],
    ),
  );
  return { rows, totals: rows.reduce<ProductSums>(added, NOTHING) };
}

const NOTHING: ProductSums = {
  quantity: 0,
  gross: 0,
  discount: 0,
  returned_quantity: 0,
  returns: 0,
};

function added(sum: ProductSums, row: ProductSums): ProductSums {
  return {
    quantity: sum.quantity + row.quantity,
    gross: sum.gross + row.gross,
    discount: sum.discount + row.discount,
    returned_quantity: sum.returned_quantity + row.returned_quantity,
    returns: sum.returns + row.returns,
  };
}
