import { must } from '#kernel/refusal';
import { actorOf, audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { lockOpenOffer, type Offer, type Review, writeOffer } from './offer-rows.ts';
import { offerChanged } from './refusals.ts';
import { offerNotInReview } from './review-refusals.ts';
import { demandSecondPerson } from './second-person.ts';

/**
 * A second person lets the submitted draft be published: not who wrote it last, not who submitted it, and
 * no key.
 * @param revision of the draft that was read
 * @throws Refused offer_unknown, offer_ended, offer_not_in_review, offer_changed, approval_needs_person,
 * approval_same_person, offers_of_all_stores
 */
export function approveOffer(db: Database, ctx: Ctx, id: string, revision: number): Promise<Offer> {
  return db.transact([ctx.org], (tx) => approveOfferIn(tx, ctx, id, revision));
}

/** `approveOffer` inside a transaction of `ctx.org`. */
export function approveOfferIn(tx: Tx, ctx: Ctx, id: string, revision: number): Promise<Offer> {
  return review(tx, ctx, { id, revision, state: 'approved', reason: null });
}

/** A second person sends the submitted draft back, and says why. @throws Refused as `approveOffer` */
export function rejectOffer(
  db: Database,
  ctx: Ctx,
  id: string,
  { revision, reason }: { readonly revision: number; readonly reason: string },
): Promise<Offer> {
  return db.transact([ctx.org], (tx) => rejectOfferIn(tx, ctx, id, { revision, reason }));
}

/** `rejectOffer` inside a transaction of `ctx.org`. */
export function rejectOfferIn(
  tx: Tx,
  ctx: Ctx,
  id: string,
  { revision, reason }: { readonly revision: number; readonly reason: string },
): Promise<Offer> {
  return review(tx, ctx, { id, revision, state: 'rejected', reason });
}

interface Verdict extends Pick<Review, 'reason'> {
  readonly id: string;
  readonly revision: number;
  readonly state: 'approved' | 'rejected';
}

async function review(tx: Tx, ctx: Ctx, { id, revision, state, reason }: Verdict): Promise<Offer> {
  const before = await lockOpenOffer(tx, ctx, id);
  must(before.review.state === 'in_review', () => offerNotInReview(before.code));
  must(before.revision === revision, () => offerChanged(before.code));
  demandSecondPerson(ctx, [before.editedBy, before.review.submittedBy]);
  const after: Offer = {
    ...before,
    review: {
      ...before.review,
      state,
      reason,
      reviewedBy: actorOf(ctx.principal),
      reviewedAt: ctx.now,
    },
    updatedAt: ctx.now,
  };
  await writeOffer(tx, ctx, after);
  const verb = state === 'approved' ? 'offers.approve-offer' : 'offers.reject-offer';
  await audit(tx, ctx, { verb, subject: `offer:${id}`, before, after });
  return after;
}
