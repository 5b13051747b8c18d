import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { readListed } from './get-offer.ts';
import { goLive } from './go-live.ts';
import { lockOpenOffer, type Offer, writeOffer } from './offer-rows.ts';
import { checkPolicy } from './policy/check-policy.ts';
import { offerUnpublished } from './refusals.ts';
import { offerPolicyBreached } from './review-refusals.ts';
import type { OffersRoom } from './room.ts';

/**
 * Lets a paused offer decide again, in the version that was live before, if the rules of the platform
 * still let it. Idempotent.
 * @throws Refused offer_unknown, offer_unpublished, offer_ended, offer_policy_breached,
 * offers_of_all_stores
 */
export async function resumeOffer(room: OffersRoom, ctx: Ctx, id: string): Promise<Offer> {
  const work = await resumingOffer(room, ctx, id);
  return room.db.transact([ctx.org], work);
}

/** Reads what `resumeOffer` needs; the answer is its work inside a transaction of `ctx.org`. */
export async function resumingOffer(
  room: OffersRoom,
  ctx: Ctx,
  id: string,
): Promise<(tx: Tx) => Promise<Offer>> {
  const { published } = await room.db.read([ctx.org], (tx) => readListed(tx, ctx.org, id));
  const breaches = published ? (await checkPolicy(room, ctx, published)).breaches : [];
  return async (tx) => {
    const before = await lockOpenOffer(tx, ctx, id);
    must(before.status !== 'draft', () => offerUnpublished(before.code));
    if (before.status === 'live') return before;
    must(breaches.length === 0, () => offerPolicyBreached(breaches));
    const after: Offer = { ...before, status: 'live', updatedAt: ctx.now };
    await writeOffer(tx, ctx, after);
    await goLive(tx, ctx, id, before.liveVersion);
    await audit(tx, ctx, { verb: 'offers.resume-offer', subject: `offer:${id}`, before, after });
    return after;
  };
}
