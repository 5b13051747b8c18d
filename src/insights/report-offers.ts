import type { Text } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { demandPeriod, type Period, storesOf } from './period.ts';

/** What one payer gave through an offer in a period, and what came back. fen, or points. */
export interface FunderSums {
  readonly party: 'merchant' | 'store' | 'funder';
  readonly funder_org: number | null;
  readonly budget: string | null;
  readonly amount: number;
  readonly reversed: number;
}

/** What an offer granted in a period, and what refunds of the period took back. fen, points, growth value or pieces. */
export interface OfferRow {
  readonly offer_id: string;
  readonly owner_org: number;
  readonly code: string;
  readonly name: Text;
  readonly kind: 'discount' | 'points' | 'growth' | 'cashback' | 'coupon' | 'gift';
  readonly grants: number;
  readonly amount: number;
  readonly reversed: number;
  /** Nobody for growth value, coupons and gifts, which cost no money when they are granted. */
  readonly funders: readonly FunderSums[];
}

export interface KindTotals {
  readonly grants: number;
  readonly discount: number;
  readonly points: number;
  readonly cashback: number;
  readonly discount_reversed: number;
  readonly points_reversed: number;
  readonly cashback_reversed: number;
}

interface Part extends Omit<FunderSums, 'party'> {
  readonly party: FunderSums['party'] | null;
  readonly offer_id: string;
  readonly owner_org: number;
  readonly kind: OfferRow['kind'];
  readonly grants: number;
}

/** Offers by what they granted, the largest amount first. */
export async function reportOffers(
  db: Database,
  ctx: Ctx,
  period: Period,
): Promise<{ rows: OfferRow[]; totals: KindTotals }> {
  demandPeriod(period);
  const parts = await db.read([ctx.org], (tx) => readParts(tx, ctx, period));
  const owners = new Map(parts.map(({ offer_id, owner_org }) => [offer_id, owner_org]));
  const named = await db.read([...new Set([ctx.org, ...owners.values()])], (tx) =>
    namesOf(tx, owners),
  );
  const groups = Map.groupBy(parts, ({ offer_id, kind }) => `${offer_id}/${kind}`);
  const rows = [...groups.values()].map((group) => rowOf(group, owners, named));
  rows.sort((a, b) => b.amount - a.amount || (a.offer_id < b.offer_id ? -1 : 1));
  return { rows, totals: totalsOf(rows) };
}

function readParts(tx: Tx, ctx: Ctx, { from, to }: Period): Promise<Part[]> {
  return tx.query<Part>(
    `with sold as (
        select payment_id from payments.v_sale
         where org_id = $1 and business_day between $2 and $3 and ($4::uuid[] is null or store_id = any($4))),
      part as (
        select d.offer_id, d.owner_org, d.kind, f.value f, coalesce((f.value->>'amount')::bigint, d.amount) amount,
               coalesce(f.place, 1) = 1 as first, false back
          from sold s join offers.v_decision d on d.org_id = $1 and d.payment_id = s.payment_id and d.amount > 0
          left join lateral json_array_elements(d.funding) with ordinality f(value, place) on true
        union all
        select d.offer_id, d.owner_org, d.kind, f.value, coalesce((f.value->>'amount')::bigint, (e->>'amount')::bigint), false, true
          from payments.v_refund r cross join lateral json_array_elements(r.clawback) e
          join offers.v_decision d on d.org_id = $1 and d.payment_id = r.payment_id
                                  and d.decision_no = (e->>'decisionNo')::smallint
          left join lateral json_array_elements(e->'funding') f(value) on true
         where r.org_id = $1 and r.business_day between $2 and $3 and ($4::uuid[] is null or r.store_id = any($4)))
     select offer_id, max(owner_org) owner_org, kind, f->>'party' party, (f->>'funderOrg')::bigint funder_org, f->>'budget' budget,
            count(*) filter (where first) grants,
            coalesce(sum(amount) filter (where not back), 0)::bigint amount,
            coalesce(sum(amount) filter (where back), 0)::bigint reversed
       from part group by 1, 3, 4, 5, 6 order by 1, 3, 4, 5, 6`,
    [ctx.org, from, to, storesOf(ctx)],
  );
}

type Names = Map<string, { readonly code: string; readonly name: Text }>;

async function namesOf(tx: Tx, owners: ReadonlyMap<string, number>): Promise<Names> {
  const rows = await tx.query<{ offer_id: string; code: string; name: Text }>(
    `select distinct on (v.offer_id) v.offer_id, v.code, v.name
       from unnest($1::bigint[], $2::uuid[]) u(org, offer)
       join offers.v_version v on v.org_id = u.org and v.offer_id = u.offer
      order by v.offer_id, v.version desc`,
    [[...owners.values()], [...owners.keys()]],
  );
  return new Map(rows.map(({ offer_id, ...named }) => [offer_id, named]));
}

function rowOf(
  group: readonly Part[],
  owners: ReadonlyMap<string, number>,
  names: Names,
): OfferRow {
  const { offer_id, kind } = group[0] as Part;
  const named = names.get(offer_id) ?? { code: '', name: { zh: '', en: '' } };
  const sum = (of: (part: Part) => number) => group.reduce((total, part) => total + of(part), 0);
  return {
    offer_id,
    owner_org: owners.get(offer_id) ?? 0,
    ...named,
    kind,
    grants: sum(({ grants }) => grants),
    amount: sum(({ amount }) => amount),
    reversed: sum(({ reversed }) => reversed),
    funders: group.flatMap(({ party, funder_org, budget, amount, reversed }) =>
      party === null ? [] : [{ party, funder_org, budget, amount, reversed }],
    ),
  };
}

function totalsOf(rows: readonly OfferRow[]): KindTotals {
  const of = (kind: OfferRow['kind'], name: 'amount' | 'reversed') =>
    rows.reduce((sum, row) => (row.kind === kind ? sum + row[name] : sum), 0);
  return {
    grants: rows.reduce((sum, { grants }) => sum + grants, 0),
    discount: of('discount', 'amount'),
    points: of('points', 'amount'),
    cashback: of('cashback', 'amount'),
    discount_reversed: of('discount', 'reversed'),
    points_reversed: of('points', 'reversed'),
    cashback_reversed: of('cashback', 'reversed'),
  };
}
