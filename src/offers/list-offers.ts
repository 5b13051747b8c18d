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

/** Offers of `ctx.org` by code, beginning behind the code `after`. */
export function listOffers(
  db: Database,
  ctx: Ctx,
  asked: {
    readonly after?: string | undefined;
    readonly limit: number;
    readonly status?: StoredStatus | undefined;
  },
): Promise<ListedOffer[]> {
  return db.read([ctx.org], async (tx) => {
    const rows = await tx.query<ListedRow>(
      `${LISTED}
        where o.org_id = $1 and o.code > $2 and ($3::text is null or o.status = $3)
        order by o.code limit $4`,
      [ctx.org, asked.after ?? '', asked.status ?? null, asked.limit],
    );
    return rows.map(listedOf);
  });
}

export function listedOf(row: ListedRow): ListedOffer {
  const { name } = (row.published ?? row.draft) as Definition;
  return { ...offerOfRow(row), name, published: row.published };
}
