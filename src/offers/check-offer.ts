import type { FieldFault, Locale } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { approvalSetting } from './approval-setting.ts';
import { readPublishable } from './check/find-faults.ts';
import { warningsOf } from './check/find-warnings.ts';
import type { Breach } from './policy/breaches.ts';
import { checkPolicy } from './policy/check-policy.ts';
import type { OffersRoom } from './room.ts';
import { todayOf } from './shown.ts';
import { termsShown } from './terms-shown.ts';
import { termsOf } from './words/terms.ts';

/** All that is to be said of an offer before anybody saves or publishes it. */
export interface Checked {
  /** Neither faults nor breaches. */
  readonly legal: boolean;
  readonly faults: FieldFault[];
  readonly warnings: FieldFault[];
  readonly policy_version: number | null;
  readonly breaches: Breach[];
  /** Whether it is published only after a second person approved it. */
  readonly approval: boolean;
  /** What members would read; null while there are faults. */
  readonly terms: Record<Locale, ReturnType<typeof termsShown>> | null;
}

/** Checks what somebody wrote as an offer of `ctx.org`; saves nothing. */
export async function checkWritten(room: OffersRoom, ctx: Ctx, input: unknown): Promise<Checked> {
  const { faults, definition } = await readPublishable(room, ctx.org, input);
  const { approval } = await approvalSetting(room, ctx.org);
  const required = approval === 'required';
  if (faults) {
    const none = { warnings: [], policy_version: null, breaches: [] };
    return { legal: false, faults: [...faults], ...none, approval: required, terms: null };
  }
  const policy = await checkPolicy(room, ctx, definition);
  const terms = termsOf(definition, await todayOf(room, ctx));
  return {
    legal: policy.breaches.length === 0,
    faults: [],
    warnings: [...(await warningsOf(room, ctx, definition)), ...policy.warnings],
    policy_version: policy.version,
    breaches: [...policy.breaches],
    approval: required || policy.approval !== null,
    terms: { zh: termsShown(terms, 'zh'), en: termsShown(terms, 'en') },
  };
}
