import { must } from '#kernel/refusal';
import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { lockOffer, type Offer, writeOffer } from './offer-rows.ts';
import { offerNotEnded } from './review-refusals.ts';

/**
 * Puts an ended offer away: lists leave it out unless asked. Its code stays taken. Idempotent.
 * @throws Refused offer_unknown, offer_not_ended, offers_of_all_stores
 */
export function archiveOffer(db: Database, ctx: Ctx, id: string): Promise<Offer> {
  return db.transact([ctx.org], (tx) => archiveOfferIn(tx, ctx, id));
}

/** `archiveOffer` inside a transaction of `ctx.org`. */
export async function archiveOfferIn(tx: Tx, ctx: Ctx, id: string): Promise<Offer> {
  const before = await lockOffer(tx, ctx, id);
  if (before.status === 'archived') return before;
  must(before.status === 'ended', () => offerNotEnded(before.code));
  const after: Offer = { ...before, status: 'archived', updatedAt: ctx.now };
  await writeOffer(tx, ctx, after);
  await audit(tx, ctx, { verb: 'offers.archive-offer', subject: `offer:${id}`, before, after });
  return after;
}
