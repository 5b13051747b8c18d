import type { Day } from '#kernel/day';
import type { Text } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import type { Definition } from './rule/definition.ts';
import {
  type Offer,
  OFFER_COLUMNS,
  offerOfRow,
  type OfferRow,
  type StoredStatus,
} from './offer-rows.ts';

/** An offer in a list, with what is published of it. */
export interface ListedOffer extends Offer {
  /** The live version's name; the draft's before the first publication. */
  readonly name: Text;
  /** The version that decides while the offer is live; null before the first publication. */
  readonly published: Definition | null;
}

export interface ListedRow extends OfferRow {
  readonly published: Definition | null;
}

const COLUMNS = OFFER_COLUMNS.split(', ').map((column) => `o.${column}`);

/** Offers `o` with the version that decides; complete it with the offers wanted of an org. */
export const LISTED = `select ${COLUMNS.join(', ')}, v.definition as published
  from offers.offer o
  left join offers.version v
    on v.org_id = o.org_id and v.offer_id = o.offer_id and v.version = o.live_version`;

/** What an offer is called on a day: a live one whose first day is still to come is scheduled. */
export type ShownStatus = StoredStatus | 'in_review' | 'approved' | 'scheduled';

/** As `shownStatus` does, for offers `o` with their version `v`. */
const SHOWN = `case
  when o.status = 'draft' and o.review in ('in_review', 'approved') then o.review
  when o.status = 'live' and v.definition->'schedule'->>'from' > $4 then 'scheduled'
  else o.status end`;

/** @param today of the offer's org */
export function shownStatus({ status, review, published }: ListedOffer, today: Day): ShownStatus {
  if (status === 'draft' && (review.state === 'in_review' || review.state === 'approved'))
    return review.state;
  return status === 'live' && published && published.schedule.from > today ? 'scheduled' : status;
}

/**
 * Offers of `ctx.org` by code, beginning behind the code `after`; those put away only if asked for.
 * `status` is as shown on the day `today`.
 */
export function listOffers(
  db: Database,
  ctx: Ctx,
  asked: {
    readonly after?: string | undefined;
    readonly limit: number;
    readonly status?: ShownStatus | undefined;
    readonly today?: Day | undefined;
  },
): Promise<ListedOffer[]> {
  return db.read([ctx.org], async (tx) => {
    const rows = await tx.query<ListedRow>(
      `${LISTED}
        where o.org_id = $1 and o.code > $2
          and case when $3::text is null then o.status <> 'archived' else ${SHOWN} = $3 end
        order by o.code limit $5`,
      [ctx.org, asked.after ?? '', asked.status ?? null, asked.today ?? FAR, asked.limit],
    );
    return rows.map(listedOf);
  });
}

/** Without a day nothing is still to come. */
const FAR: Day = '9999-12-31';

export function listedOf(row: ListedRow): ListedOffer {
  const { name } = (row.published ?? row.draft) as Definition;
  return { ...offerOfRow(row), name, published: row.published };
}
