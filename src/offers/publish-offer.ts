import { type FieldFault, must, Refused } from '#kernel/refusal';
import { actorOf, audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import type { Definition } from './rule/definition.ts';
import { type Read, readPublishable } from './check/find-faults.ts';
import { warningsOf } from './check/find-warnings.ts';
import { goLive } from './go-live.ts';
import { lockOpenOffer, type Offer, type OfferRow, writeOffer } from './offer-rows.ts';
import { offerChanged, offerIllegal, offerWithoutDraft } from './refusals.ts';
import type { OffersRoom } from './room.ts';
import { linkForecast } from './simulate/link-forecast.ts';

/**
 * Makes the draft the offer's next version and lets it decide; a paused offer goes on with it. What
 * earlier versions decided stays as it was.
 * @throws Refused offer_unknown, offer_ended, offer_without_draft, offer_illegal (also for a store,
 * tier or budget that is not there), offer_changed, offers_of_all_stores
 */
export async function publishOffer(room: OffersRoom, ctx: Ctx, id: string): Promise<Offer> {
  const work = await publishingOffer(room, ctx, id);
  return room.db.transact([ctx.org], work);
}

/** Reads what `publishOffer` needs; the answer is its work inside a transaction of `ctx.org`. */
export async function publishingOffer(
  room: OffersRoom,
  ctx: Ctx,
  id: string,
): Promise<(tx: Tx) => Promise<Offer>> {
  const checked = await checkedDraft(room, ctx, id);
  return async (tx) => {
    const before = await lockOpenOffer(tx, ctx, id);
    must(before.draft, () => offerWithoutDraft(before.code));
    must(checked?.revision === before.revision, () => offerChanged(before.code));
    if (checked.read.faults) throw new Refused(offerIllegal(checked.read.faults));
    const version = await addVersion(tx, ctx, id, checked.read.definition);
    const after: Offer = {
      ...before,
      status: 'live',
      draft: null,
      liveVersion: version,
      updatedAt: ctx.now,
    };
    await writeOffer(tx, ctx, after);
    await linkForecast(tx, ctx.org, id, version, checked.read.definition);
    await goLive(tx, ctx, id, version);
    await audit(tx, ctx, { verb: 'offers.publish-offer', subject: `offer:${id}`, before, after });
    return after;
  };
}

/** What the publisher of the draft should know, besides its faults; none without a draft. */
export async function draftWarnings(room: OffersRoom, ctx: Ctx, id: string): Promise<FieldFault[]> {
  const draft = (await readDraft(room.db, ctx, id))?.draft;
  return draft ? warningsOf(room, ctx, draft) : [];
}

interface Checked {
  readonly revision: number;
  readonly read: Read;
}

async function checkedDraft(room: OffersRoom, ctx: Ctx, id: string): Promise<Checked | undefined> {
  const row = await readDraft(room.db, ctx, id);
  if (!row?.draft) return undefined;
  return { revision: row.revision, read: await readPublishable(room, ctx.org, row.draft) };
}

async function readDraft(
  db: Database,
  ctx: Ctx,
  id: string,
): Promise<Pick<OfferRow, 'draft' | 'revision'> | undefined> {
  const [row] = await db.read([ctx.org], (tx) =>
    tx.query<Pick<OfferRow, 'draft' | 'revision'>>(
      'select draft, revision from offers.offer where org_id = $1 and offer_id = $2',
      [ctx.org, id],
    ),
  );
  return row;
}

/** The offer's row is locked, so its versions are numbered one after the other. */
async function addVersion(tx: Tx, ctx: Ctx, id: string, definition: Definition): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `insert into offers.version (org_id, offer_id, version, definition, published_at, published_by)
     select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5
       from offers.version where org_id = $1 and offer_id = $2
     returning version`,
    [ctx.org, id, JSON.stringify(definition), ctx.now, actorOf(ctx.principal)],
  );
  return (row as { version: number }).version;
}
