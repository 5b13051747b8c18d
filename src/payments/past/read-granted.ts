import type { Day } from '#kernel/day';
import type { GrantedDay } from '#offers';
import type { Database } from '#platform/db/transact';

interface Row {
  readonly day: Day;
  readonly offer_id: string;
  readonly version: number;
  readonly kind: GrantedDay['kind'];
  readonly party: GrantedDay['party'] | null;
  readonly funder_org: number | null;
  readonly budget: string | null;
  readonly grants: number;
  readonly amount: number;
  readonly reversed: number;
}

/**
 * What offers granted to sales of some days, and what refunds of those days took back, per day and payer.
 * What no payer pays for (growth value, coupons, gifts) has a row of the merchant's.
 * @param offer its id; null for all
 */
export async function readGranted(
  db: Database,
  org: number,
  { from, to }: { readonly from: Day; readonly to: Day },
  offer: string | null,
): Promise<GrantedDay[]> {
  const rows = await db.read([org], (tx) =>
    tx.query<Row>(
      `with granted as (
          select s.business_day as day, d.offer_id, d.version, d.kind, d.amount as whole, d.funding, null::json back
            from payments.v_sale s join offers.v_decision d on d.org_id = $1 and d.payment_id = s.payment_id
           where s.org_id = $1 and s.business_day between $2 and $3 and ($4::uuid is null or d.offer_id = $4)
          union all
          select r.business_day, d.offer_id, d.version, d.kind, (e->>'amount')::bigint, e->'funding', e
            from payments.v_refund r cross join lateral json_array_elements(r.clawback) e
            join offers.v_decision d on d.org_id = $1 and d.payment_id = r.payment_id
                                    and d.decision_no = (e->>'decisionNo')::smallint
           where r.org_id = $1 and r.business_day between $2 and $3 and ($4::uuid is null or d.offer_id = $4)),
        part as (
          select g.day, g.offer_id, g.version, g.kind, g.back is not null as back, f.value->>'party' as party,
                 (f.value->>'funderOrg')::bigint funder_org, f.value->>'budget' as budget,
                 coalesce((f.value->>'amount')::bigint, g.whole) amount, coalesce(f.place, 1) = 1 as first
            from granted g left join lateral json_array_elements(g.funding) with ordinality f(value, place) on true)
       select day, offer_id, version, kind, party, funder_org, budget,
              count(*) filter (where first and not back) as grants,
              coalesce(sum(amount) filter (where not back), 0)::bigint amount,
              coalesce(sum(amount) filter (where back), 0)::bigint reversed
         from part group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7`,
      [org, from, to, offer],
    ),
  );
  return rows.map(({ offer_id, party, funder_org, budget, ...row }) => ({
    ...row,
    offer: offer_id,
    party: party ?? 'merchant',
    ...(funder_org !== null && { funderOrg: funder_org }),
    ...(budget !== null && { budget }),
  }));
}
