import { answer, bind, type Meta, type Route } from '#platform/contract';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { idempotent } from '#platform/http/idempotent';
import { decodeCursor, page } from '#platform/http/page';
import * as contract from './contract.ts';
import { creatingOffer } from './create-offer.ts';
import { editingDraft } from './edit-draft.ts';
import { endOfferIn } from './end-offer.ts';
import { readPublishable } from './check/find-faults.ts';
import { warningsOf } from './check/find-warnings.ts';
import { listVersions, readListed } from './get-offer.ts';
import { type ListedOffer, listOffers } from './list-offers.ts';
import type { Offer, PublishedVersion } from './offer-rows.ts';
import { pauseOfferIn } from './pause-offer.ts';
import { draftWarnings, publishingOffer } from './publish-offer.ts';
import { resumeOfferIn } from './resume-offer.ts';
import type { OffersRoom } from './room.ts';

export function offersRoutes(room: OffersRoom): Route[] {
  return [...readingRoutes(room), ...draftRoutes(room), ...stateRoutes(room)];
}

function readingRoutes({ db }: OffersRoom): Route[] {
  return [
    bind(contract.listOffers, async (ctx, { query: { limit, cursor, status } }) => {
      const list = `offers:${ctx.org}:${status ?? ''}`;
      const after = decodeCursor(list, cursor)?.[0] as string | undefined;
      const offers = await listOffers(db, ctx, { after, limit: limit + 1, status });
      return answer(
        200,
        page(offers.map(offerShown), limit, list, ({ code }) => [code]),
      );
    }),
    bind(contract.readOffer, async (ctx, { params }) =>
      answer(200, await db.read([ctx.org], (tx) => shownNow(tx, ctx, params.offer_id))),
    ),
    bind(contract.listOfferVersions, async (ctx, { params, query: { limit, cursor } }) => {
      const list = `offer-versions:${ctx.org}:${params.offer_id}`;
      const before = decodeCursor(list, cursor)?.[0] as number | undefined;
      const asked = { before, limit: limit + 1 };
      const versions = await listVersions(db, ctx, params.offer_id, asked);
      return answer(
        200,
        page(versions.map(versionShown), limit, list, ({ version }) => [version]),
      );
    }),
  ];
}

function draftRoutes(room: OffersRoom): Route[] {
  const { db } = room;
  return [
    bind(contract.createOffer, async (ctx, { body, meta }) => {
      const work = await creatingOffer(room, ctx, body);
      return idempotent(db, ctx, meta, async (tx) => {
        const { id } = await work(tx);
        return { answer: answer(201, await shownNow(tx, ctx, id)) };
      });
    }),
    bind(contract.checkOffer, async (ctx, { body }) => {
      const { faults, definition } = await readPublishable(room, ctx.org, body);
      const warnings = definition ? await warningsOf(room, ctx, definition) : [];
      return answer(200, { legal: !faults, faults: [...(faults ?? [])], warnings });
    }),
    bind(contract.editDraft, async (ctx, { params, body, meta }) => {
      return once(db, ctx, meta, await editingDraft(room, ctx, params.offer_id, body));
    }),
  ];
}

function stateRoutes(room: OffersRoom): Route[] {
  const { db } = room;
  return [
    bind(contract.publishOffer, async (ctx, { params, meta }) => {
      const work = await publishingOffer(room, ctx, params.offer_id);
      const warnings = await draftWarnings(room, ctx, params.offer_id);
      return idempotent(db, ctx, meta, async (tx) => {
        const { id } = await work(tx);
        return { answer: answer(200, { ...(await shownNow(tx, ctx, id)), warnings }) };
      });
    }),
    bind(contract.pauseOffer, (ctx, { params, meta }) =>
      once(db, ctx, meta, (tx) => pauseOfferIn(tx, ctx, params.offer_id)),
    ),
    bind(contract.resumeOffer, (ctx, { params, meta }) =>
      once(db, ctx, meta, (tx) => resumeOfferIn(tx, ctx, params.offer_id)),
    ),
    bind(contract.endOffer, (ctx, { params, meta }) =>
      once(db, ctx, meta, (tx) => endOfferIn(tx, ctx, params.offer_id)),
    ),
  ];
}

function once(db: Database, ctx: Ctx, meta: Meta, work: (tx: Tx) => Promise<Offer>) {
  return idempotent(db, ctx, meta, async (tx) => {
    const { id } = await work(tx);
    return { answer: answer(200, await shownNow(tx, ctx, id)) };
  });
}

async function shownNow(tx: Tx, ctx: Ctx, id: string) {
  return offerShown(await readListed(tx, ctx.org, id));
}

function offerShown(offer: ListedOffer) {
  return {
    offer_id: offer.id,
    code: offer.code,
    name: offer.name,
    status: offer.status,
    live_version: offer.liveVersion,
    published: offer.published as Record<string, unknown> | null,
    draft: offer.draft as Record<string, unknown> | null,
    created_at: offer.createdAt.toISOString(),
    updated_at: offer.updatedAt.toISOString(),
  };
}

function versionShown({ version, definition, publishedAt, publishedBy }: PublishedVersion) {
  return {
    version,
    definition: definition as Record<string, unknown>,
    published_at: publishedAt.toISOString(),
    published_by: publishedBy,
  };
}
