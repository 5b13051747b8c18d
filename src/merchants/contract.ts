import { z } from 'zod';
import { fault, operation, pageOf, pageQuery } from '#platform/contract';
import { CODE, MCC, ORG_KINDS, zoneOf } from './core.ts';

const TAG = ['Merchants'];

const code = z
  .string()
  .regex(CODE)
  .meta({
    description: 'Lower-case letters, digits and inner hyphens, at most 40; it never changes.',
    examples: ['tea-house'],
  });
const printable = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text), fault('不能含控制字符', 'no control characters'));
const name = z.strictObject({ zh: printable(60).min(1), en: printable(60).min(1) }).meta({
  description: 'The name in both languages.',
  examples: [{ zh: '兰亭茶舍', en: 'Lanting Tea House' }],
});
const zone = z
  .string()
  .max(64)
  .refine(
    (text) => zoneOf(text) !== undefined,
    fault('应为 IANA 时区，如 Asia/Shanghai', 'must be an IANA zone such as Asia/Shanghai'),
  )
  .default('Asia/Shanghai')
  .meta({ description: 'IANA zone that business days are counted in.' });
const place = z
  .strictObject({ lat: z.number().min(-90).max(90), lng: z.number().min(-180).max(180) })
  .nullable()
  .meta({ description: 'Degrees of WGS 84; null if unknown.' });

const mcc = z
  .string()
  .regex(MCC)
  .meta({ description: 'Merchant category code of ISO 18245.', examples: ['5812'] });

const org = z
  .strictObject({
    org_id: z.int().meta({ description: 'The number of its book.' }),
    code: z.string(),
    name,
    kind: z.enum(ORG_KINDS),
    parent_id: z.int().nullable().meta({ description: 'The org above it; null at the root.' }),
    zone: z.string(),
    currency: z.literal('CNY'),
    sandbox: z.boolean().meta({ description: 'Whether its clock may be set.' }),
    status: z.enum(['active', 'suspended']),
    mcc: z.string().nullable().meta({ description: 'Merchant category code; null if unknown.' }),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Org' });

const store = z
  .strictObject({
    store_id: z.uuid(),
    code: z.string(),
    name,
    address: z.string(),
    place,
    status: z.enum(['active', 'closed']),
  })
  .meta({ id: 'Store' });

export const readOrg = operation({
  id: 'readOrg',
  method: 'GET',
  path: '/v1/org',
  summary: 'Your org',
  description: 'The org whose book the token acts in.',
  tags: TAG,
  scope: 'session',
  reply: { 200: org },
  refusals: ['org_unknown'],
});

export const listOrgs = operation({
  id: 'listOrgs',
  method: 'GET',
  path: '/v1/orgs',
  summary: 'List orgs',
  description: 'The register of all orgs by number, suspended ones included. Operator only.',
  tags: TAG,
  scope: 'merchant.read',
  query: z.strictObject({ ...pageQuery, kind: z.enum(ORG_KINDS).optional() }),
  reply: { 200: pageOf(org) },
  refusals: ['operator_only', 'cursor_malformed'],
});

export const createOrg = operation({
  id: 'createOrg',
  method: 'POST',
  path: '/v1/orgs',
  summary: 'Create an org',
  description:
    'Enters a merchant, brand, issuer or agent into the register and gives it a number. Operator only. ' +
    'Without `parent_id` it stands under the operator. Its first owner comes by `POST /v1/orgs/{org_id}/owner`.',
  tags: TAG,
  scope: 'merchant.manage',
  body: z.strictObject({
    code,
    name,
    kind: z.enum(ORG_KINDS).exclude(['operator']),
    parent_id: z.int().min(1).nullable().optional(),
    zone,
    sandbox: z.boolean().default(false),
    mcc: mcc.optional(),
  }),
  reply: { 201: org },
  refusals: ['operator_only', 'org_code_taken', 'org_parent_unknown'],
});

export const changeOrg = operation({
  id: 'changeOrg',
  method: 'PATCH',
  path: '/v1/orgs/{org_id}',
  summary: 'Change an org',
  description:
    'Its merchant category code; sales from now on are decided with it. Null takes it away. Operator only.',
  tags: TAG,
  scope: 'merchant.manage',
  params: z.strictObject({
    org_id: z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .transform(Number)
      .meta({ type: 'integer', minimum: 1, pattern: undefined }),
  }),
  body: z.strictObject({ mcc: mcc.nullable() }),
  reply: { 200: org },
  refusals: ['operator_only', 'org_unknown'],
});

export const listStores = operation({
  id: 'listStores',
  method: 'GET',
  path: '/v1/stores',
  summary: 'List stores',
  description: 'The stores of your org that you may act in, by code.',
  tags: TAG,
  scope: 'merchant.read',
  query: z.strictObject({ ...pageQuery, status: z.enum(['active', 'closed']).optional() }),
  reply: { 200: pageOf(store) },
  refusals: ['cursor_malformed'],
});

export const createStore = operation({
  id: 'createStore',
  method: 'POST',
  path: '/v1/stores',
  summary: 'Open a store',
  description:
    'A place of sale of your org. Its code is never given again, also after it has closed.',
  tags: TAG,
  scope: 'store.manage',
  body: z.strictObject({
    code,
    name,
    address: printable(200).default(''),
    place: place.default(null),
  }),
  reply: { 201: store },
  refusals: ['org_suspended', 'store_code_taken', 'stores_not_all_yours'],
});
