import type { BenefitKind } from '#offers';
import type { Database } from '#platform/db/transact';

interface OfOffer {
  readonly code: string;
  readonly kind: BenefitKind;
}

/** Sums over stored decisions, refunds, rewards and coupons, per offer and kind. */
export interface OfferRows {
  readonly months: readonly (OfOffer & {
    readonly month: string;
    readonly grants: number;
    readonly sales: number;
    readonly amount: number;
    readonly partial: number;
  })[];
  readonly back: readonly (OfOffer & { readonly amount: number })[];
  readonly parts: readonly (OfOffer & {
    readonly party: 'merchant' | 'store' | 'funder';
    readonly funder_org: number | null;
    readonly budget: string | null;
    readonly granted: number;
    readonly taken_back: number;
  })[];
  readonly states: readonly (OfOffer & {
    readonly pending: number;
    readonly available: number;
    readonly used: number;
    readonly cancelled: number;
    readonly expired: number;
  })[];
}

/** Offers by their last code; of a merchant that publishes its own offers alone. */
const NAMED = `named as (
  select distinct on (offer_id) offer_id, code from offers.v_version where org_id = $1 order by offer_id, version desc)`;

const MONTHS = `with ${NAMED}
  select n.code, d.kind, to_char(s.business_day, 'YYYY-MM') as month, count(*)::int grants,
         count(distinct d.payment_id)::int sales, sum(d.amount)::bigint amount, count(d.partly)::int partial
    from payments.v_sale s
    join offers.v_decision d on d.org_id = $1 and d.payment_id = s.payment_id
    join named n on n.offer_id = d.offer_id
   where s.org_id = $1 and d.amount > 0 group by 1, 2, 3 order by 1, 2, 3`;

const TAKEN = `taken as (
  select d.offer_id, d.kind, (e->>'amount')::bigint amount, e->'funding' funding
    from payments.v_refund r cross join lateral json_array_elements(r.clawback) e
    join offers.v_decision d on d.org_id = $1 and d.payment_id = r.payment_id
                            and d.decision_no = (e->>'decisionNo')::smallint
   where r.org_id = $1)`;

const BACK = `with ${NAMED}, ${TAKEN}
  select n.code, t.kind, sum(t.amount)::bigint amount
    from taken t join named n on n.offer_id = t.offer_id group by 1, 2`;

const PARTS = `with ${NAMED}, ${TAKEN},
  part as (
    select d.offer_id, d.kind, f, (f->>'amount')::bigint granted, 0 back
      from offers.v_decision d cross join lateral json_array_elements(d.funding) f where d.org_id = $1
    union all
    select t.offer_id, t.kind, f, 0, (f->>'amount')::bigint from taken t cross join lateral json_array_elements(t.funding) f)
  select n.code, p.kind, f->>'party' party, (f->>'funderOrg')::bigint funder_org, f->>'budget' budget,
         sum(p.granted)::bigint granted, sum(p.back)::bigint taken_back
    from part p join named n on n.offer_id = p.offer_id group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`;

const STATES = `with ${NAMED},
  held as (
    select payment_id, decision_no, r.amount - r.reversed - r.cancelled rest, r.cancelled, r.state, 0 used,
           r.expires_on < $2::date as over_now
      from rewards.v_reward r where org_id = $1
    union all
    select c.source, c.source_no, case c.state when 'used' then 0 else 1 end, 0, c.state,
           case c.state when 'used' then 1 else 0 end, c.valid_to < $2::date
      from coupons.v_coupon c where org_id = $1)
  select n.code, d.kind,
         coalesce(sum(h.rest) filter (where h.state = 'pending'), 0)::bigint pending,
         coalesce(sum(h.rest) filter (where h.state = 'available' and over_now is not true), 0)::bigint available,
         sum(h.used)::bigint used,
         sum(h.cancelled)::bigint cancelled,
         coalesce(sum(h.rest) filter (where h.state = 'expired' or h.state = 'available' and over_now), 0)::bigint expired
    from held h
    join offers.v_decision d on d.org_id = $1 and d.payment_id = h.payment_id and d.decision_no = h.decision_no
    join named n on n.offer_id = d.offer_id group by 1, 2`;

/** @param today what has expired by then is told as expired */
export function readOfferRows(db: Database, org: number, today: string): Promise<OfferRows> {
  return db.read([org], async (tx) => ({
    months: await tx.query(MONTHS, [org]),
    back: await tx.query(BACK, [org]),
    parts: await tx.query(PARTS, [org]),
    states: await tx.query(STATES, [org, today]),
  }));
}
