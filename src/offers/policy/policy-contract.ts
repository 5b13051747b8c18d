import { z } from 'zod';
import { operation, pageOf, pageQuery } from '#platform/contract';
import { policyDefinition } from './policy-set.ts';

const TAG = ['Policy'];

/** Read by the room itself, whose faults name what is legal. */
const { $schema: _, ...json } = z.toJSONSchema(policyDefinition, { io: 'output' });
const definition = z.looseObject({}).meta({
  ...json,
  id: 'PolicyDefinition',
  description: 'Articles with their sources, and rules that cite them.',
});

const text = z.strictObject({ zh: z.string(), en: z.string() });

export const breach = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON pointer into the definition.' }),
    detail: text,
    article: z.strictObject({ id: z.string(), text, source: text }),
  })
  .meta({ id: 'PolicyBreach' });

const policySet = z
  .strictObject({
    version: z.int(),
    status: z.enum(['proposed', 'published', 'rejected']),
    in_force: z.boolean().meta({ description: 'Offers that begin today are checked against it.' }),
    definition,
    proposed_by: z.string(),
    proposed_at: z.iso.datetime(),
    decided_by: z.string().nullable(),
    decided_at: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'PolicySet' });

const params = z.strictObject({
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number)
    .meta({ type: 'integer', minimum: 1, pattern: undefined }),
});

export const listPolicySets = operation({
  id: 'listPolicySets',
  method: 'GET',
  path: '/v1/policy-sets',
  summary: 'List the rules of the platform',
  description: 'Every version of the rules that offers are checked against, the newest first.',
  tags: TAG,
  scope: 'offer.read',
  query: z.strictObject(pageQuery),
  reply: { 200: pageOf(policySet) },
  refusals: ['cursor_malformed'],
});

export const readPolicySet = operation({
  id: 'readPolicySet',
  method: 'GET',
  path: '/v1/policy-sets/{version}',
  summary: 'Read the rules of the platform',
  description: 'One version of the rules, with the articles and their sources.',
  tags: TAG,
  scope: 'offer.read',
  params,
  reply: { 200: policySet },
  refusals: ['policy_set_unknown'],
});

export const proposePolicySet = operation({
  id: 'proposePolicySet',
  method: 'POST',
  path: '/v1/policy-sets',
  summary: 'Propose rules of the platform',
  description: 'For the operator. They bind nobody until a second person approves them.',
  tags: TAG,
  scope: 'policy.manage',
  body: definition,
  reply: { 201: policySet },
  refusals: ['operator_only', 'policy_set_illegal'],
});

const VERDICT = [
  'operator_only',
  'policy_set_unknown',
  'policy_set_decided',
  'approval_needs_person',
  'approval_same_person',
];

export const approvePolicySet = operation({
  id: 'approvePolicySet',
  method: 'POST',
  path: '/v1/policy-sets/{version}/approve',
  summary: 'Approve rules of the platform',
  description:
    'For another person of the operator than who proposed them. What is live goes on; ask for the breaches.',
  tags: TAG,
  scope: 'policy.manage',
  params,
  reply: { 200: policySet },
  refusals: VERDICT,
});

export const rejectPolicySet = operation({
  id: 'rejectPolicySet',
  method: 'POST',
  path: '/v1/policy-sets/{version}/reject',
  summary: 'Reject rules of the platform',
  description: 'Turns a proposal down for good.',
  tags: TAG,
  scope: 'policy.manage',
  params,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  reply: { 200: policySet },
  refusals: VERDICT,
});

export const listPolicyBreaches = operation({
  id: 'listPolicyBreaches',
  method: 'GET',
  path: '/v1/policy-sets/{version}/breaches',
  summary: 'List offers that break the rules',
  description:
    'Live, scheduled and paused offers of all orgs that this version, proposed or published, would not let through.',
  tags: TAG,
  scope: 'policy.manage',
  params,
  query: z.strictObject(pageQuery),
  reply: {
    200: pageOf(
      z
        .strictObject({
          org_id: z.int(),
          offer_id: z.uuid(),
          code: z.string(),
          name: text,
          status: z.enum(['live', 'paused']),
          version: z.int(),
          breaches: z.array(breach),
        })
        .meta({ id: 'BreachingOffer' }),
    ),
  },
  refusals: ['operator_only', 'policy_set_unknown', 'cursor_malformed'],
});
