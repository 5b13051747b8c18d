import { z } from 'zod';
import { uuid } from '#platform/contract';
import { definition } from './rule/definition.ts';

/** Read by the room itself, whose faults name what is legal in the words of the trade. */
function writtenAs(io: 'input' | 'output') {
  const { $schema: _, ...json } = z.toJSONSchema(definition, { io });
  return z.looseObject({}).meta({ ...json, description: 'An offer: fen, points, rates in ppm.' });
}

/** A definition as somebody writes it, and as it is stored. */
export const written = writtenAs('input').meta({ id: 'OfferDefinition' });
export const stored = writtenAs('output').meta({ id: 'StoredOfferDefinition' });

export const STATUSES = [
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'live',
  'paused',
  'ended',
  'archived',
] as const;

const principal = z.string().meta({ description: 'The principal, as "staff:<id>".' });

const review = z
  .strictObject({
    state: z.enum(['none', 'in_review', 'approved', 'rejected']),
    submitted_by: principal.nullable(),
    submitted_at: z.iso.datetime().nullable(),
    reviewed_by: principal.nullable(),
    reviewed_at: z.iso.datetime().nullable(),
    reason: z.string().nullable().meta({ description: 'Why it was rejected.' }),
  })
  .meta({ id: 'OfferReview', description: 'Where the draft stands with the second person.' });

export const offer = z
  .strictObject({
    offer_id: z.uuid(),
    code: z.string().meta({ description: 'One within the org; it never changes.' }),
    name: z.strictObject({ zh: z.string(), en: z.string() }),
    status: z.enum(STATUSES).meta({
      description:
        'draft, in_review and approved before the first publication; scheduled until the first day.',
    }),
    live_version: z.int().nullable().meta({
      description: 'Decides while the status is live; null before the first publication.',
    }),
    published: stored.nullable().meta({ description: 'The definition of `live_version`.' }),
    draft: stored.nullable().meta({ description: 'What is written and not yet published.' }),
    revision: z.int().meta({ description: 'Counts the edits of the draft.' }),
    edited_by: principal.nullable().meta({ description: 'Who wrote the draft last.' }),
    review,
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'Offer' });

export const saying = z.strictObject({
  pointer: z.string().meta({ description: 'JSON pointer into the definition.' }),
  detail: z.strictObject({ zh: z.string(), en: z.string() }),
});

export const warnings = z.array(saying).meta({
  description: 'What is legal and may surprise, or looks like a mistake.',
});

export const params = z.strictObject({ offer_id: uuid });
