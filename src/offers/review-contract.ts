import { z } from 'zod';
import { operation } from '#platform/contract';
import { offer, params, warnings } from './offer-shown.ts';

const TAG = ['Offers'];
const revision = z.int().min(1).meta({ description: '`revision` of the draft that you read.' });

const VERDICT = [
  'offer_unknown',
  'offer_ended',
  'offer_not_in_review',
  'offer_changed',
  'approval_needs_person',
  'approval_same_person',
  'offers_of_all_stores',
];

export const submitOffer = operation({
  id: 'submitOffer',
  method: 'POST',
  path: '/v1/offers/{offer_id}/submit',
  summary: 'Submit an offer',
  description: 'Hands the draft to a second person. Editing it takes it back.',
  tags: TAG,
  scope: 'offer.write',
  params,
  reply: { 200: offer.extend({ warnings }).meta({ id: 'SubmittedOffer' }) },
  refusals: [
    'approval_needs_person',
    'offer_unknown',
    'offer_ended',
    'offer_without_draft',
    'offer_illegal',
    'offer_policy_breached',
    'offer_changed',
    'offers_of_all_stores',
  ],
});

export const approveOffer = operation({
  id: 'approveOffer',
  method: 'POST',
  path: '/v1/offers/{offer_id}/approve',
  summary: 'Approve an offer',
  description:
    'Lets the submitted draft be published. For a person who neither wrote it last nor submitted it.',
  tags: TAG,
  scope: 'offer.approve',
  params,
  body: z.strictObject({ revision }),
  reply: { 200: offer },
  refusals: VERDICT,
});

export const rejectOffer = operation({
  id: 'rejectOffer',
  method: 'POST',
  path: '/v1/offers/{offer_id}/reject',
  summary: 'Reject an offer',
  description: 'Sends the submitted draft back. It is published only after another edit.',
  tags: TAG,
  scope: 'offer.approve',
  params,
  body: z.strictObject({ revision, reason: z.string().trim().min(1).max(500) }),
  reply: { 200: offer },
  refusals: VERDICT,
});

export const archiveOffer = operation({
  id: 'archiveOffer',
  method: 'POST',
  path: '/v1/offers/{offer_id}/archive',
  summary: 'Put an ended offer away',
  description: 'Lists leave it out unless asked for. Its code stays taken, its versions stay.',
  tags: TAG,
  scope: 'offer.publish',
  params,
  reply: { 200: offer },
  refusals: ['offer_unknown', 'offer_not_ended', 'offers_of_all_stores'],
});

const setting = z
  .strictObject({
    approval: z.enum(['required', 'not']),
    chosen: z.boolean().meta({
      description: 'False: nobody chose. Then a merchant needs no approval and any other org does.',
    }),
  })
  .meta({ id: 'OfferSettings' });

export const readOfferSettings = operation({
  id: 'readOfferSettings',
  method: 'GET',
  path: '/v1/offer-settings',
  summary: 'Read how offers are handled',
  description: 'Whether offers of your org are published only after a second person approved them.',
  tags: TAG,
  scope: 'offer.read',
  reply: { 200: setting },
});

export const writeOfferSettings = operation({
  id: 'writeOfferSettings',
  method: 'PUT',
  path: '/v1/offer-settings',
  summary: 'Choose how offers are handled',
  description: 'The rules of the platform may demand approval all the same.',
  tags: TAG,
  scope: 'offer.approve',
  body: z.strictObject({ approval: z.enum(['required', 'not']) }),
  reply: { 200: setting },
  refusals: ['approval_needs_person', 'offers_of_all_stores'],
});
