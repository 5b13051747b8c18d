import { answer, bind, type Route } from '#platform/contract';
import { idempotent } from '#platform/http/idempotent';
import { approvalSetting, chooseApproval } from './approval-setting.ts';
import { approveOfferIn, rejectOfferIn } from './approve-offer.ts';
import { archiveOfferIn } from './archive-offer.ts';
import { warningsFor } from './examine-draft.ts';
import * as contract from './review-contract.ts';
import type { OffersRoom } from './room.ts';
import { once, shownNow, todayOf } from './shown.ts';
import { submittingOffer } from './submit-offer.ts';

/** What passes between the writer of an offer and a second person, and the putting away. */
export function reviewRoutes(room: OffersRoom): Route[] {
  const { db } = room;
  return [
    bind(contract.submitOffer, async (ctx, { params, meta }) => {
      const { finding, work } = await submittingOffer(room, ctx, params.offer_id);
      const warnings = await warningsFor(room, ctx, finding);
      const today = await todayOf(room, ctx);
      return idempotent(db, ctx, meta, async (tx) => {
        const { id } = await work(tx);
        return { answer: answer(200, { ...(await shownNow(tx, ctx, id, today)), warnings }) };
      });
    }),
    bind(contract.approveOffer, (ctx, { params, body: { revision }, meta }) =>
      once(room, ctx, meta, (tx) => approveOfferIn(tx, ctx, params.offer_id, revision)),
    ),
    bind(contract.rejectOffer, (ctx, { params, body, meta }) =>
      once(room, ctx, meta, (tx) => rejectOfferIn(tx, ctx, params.offer_id, body)),
    ),
    bind(contract.archiveOffer, (ctx, { params, meta }) =>
      once(room, ctx, meta, (tx) => archiveOfferIn(tx, ctx, params.offer_id)),
    ),
    bind(contract.readOfferSettings, async (ctx) =>
      answer(200, await approvalSetting(room, ctx.org)),
    ),
    bind(contract.writeOfferSettings, (ctx, { body: { approval }, meta }) =>
      idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(200, await chooseApproval(tx, ctx, approval)),
      })),
    ),
  ];
}
