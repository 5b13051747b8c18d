import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { goLive } from './go-live.ts';
import { lockOffer, type Offer, writeOffer } from './offer-rows.ts';

/**
 * Ends an offer for good; its code stays taken, and what it granted stays. Idempotent.
 * @throws Refused offer_unknown, offers_of_all_stores
 */
export function endOffer(db: Database, ctx: Ctx, id: string): Promise<Offer> {
  return db.transact([ctx.org], (tx) => endOfferIn(tx, ctx, id));
}

/** `endOffer` inside a transaction of `ctx.org`. */
export async function endOfferIn(tx: Tx, ctx: Ctx, id: string): Promise<Offer> {
  const before = await lockOffer(tx, ctx, id);
  if (before.status === 'ended' || before.status === 'archived') return before;
  const after: Offer = { ...before, status: 'ended', updatedAt: ctx.now };
  await writeOffer(tx, ctx, after);
  if (before.status === 'live') await goLive(tx, ctx, id, null);
  await audit(tx, ctx, { verb: 'offers.end-offer', subject: `offer:${id}`, before, after });
  return after;
}
