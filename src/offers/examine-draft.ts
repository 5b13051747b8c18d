import { must, Refused } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { FieldFault } from '#kernel/refusal';
import { type Read, readPublishable } from './check/find-faults.ts';
import { warningsOf } from './check/find-warnings.ts';
import type { Offer, OfferRow } from './offer-rows.ts';
import { checkPolicy, type PolicyCheck } from './policy/check-policy.ts';
import { offerChanged, offerIllegal, offerWithoutDraft } from './refusals.ts';
import { offerPolicyBreached } from './review-refusals.ts';
import type { OffersRoom } from './room.ts';
import type { Definition } from './rule/definition.ts';

/** What was found of a draft outside of any transaction; it binds only the revision that was read. */
export interface Examined {
  readonly revision: number;
  readonly definition: Definition;
  readonly policy: PolicyCheck;
  readonly faults?: undefined;
}

export type Finding =
  | Examined
  | { readonly revision: number; readonly faults: NonNullable<Read['faults']> };

/** Reads a draft and examines it: its faults, what it names, and the rules of the platform. */
export async function examineDraft(
  room: OffersRoom,
  ctx: Ctx,
  id: string,
): Promise<Finding | undefined> {
  const [row] = await room.db.read([ctx.org], (tx) =>
    tx.query<Pick<OfferRow, 'draft' | 'revision'>>(
      'select draft, revision from offers.offer where org_id = $1 and offer_id = $2',
      [ctx.org, id],
    ),
  );
  if (!row?.draft) return undefined;
  const { faults, definition } = await readPublishable(room, ctx.org, row.draft);
  if (faults) return { revision: row.revision, faults };
  return { revision: row.revision, definition, policy: await checkPolicy(room, ctx, definition) };
}

/**
 * That what was examined is still the draft of a locked offer, and may decide.
 * @throws Refused offer_without_draft, offer_changed, offer_illegal, offer_policy_breached
 */
export function demandFit(
  finding: Finding | undefined,
  { code, draft, revision }: Offer,
): Examined {
  must(draft, () => offerWithoutDraft(code));
  must(finding?.revision === revision, () => offerChanged(code));
  if (finding.faults) throw new Refused(offerIllegal(finding.faults));
  const { breaches } = finding.policy;
  must(breaches.length === 0, () => offerPolicyBreached(breaches));
  return finding;
}

/** What whoever publishes or submits the draft should know, besides its faults. */
export async function warningsFor(
  room: OffersRoom,
  ctx: Ctx,
  finding: Finding | undefined,
): Promise<FieldFault[]> {
  if (!finding || finding.faults) return [];
  const { definition, policy } = finding;
  return [...(await warningsOf(room, ctx, definition)), ...policy.warnings];
}
