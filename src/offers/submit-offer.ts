import { must } from '#kernel/refusal';
import { actorOf, audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { demandFit, examineDraft, type Finding } from './examine-draft.ts';
import { lockOpenOffer, NOT_REVIEWED, type Offer, writeOffer } from './offer-rows.ts';
import { approvalNeedsPerson } from './review-refusals.ts';
import type { OffersRoom } from './room.ts';

/**
 * Hands the draft to a second person, who approves or rejects it. Idempotent; a draft that was approved
 * stays approved.
 * @throws Refused offer_unknown, offer_ended, offer_without_draft, offer_illegal, offer_policy_breached,
 * offer_changed, offers_of_all_stores, approval_needs_person
 */
export async function submitOffer(room: OffersRoom, ctx: Ctx, id: string): Promise<Offer> {
  const { work } = await submittingOffer(room, ctx, id);
  return room.db.transact([ctx.org], work);
}

export interface Submitting {
  readonly finding: Finding | undefined;
  /** The work of `submitOffer` inside a transaction of `ctx.org`. */
  readonly work: (tx: Tx) => Promise<Offer>;
}

/** Reads what `submitOffer` needs. */
export async function submittingOffer(room: OffersRoom, ctx: Ctx, id: string): Promise<Submitting> {
  const finding = await examineDraft(room, ctx, id);
  const work = async (tx: Tx) => {
    // Who may make keys would else be author and second person at once.
    must(ctx.principal.kind !== 'key', approvalNeedsPerson);
    const before = await lockOpenOffer(tx, ctx, id);
    demandFit(finding, before);
    const { state } = before.review;
    if (state === 'in_review' || state === 'approved') return before;
    const after: Offer = {
      ...before,
      review: {
        ...NOT_REVIEWED,
        state: 'in_review',
        submittedBy: actorOf(ctx.principal),
        submittedAt: ctx.now,
      },
      updatedAt: ctx.now,
    };
    await writeOffer(tx, ctx, after);
    await audit(tx, ctx, { verb: 'offers.submit-offer', subject: `offer:${id}`, before, after });
    return after;
  };
  return { finding, work };
}
