import type { Refusal } from '#kernel/refusal';
import { policyRefusals } from './policy/refusals.ts';
import { offerRefusals } from './refusals.ts';
import { reviewRefusals } from './review-refusals.ts';

/** One of each, for the page of problems. */
export const offersRefusals: readonly Refusal[] = [
  ...offerRefusals,
  ...reviewRefusals,
  ...policyRefusals,
];
