import { z } from 'zod';
import { operation } from '#platform/contract';
import { params, saying } from './offer-shown.ts';

const TAG = ['Offers'];
const VERSION = /^[1-9]\d{0,8}$/;

const version = z
  .string()
  .regex(VERSION)
  .transform(Number)
  .meta({ type: 'integer', minimum: 1, pattern: undefined });

const other = z
  .string()
  .regex(/^([1-9]\d{0,8}|draft)$/)
  .transform((text) => (text === 'draft' ? text : Number(text)))
  .meta({ description: 'A version, or "draft" for what is written and not yet published.' });

/** Terms in one language. */
export const terms = z
  .strictObject({
    title: z.string(),
    sections: z.array(
      z.strictObject({
        key: z.enum([
          'when',
          'where',
          'who',
          'how',
          'what',
          'limits',
          'arrival',
          'returns',
          'combining',
          'notes',
          'example',
        ]),
        title: z.string(),
        sentences: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'OfferTerms', description: 'What a member may rely on, in complete sentences.' });

export const readOfferTerms = operation({
  id: 'readOfferTerms',
  method: 'GET',
  path: '/v1/offers/{offer_id}/terms',
  summary: 'Read the terms of an offer',
  description:
    'Terms made from the rule and nothing else, with an example that the engine itself decided, where one can ' +
    'be found. Without `version` those of the live version, or of the draft before the first publication.',
  tags: TAG,
  scope: 'offer.read',
  params,
  query: z.strictObject({
    version: version.optional(),
    lang: z.enum(['zh', 'en']).optional().meta({ description: 'As the request unless said.' }),
  }),
  reply: {
    200: z.strictObject({
      offer_id: z.uuid(),
      version: z.int().nullable().meta({ description: 'null for a draft.' }),
      lang: z.enum(['zh', 'en']),
      ...terms.shape,
    }),
  },
  refusals: ['offer_unknown', 'offer_version_unknown'],
});

export const readOfferDifference = operation({
  id: 'readOfferDifference',
  method: 'GET',
  path: '/v1/offers/{offer_id}/versions/{version}/difference/{other}',
  summary: 'Compare two versions of an offer',
  description: 'What changed from the one to the other, field by field, as sentences.',
  tags: TAG,
  scope: 'offer.read',
  params: params.extend({ version, other }),
  reply: {
    200: z.strictObject({
      offer_id: z.uuid(),
      from: z.int(),
      to: z.int().nullable().meta({ description: 'null for the draft.' }),
      changes: z.array(saying).meta({
        description: 'Pointers lead into the newer definition, into the older for what is gone.',
      }),
    }),
  },
  refusals: ['offer_unknown', 'offer_version_unknown', 'offer_without_draft'],
});
