import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { goLive } from './go-live.ts';
import { lockOpenOffer, type Offer, writeOffer } from './offer-rows.ts';
import { offerUnpublished } from './refusals.ts';

/**
 * Lets a paused offer decide again, in the version that was live before. Idempotent.
 * @throws Refused offer_unknown, offer_unpublished, offer_ended, offers_of_all_stores
 */
export function resumeOffer(db: Database, ctx: Ctx, id: string): Promise<Offer> {
  return db.transact([ctx.org], (tx) => resumeOfferIn(tx, ctx, id));
}

/** `resumeOffer` inside a transaction of `ctx.org`. */
export async function resumeOfferIn(tx: Tx, ctx: Ctx, id: string): Promise<Offer> {
  const before = await lockOpenOffer(tx, ctx, id);
  must(before.status !== 'draft', () => offerUnpublished(before.code));
  if (before.status === 'live') return before;
  const after: Offer = { ...before, status: 'live', updatedAt: ctx.now };
  await writeOffer(tx, ctx, after);
  await goLive(tx, ctx, id, before.liveVersion);
  await audit(tx, ctx, { verb: 'offers.resume-offer', subject: `offer:${id}`, before, after });
  return after;
}
