import { type Day, dayOf } from '#kernel/day';
import { answer, type Meta } from '#platform/contract';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { idempotent } from '#platform/http/idempotent';
import { readListed } from './get-offer.ts';
import { type ListedOffer, shownStatus } from './list-offers.ts';
import type { Offer } from './offer-rows.ts';
import type { OffersRoom } from './room.ts';

/** A change of one offer, carried out once per key; the answer is the offer. */
export async function once(
  room: OffersRoom,
  ctx: Ctx,
  meta: Meta,
  work: (tx: Tx) => Promise<Offer>,
) {
  const today = await todayOf(room, ctx);
  return idempotent(room.db, ctx, meta, async (tx) => {
    const { id } = await work(tx);
    return { answer: answer(200, await shownNow(tx, ctx, id, today)) };
  });
}

export async function todayOf({ knows }: OffersRoom, { org, now }: Ctx): Promise<Day> {
  return dayOf(now, await knows.zone(org));
}

export async function shownNow(tx: Tx, ctx: Ctx, id: string, today: Day) {
  return offerShown(await readListed(tx, ctx.org, id), today);
}

export function offerShown(offer: ListedOffer, today: Day) {
  const { review } = offer;
  return {
    offer_id: offer.id,
    code: offer.code,
    name: offer.name,
    status: shownStatus(offer, today),
    live_version: offer.liveVersion,
    published: offer.published as Record<string, unknown> | null,
    draft: offer.draft as Record<string, unknown> | null,
    revision: offer.revision,
    edited_by: offer.editedBy,
    review: {
      state: review.state,
      submitted_by: review.submittedBy,
      submitted_at: review.submittedAt?.toISOString() ?? null,
      reviewed_by: review.reviewedBy,
      reviewed_at: review.reviewedAt?.toISOString() ?? null,
      reason: review.reason,
    },
    created_at: offer.createdAt.toISOString(),
    updated_at: offer.updatedAt.toISOString(),
  };
}
