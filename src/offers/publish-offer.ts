import { must } from '#kernel/refusal';
import { actorOf, audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { approvalSetting } from './approval-setting.ts';
import { demandFit, type Examined, examineDraft, type Finding } from './examine-draft.ts';
import { goLive } from './go-live.ts';
import { lockOpenOffer, NOT_REVIEWED, type Offer, writeOffer } from './offer-rows.ts';
import { offerNotApproved } from './review-refusals.ts';
import type { OffersRoom } from './room.ts';
import { linkForecast } from './simulate/link-forecast.ts';

/**
 * Makes the draft the offer's next version and lets it decide from its first day on; a paused offer goes
 * on with it. What earlier versions decided stays as it was. The product itself needs no approval.
 * @throws Refused offer_unknown, offer_ended, offer_without_draft, offer_illegal (also for a store, tier,
 * product or budget that is not there), offer_policy_breached, offer_not_approved, offer_changed,
 * offers_of_all_stores
 */
export async function publishOffer(room: OffersRoom, ctx: Ctx, id: string): Promise<Offer> {
  const { work } = await publishingOffer(room, ctx, id);
  return room.db.transact([ctx.org], work);
}

export interface Publishing {
  readonly finding: Finding | undefined;
  /** The work of `publishOffer` inside a transaction of `ctx.org`. */
  readonly work: (tx: Tx) => Promise<Offer>;
}

/** Reads what `publishOffer` needs. */
export async function publishingOffer(room: OffersRoom, ctx: Ctx, id: string): Promise<Publishing> {
  const finding = await examineDraft(room, ctx, id);
  const wanted = (await approvalSetting(room, ctx.org)).approval === 'required';
  const work = async (tx: Tx) => {
    const before = await lockOpenOffer(tx, ctx, id);
    const examined = demandFit(finding, before);
    demandApproved(ctx, before, examined, wanted);
    const version = await addVersion(tx, ctx, before, examined);
    const after: Offer = {
      ...before,
      status: 'live',
      draft: null,
      review: NOT_REVIEWED,
      liveVersion: version,
      updatedAt: ctx.now,
    };
    await writeOffer(tx, ctx, after);
    await linkForecast(tx, ctx.org, id, version, examined.definition);
    await goLive(tx, ctx, id, version);
    await audit(tx, ctx, { verb: 'offers.publish-offer', subject: `offer:${id}`, before, after });
    return after;
  };
  return { finding, work };
}

/** Who asked for a review waits for it, whether or not it is required. */
function demandApproved(
  { principal }: Ctx,
  { code, review }: Offer,
  { policy }: Examined,
  wanted: boolean,
): void {
  if (review.state === 'approved' || principal.kind === 'system') return;
  const open = review.state === 'none' && !wanted && !policy.approval;
  must(open, () => offerNotApproved(code, review.state, policy.approval?.source ?? null));
}

/** The offer's row is locked, so its versions are numbered one after the other. */
async function addVersion(
  tx: Tx,
  ctx: Ctx,
  { id, review }: Offer,
  { definition, policy }: Examined,
): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `insert into offers.version
       (org_id, offer_id, version, definition, published_at, published_by, approved_by, policy_version)
     select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5, $6, $7
       from offers.version where org_id = $1 and offer_id = $2
     returning version`,
    [
      ctx.org,
      id,
      JSON.stringify(definition),
      ctx.now,
      actorOf(ctx.principal),
      review.state === 'approved' ? review.reviewedBy : null,
      policy.version,
    ],
  );
  return (row as { version: number }).version;
}
