import { z } from 'zod';
import { operation, pageOf, pageQuery } from '#platform/contract';
import { offer, params, saying, STATUSES, stored, warnings, written } from './offer-shown.ts';
import { breach } from './policy/policy-contract.ts';
import { terms } from './words-contract.ts';

export * from './policy/policy-contract.ts';
export * from './review-contract.ts';
export * from './words-contract.ts';

const TAG = ['Offers'];

const version = z
  .strictObject({
    version: z.int(),
    definition: stored,
    published_at: z.iso.datetime(),
    published_by: z.string().meta({ description: 'The principal, as "staff:<id>".' }),
    approved_by: z.string().nullable().meta({
      description: 'The second person; null where none was asked.',
    }),
    policy_version: z.int().nullable().meta({
      description: 'The rules of the platform that it was checked against.',
    }),
  })
  .meta({ id: 'OfferVersion' });

export const listOffers = operation({
  id: 'listOffers',
  method: 'GET',
  path: '/v1/offers',
  summary: 'List offers',
  description: 'The offers of your org, by code; archived ones only if asked for.',
  tags: TAG,
  scope: 'offer.read',
  query: z.strictObject({ ...pageQuery, status: z.enum(STATUSES).optional() }),
  reply: { 200: pageOf(offer) },
  refusals: ['cursor_malformed'],
});

export const createOffer = operation({
  id: 'createOffer',
  method: 'POST',
  path: '/v1/offers',
  summary: 'Draft an offer',
  description: 'Creates an offer as a draft, which decides nothing until it is published.',
  tags: TAG,
  scope: 'offer.write',
  body: written,
  reply: { 201: offer },
  refusals: ['offer_illegal', 'offer_code_taken', 'offers_of_all_stores'],
});

export const checkOffer = operation({
  id: 'checkOffer',
  method: 'POST',
  path: '/v1/offers/check',
  summary: 'Check an offer',
  description:
    'Says what would keep the offer from being published: faults, also names of what is not there, and ' +
    'breaches of the rules of the platform, with their sources. Saves nothing.',
  tags: TAG,
  scope: 'offer.write',
  idempotent: false,
  body: written,
  reply: {
    200: z.strictObject({
      legal: z.boolean(),
      faults: z.array(saying),
      warnings,
      policy_version: z.int().nullable().meta({
        description: 'The rules it was checked against; null if its faults came first.',
      }),
      breaches: z.array(breach),
      approval: z.boolean().meta({
        description: 'Whether it is published only after a second person approved it.',
      }),
      terms: z
        .strictObject({ zh: terms, en: terms })
        .nullable()
        .meta({ description: 'What members would read; null while there are faults.' }),
    }),
  },
});

export const readOffer = operation({
  id: 'readOffer',
  method: 'GET',
  path: '/v1/offers/{offer_id}',
  summary: 'Read an offer',
  description: 'An offer with what is published of it and its draft.',
  tags: TAG,
  scope: 'offer.read',
  params,
  reply: { 200: offer },
  refusals: ['offer_unknown'],
});

export const listOfferVersions = operation({
  id: 'listOfferVersions',
  method: 'GET',
  path: '/v1/offers/{offer_id}/versions',
  summary: 'List the versions of an offer',
  description:
    'All that was ever published of an offer, the newest first. A version never changes.',
  tags: TAG,
  scope: 'offer.read',
  params,
  query: z.strictObject(pageQuery),
  reply: { 200: pageOf(version) },
  refusals: ['offer_unknown', 'cursor_malformed'],
});

export const editDraft = operation({
  id: 'editDraft',
  method: 'PUT',
  path: '/v1/offers/{offer_id}/draft',
  summary: 'Write the draft of an offer',
  description: 'Replaces the draft. What is live goes on as it was published.',
  tags: TAG,
  scope: 'offer.write',
  params,
  body: written,
  reply: { 200: offer },
  refusals: [
    'offer_unknown',
    'offer_ended',
    'offer_illegal',
    'offer_code_fixed',
    'offers_of_all_stores',
  ],
});

export const publishOffer = operation({
  id: 'publishOffer',
  method: 'POST',
  path: '/v1/offers/{offer_id}/publish',
  summary: 'Publish an offer',
  description:
    'Makes the draft the next version and lets it decide from its first day on; a paused offer goes on ' +
    'with it. What was decided before stays.',
  tags: TAG,
  scope: 'offer.publish',
  params,
  reply: { 200: offer.extend({ warnings }).meta({ id: 'PublishedOffer' }) },
  refusals: [
    'offer_unknown',
    'offer_ended',
    'offer_without_draft',
    'offer_illegal',
    'offer_policy_breached',
    'offer_not_approved',
    'offer_changed',
    'offers_of_all_stores',
  ],
});

export const pauseOffer = operation({
  id: 'pauseOffer',
  method: 'POST',
  path: '/v1/offers/{offer_id}/pause',
  summary: 'Pause an offer',
  description: 'Stops it until it is resumed. A sale taken after the answer is without it.',
  tags: TAG,
  scope: 'offer.publish',
  params,
  reply: { 200: offer },
  refusals: ['offer_unknown', 'offer_unpublished', 'offer_ended', 'offers_of_all_stores'],
});

export const resumeOffer = operation({
  id: 'resumeOffer',
  method: 'POST',
  path: '/v1/offers/{offer_id}/resume',
  summary: 'Resume an offer',
  description: 'Lets a paused offer decide again, in the version that was live before.',
  tags: TAG,
  scope: 'offer.publish',
  params,
  reply: { 200: offer },
  refusals: [
    'offer_unknown',
    'offer_unpublished',
    'offer_ended',
    'offer_policy_breached',
    'offers_of_all_stores',
  ],
});

export const endOffer = operation({
  id: 'endOffer',
  method: 'POST',
  path: '/v1/offers/{offer_id}/end',
  summary: 'End an offer',
  description: 'Ends it for good. Its code stays taken, and what it granted stays.',
  tags: TAG,
  scope: 'offer.publish',
  params,
  reply: { 200: offer },
  refusals: ['offer_unknown', 'offers_of_all_stores'],
});
