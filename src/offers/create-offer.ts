import { newId } from '#kernel/ids';
import { must, Refused } from '#kernel/refusal';
import { actorOf, audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { readDefinition } from './check/find-faults.ts';
import { NOT_REVIEWED, type Offer } from './offer-rows.ts';
import { offerCodeTaken, offerIllegal, offersOfAllStores } from './refusals.ts';
import type { OffersRoom } from './room.ts';

/**
 * Creates an offer of `ctx.org` as a draft, which decides nothing until it is published.
 * @param input a definition: fen, points and ppm
 * @throws Refused offer_illegal with a pointer per field, offer_code_taken, offers_of_all_stores
 */
export async function createOffer(room: OffersRoom, ctx: Ctx, input: unknown): Promise<Offer> {
  const work = await creatingOffer(room, ctx, input);
  return room.db.transact([ctx.org], work);
}

/** Reads what `createOffer` needs; the answer is its work inside a transaction of `ctx.org`. */
export async function creatingOffer(
  { knows }: OffersRoom,
  ctx: Ctx,
  input: unknown,
): Promise<(tx: Tx) => Promise<Offer>> {
  const { definition, faults } = await readDefinition(knows, ctx.org, input);
  return async (tx) => {
    must(ctx.principal.stores === 'all', offersOfAllStores);
    if (faults) throw new Refused(offerIllegal(faults));
    const offer: Offer = {
      id: newId(),
      code: definition.code,
      status: 'draft',
      draft: definition,
      revision: 1,
      editedBy: actorOf(ctx.principal),
      review: NOT_REVIEWED,
      liveVersion: null,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    };
    const inserted = await tx.execute(
      `insert into offers.offer
         (org_id, offer_id, code, status, draft, revision, edited_by, created_at, updated_at)
       values ($1, $2, $3, 'draft', $4, 1, $6, $5, $5) on conflict (org_id, code) do nothing`,
      [ctx.org, offer.id, offer.code, JSON.stringify(definition), ctx.now, offer.editedBy],
    );
    must(inserted === 1, () => offerCodeTaken(offer.code));
    await audit(tx, ctx, {
      verb: 'offers.create-offer',
      subject: `offer:${offer.id}`,
      after: offer,
    });
    return offer;
  };
}
