import type { Day } from '#kernel/day';
import { ratio } from '#kernel/share';
import type { EarlierSale, PastPage, PastPlace } from '#offers';
import type { Database } from '#platform/db/transact';
import type { SoldLine } from '../payment.ts';

interface Row {
  readonly payment_id: string;
  readonly business_day: Day;
  readonly member_id: string | null;
  readonly cards: readonly string[];
  readonly lines: readonly SoldLine[];
  readonly refunded_amounts: readonly (number | string)[] | null;
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
      `select p.payment_id, p.business_day, p.member_id, p.lines, p.refunded_amounts,
              array(select distinct c.card_token from payments.charge c
                     where c.org_id = p.org_id and c.payment_id = p.payment_id and c.card_token is not null) cards
         from payments.payment p
        where p.org_id = $1 and p.business_day between $2 and $3 and p.state in ('paid', 'part_refunded')
          and (p.business_day, p.payment_id) > ($2::date, $4::uuid)
        order by p.business_day, p.payment_id limit $5`,
      [org, after?.day ?? from, to, after?.key ?? '00000000-0000-0000-0000-000000000000', limit],
    );
    const last = rows.length < limit ? undefined : rows.at(-1);
    return {
      items: rows.map(earlierSale),
      next: last ? { day: last.business_day, key: last.payment_id } : null,
    };
  });
}

function earlierSale({
  business_day,
  member_id,
  cards,
  lines,
  refunded_amounts,
}: Row): EarlierSale {
  return {
    day: business_day,
    member: member_id,
    cards,
    lines: lines.map(({ sku, category, brand, amount, net }, line) => {
      const gone = Number(refunded_amounts?.[line] ?? 0);
      return { sku, category, brand, net: gone === 0 ? net : net - ratio(net, gone, amount) };
    }),
  };
}
