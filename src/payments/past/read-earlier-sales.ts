import type { Day } from '#kernel/day';
import type { EarlierSale, PastPage, PastPlace, SaleFacts } from '#offers';
import type { Database } from '#platform/db/transact';
import { netBack, type SoldLine } from '../payment.ts';

interface Row {
  readonly payment_id: string;
  readonly business_day: Day;
  readonly member_id: string | null;
  readonly tenders: SaleFacts['tenders'];
  readonly due: number;
  readonly refunded: number;
  readonly lines: readonly SoldLine[];
  readonly refunded_amounts: readonly (number | string)[] | null;
  readonly refunded_quantities: readonly (number | string)[] | null;
}

/** Sales of members and cards by day, with what is left of each line after refunds; wholly refunded ones are left out. */
export function readEarlierSales(
  db: Database,
  org: number,
  { from, to }: { readonly from: Day; readonly to: Day },
  after: PastPlace | null,
  limit: number,
): Promise<PastPage<EarlierSale>> {
  return db.read([org], async (tx) => {
    const rows = await tx.prepared<Row>(
      'payments_earlier_sales',
      `select payment_id, business_day, member_id, due, refunded, lines, refunded_amounts, refunded_quantities, facts->'tenders' as tenders
         from payments.payment
        where org_id = $1 and business_day between $2 and $3 and state in ('paid', 'part_refunded')
          and (business_day, payment_id) > ($2::date, $4::uuid)
        order by business_day, payment_id limit $5`,
      [org, after?.day ?? from, to, after?.key ?? '00000000-0000-0000-0000-000000000000', limit],
    );
    const last = rows.length < limit ? undefined : rows.at(-1);
    return {
      items: rows.map(earlierSale),
      next: last ? { day: last.business_day, key: last.payment_id } : null,
    };
  });
}

function earlierSale(row: Row): EarlierSale {
  const { business_day, member_id, tenders, lines, refunded_amounts, refunded_quantities } = row;
  return {
    paid: row.due - row.refunded,
    day: business_day,
    member: member_id,
    cards: tenders.flatMap(({ card }) => card?.token ?? []),
    lines: lines.flatMap((line, at) => {
      const gone = Number(refunded_amounts?.[at] ?? 0);
      const { sku, category, brand, net } = line;
      const back = gone === line.amount && Number(refunded_quantities?.[at] ?? 0) === line.quantity;
      return back ? [] : [{ sku, category, brand, net: net - netBack(line, gone) }];
    }),
  };
}
