import { must, Refused } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import type { Definition } from './rule/definition.ts';
import { offerEnded, offersOfAllStores, offerUnknown } from './refusals.ts';

export type StoredStatus = 'draft' | 'live' | 'paused' | 'ended';

/** An offer as its owner keeps it. */
export interface Offer {
  readonly id: string;
  /** Never changes; one within the org. */
  readonly code: string;
  readonly status: StoredStatus;
  /** What was written and not yet published. */
  readonly draft: Definition | null;
  /** Counts the edits of the draft. */
  readonly revision: number;
  /** The version that decides while the status is live; null before the first publication. */
  readonly liveVersion: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One immutable publication. */
export interface PublishedVersion {
  readonly version: number;
  readonly definition: Definition;
  readonly publishedAt: Date;
  /** The principal, as "staff:<id>". */
  readonly publishedBy: string;
}

export const OFFER_COLUMNS =
  'offer_id, code, status, draft, revision, live_version, created_at, updated_at';

export interface OfferRow {
  readonly offer_id: string;
  readonly code: string;
  readonly status: StoredStatus;
  readonly draft: Definition | null;
  readonly revision: number;
  readonly live_version: number | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export function offerOfRow(row: OfferRow): Offer {
  return {
    id: row.offer_id,
    code: row.code,
    status: row.status,
    draft: row.draft,
    revision: row.revision,
    liveVersion: row.live_version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Locks an offer for a change. @throws Refused offers_of_all_stores, offer_unknown */
export async function lockOffer(tx: Tx, ctx: Ctx, id: string): Promise<Offer> {
  must(ctx.principal.stores === 'all', offersOfAllStores);
  const [row] = await tx.query<OfferRow>(
    `select ${OFFER_COLUMNS} from offers.offer where org_id = $1 and offer_id = $2 for update`,
    [ctx.org, id],
  );
  if (!row) throw new Refused(offerUnknown(id));
  return offerOfRow(row);
}

/** Locks an offer that has not ended. @throws Refused as `lockOffer`, offer_ended */
export async function lockOpenOffer(tx: Tx, ctx: Ctx, id: string): Promise<Offer> {
  const offer = await lockOffer(tx, ctx, id);
  must(offer.status !== 'ended', () => offerEnded(offer.code));
  return offer;
}

/** Writes what may change of an offer. */
export async function writeOffer(tx: Tx, ctx: Ctx, offer: Offer): Promise<void> {
  const { id, status, draft, revision, liveVersion, updatedAt } = offer;
  const changed = await tx.execute(
    `update offers.offer set status = $3, draft = $4, revision = $5, live_version = $6, updated_at = $7
      where org_id = $1 and offer_id = $2`,
    [ctx.org, id, status, draft && JSON.stringify(draft), revision, liveVersion, updatedAt],
  );
  if (changed !== 1) throw new Error(`offer ${id} was not written`);
}
