import { answer, bind, type Route } from '#platform/contract';
import { idempotent } from '#platform/http/idempotent';
import { decodeCursor, page } from '#platform/http/page';
import { checkWritten } from './check-offer.ts';
import * as contract from './contract.ts';
import { creatingOffer } from './create-offer.ts';
import { editingDraft } from './edit-draft.ts';
import { endOfferIn } from './end-offer.ts';
import { warningsFor } from './examine-draft.ts';
import { listVersions } from './get-offer.ts';
import { listOffers } from './list-offers.ts';
import type { PublishedVersion } from './offer-rows.ts';
import { pauseOfferIn } from './pause-offer.ts';
import { policyRoutes } from './policy/policy-routes.ts';
import { publishingOffer } from './publish-offer.ts';
import { resumingOffer } from './resume-offer.ts';
import { reviewRoutes } from './review-routes.ts';
import type { OffersRoom } from './room.ts';
import { offerShown, once, shownNow, todayOf } from './shown.ts';
import { wordsRoutes } from './words-routes.ts';

export function offersRoutes(room: OffersRoom): Route[] {
  return [
    ...readingRoutes(room),
    ...draftRoutes(room),
    ...stateRoutes(room),
    ...reviewRoutes(room),
    ...policyRoutes(room),
    ...wordsRoutes(room),
  ];
}

function readingRoutes(room: OffersRoom): Route[] {
  const { db } = room;
  return [
    bind(contract.listOffers, async (ctx, { query: { limit, cursor, status } }) => {
      const list = `offers:${ctx.org}:${status ?? ''}`;
      const after = decodeCursor(list, cursor)?.[0] as string | undefined;
      const today = await todayOf(room, ctx);
      const offers = await listOffers(db, ctx, { after, limit: limit + 1, status, today });
      const shown = offers.map((offer) => offerShown(offer, today));
      return answer(
        200,
        page(shown, limit, list, ({ code }) => [code]),
      );
    }),
    bind(contract.readOffer, async (ctx, { params }) => {
      const today = await todayOf(room, ctx);
      return answer(
        200,
        await db.read([ctx.org], (tx) => shownNow(tx, ctx, params.offer_id, today)),
      );
    }),
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
      const today = await todayOf(room, ctx);
      return idempotent(db, ctx, meta, async (tx) => {
        const { id } = await work(tx);
        return { answer: answer(201, await shownNow(tx, ctx, id, today)) };
      });
    }),
    bind(contract.checkOffer, async (ctx, { body }) =>
      answer(200, await checkWritten(room, ctx, body)),
    ),
    bind(contract.editDraft, async (ctx, { params, body, meta }) =>
      once(room, ctx, meta, await editingDraft(room, ctx, params.offer_id, body)),
    ),
  ];
}

function stateRoutes(room: OffersRoom): Route[] {
  const { db } = room;
  return [
    bind(contract.publishOffer, async (ctx, { params, meta }) => {
      const { finding, work } = await publishingOffer(room, ctx, params.offer_id);
      const warnings = await warningsFor(room, ctx, finding);
      const today = await todayOf(room, ctx);
      return idempotent(db, ctx, meta, async (tx) => {
        const { id } = await work(tx);
        return { answer: answer(200, { ...(await shownNow(tx, ctx, id, today)), warnings }) };
      });
    }),
    bind(contract.pauseOffer, (ctx, { params, meta }) =>
      once(room, ctx, meta, (tx) => pauseOfferIn(tx, ctx, params.offer_id)),
    ),
    bind(contract.resumeOffer, async (ctx, { params, meta }) =>
      once(room, ctx, meta, await resumingOffer(room, ctx, params.offer_id)),
    ),
    bind(contract.endOffer, (ctx, { params, meta }) =>
      once(room, ctx, meta, (tx) => endOfferIn(tx, ctx, params.offer_id)),
    ),
  ];
}

function versionShown(version: PublishedVersion) {
  return {
    version: version.version,
    definition: version.definition as Record<string, unknown>,
    published_at: version.publishedAt.toISOString(),
    published_by: version.publishedBy,
    approved_by: version.approvedBy,
    policy_version: version.policyVersion,
  };
}
