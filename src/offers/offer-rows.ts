import { must, Refused } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import type { Definition } from './rule/definition.ts';
import { offerEnded, offersOfAllStores, offerUnknown } from './refusals.ts';

export type StoredStatus = 'draft' | 'live' | 'paused' | 'ended' | 'archived';

/** Where the draft stands between its writer and a second person. */
export interface Review {
  readonly state: 'none' | 'in_review' | 'approved' | 'rejected';
  /** Principals, as "staff:<id>"; null for nobody. */
  readonly submittedBy: string | null;
  readonly submittedAt: Date | null;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  /** Why it was rejected. */
  readonly reason: string | null;
}

export const NOT_REVIEWED: Review = {
  state: 'none',
  submittedBy: null,
  submittedAt: null,
  reviewedBy: null,
  reviewedAt: null,
  reason: null,
};

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
  /** Who wrote the draft last; null for a draft of before this was kept. */
  readonly editedBy: string | null;
  readonly review: Review;
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
  /** The second person; null where none was asked. */
  readonly approvedBy: string | null;
  /** The policy set it was checked against; null for none. */
  readonly policyVersion: number | null;
}

export const OFFER_COLUMNS =
  'offer_id, code, status, draft, revision, edited_by, review, submitted_by, submitted_at, ' +
  'reviewed_by, reviewed_at, review_reason, live_version, created_at, updated_at';

export interface OfferRow {
  readonly offer_id: string;
  readonly code: string;
  readonly status: StoredStatus;
  readonly draft: Definition | null;
  readonly revision: number;
  readonly edited_by: string | null;
  readonly review: Review['state'];
  readonly submitted_by: string | null;
  readonly submitted_at: Date | null;
  readonly reviewed_by: string | null;
  readonly reviewed_at: Date | null;
  readonly review_reason: string | null;
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
    editedBy: row.edited_by,
    review: {
      state: row.review,
      submittedBy: row.submitted_by,
      submittedAt: row.submitted_at,
      reviewedBy: row.reviewed_by,
      reviewedAt: row.reviewed_at,
      reason: row.review_reason,
    },
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
  must(offer.status !== 'ended' && offer.status !== 'archived', () => offerEnded(offer.code));
  return offer;
}

/** Writes what may change of an offer. */
export async function writeOffer(tx: Tx, ctx: Ctx, offer: Offer): Promise<void> {
  const { id, status, draft, revision, editedBy, review, liveVersion, updatedAt } = offer;
  const changed = await tx.execute(
    `update offers.offer
        set status = $3, draft = $4, revision = $5, live_version = $6, updated_at = $7, edited_by = $8,
            review = $9, submitted_by = $10, submitted_at = $11, reviewed_by = $12, reviewed_at = $13,
            review_reason = $14
      where org_id = $1 and offer_id = $2`,
    [
      ctx.org,
      id,
      status,
      draft && JSON.stringify(draft),
      revision,
      liveVersion,
      updatedAt,
      editedBy,
      review.state,
      review.submittedBy,
      review.submittedAt,
      review.reviewedBy,
      review.reviewedAt,
      review.reason,
    ],
  );
  if (changed !== 1) throw new Error(`offer ${id} was not written`);
}
