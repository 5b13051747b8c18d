import { must, Refused } from '#kernel/refusal';
import { actorOf, audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { readDefinition } from './check/find-faults.ts';
import { lockOpenOffer, NOT_REVIEWED, type Offer, writeOffer } from './offer-rows.ts';
import { offerCodeFixed, offerIllegal } from './refusals.ts';
import type { OffersRoom } from './room.ts';

/**
 * Replaces the draft of an offer, which is then reviewed anew. What is live goes on as it was published.
 * @throws Refused offer_unknown, offer_ended, offer_illegal, offer_code_fixed, offers_of_all_stores
 */
export async function editDraft(
  room: OffersRoom,
  ctx: Ctx,
  id: string,
  input: unknown,
): Promise<Offer> {
  const work = await editingDraft(room, ctx, id, input);
  return room.db.transact([ctx.org], work);
}

/** Reads what `editDraft` needs; the answer is its work inside a transaction of `ctx.org`. */
export async function editingDraft(
  { knows }: OffersRoom,
  ctx: Ctx,
  id: string,
  input: unknown,
): Promise<(tx: Tx) => Promise<Offer>> {
  const { definition, faults } = await readDefinition(knows, ctx.org, input);
  return async (tx) => {
    const before = await lockOpenOffer(tx, ctx, id);
    if (faults) throw new Refused(offerIllegal(faults));
    must(definition.code === before.code, () => offerCodeFixed(before.code));
    const after: Offer = {
      ...before,
      draft: definition,
      revision: before.revision + 1,
      editedBy: actorOf(ctx.principal),
      review: NOT_REVIEWED,
      updatedAt: ctx.now,
    };
    await writeOffer(tx, ctx, after);
    await audit(tx, ctx, { verb: 'offers.edit-draft', subject: `offer:${id}`, before, after });
    return after;
  };
}
