import { type Day, dayOf } from '#kernel/day';
import { type FieldFault, must, Refused } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { type Read, readPublishable } from './check/find-faults.ts';
import { warningsOf } from './check/find-warnings.ts';
import { LISTED, type ListedRow } from './list-offers.ts';
import type { Offer } from './offer-rows.ts';
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
  /** What is live now and will not be any more. */
  readonly replaced: Definition | null;
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
    tx.query<ListedRow>(`${LISTED} where o.org_id = $1 and o.offer_id = $2`, [ctx.org, id]),
  );
  if (!row?.draft) return undefined;
  const { revision, status } = row;
  const { faults, definition } = await readPublishable(room, ctx.org, row.draft);
  if (faults) return { revision, faults };
  const policy = await checkPolicy(room, ctx, definition);
  return { revision, definition, policy, replaced: status === 'live' ? row.published : null };
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
  const { definition, policy, replaced } = finding;
  const today = dayOf(ctx.now, await room.knows.zone(ctx.org));
  return [
    ...(await warningsOf(room, ctx, definition)),
    ...policy.warnings,
    ...gapWarnings(definition, replaced, today),
  ];
}

/** A version replaces the one before at once, also if its own first day is still to come. */
function gapWarnings(
  { schedule: { from } }: Definition,
  replaced: Definition | null,
  today: Day,
): FieldFault[] {
  if (!replaced || from <= today || replaced.schedule.from > today) return [];
  return [
    {
      pointer: '/schedule/from',
      detail: {
        zh: `现行版本随发布立即停止，新版本到 ${from} 才开始；若要衔接，请到当天再发布，或另建方案`,
        en: `what is live now stops with the publication and this begins on ${from}: to leave no gap, publish on that day or make another offer`,
      },
    },
  ];
}
