import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { goLive } from './go-live.ts';
import { lockOpenOffer, type Offer, writeOffer } from './offer-rows.ts';
import { offerUnpublished } from './refusals.ts';

/**
 * Stops an offer until it is resumed; a sale taken after this is decided without it. Idempotent.
 * @throws Refused offer_unknown, offer_unpublished, offer_ended, offers_of_all_stores
 */
export function pauseOffer(db: Database, ctx: Ctx, id: string): Promise<Offer> {
  return db.transact([ctx.org], (tx) => pauseOfferIn(tx, ctx, id));
}

/** `pauseOffer` inside a transaction of `ctx.org`. */
export async function pauseOfferIn(tx: Tx, ctx: Ctx, id: string): Promise<Offer> {
  const before = await lockOpenOffer(tx, ctx, id);
  must(before.status !== 'draft', () => offerUnpublished(before.code));
  if (before.status === 'paused') return before;
  const after: Offer = { ...before, status: 'paused', updatedAt: ctx.now };
  await writeOffer(tx, ctx, after);
  await goLive(tx, ctx, id, null);
  await audit(tx, ctx, { verb: 'offers.pause-offer', subject: `offer:${id}`, before, after });
  return after;
}
