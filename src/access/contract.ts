import { z } from 'zod';
import { instant, noContent, operation, pageOf, pageQuery, uuid } from '#platform/contract';
import { KEY_PERMISSIONS, STAFF_ROLES } from './permissions.ts';

const TAG = ['Access'];

const storeList = z
  .array(uuid)
  .min(1)
  .max(500)
  .nullable()
  .meta({ description: 'Stores the principal may act in; null is all.' });
const loginName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,31}$/)
  .meta({ examples: ['wang'] });

const personName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .meta({ examples: ['王芳'] });
const newPassword = z.string().min(8).max(128);

const staff = z
  .strictObject({
    staff_id: z.uuid(),
    login: z.string(),
    name: z.string(),
    role: z.string(),
    stores: storeList,
    status: z.enum(['active', 'disabled']),
    created_at: z.iso.datetime(),
  })
  .meta({ id: 'Staff' });

const apiKey = z
  .strictObject({
    key_id: z.uuid(),
    name: z.string(),
    prefix: z.string().meta({ description: 'How the key begins; the rest is never shown again.' }),
    scopes: z.array(z.string()),
    stores: storeList,
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable(),
    revoked_at: z.iso.datetime().nullable(),
    last_used: z.iso.date().nullable().meta({ description: 'The last day of use.' }),
  })
  .meta({ id: 'ApiKey' });

const principal = z
  .strictObject({
    kind: z.enum(['staff', 'key', 'system']),
    id: z.string(),
    name: z.string(),
    org_id: z.int(),
    scopes: z.array(z.string()),
    stores: storeList,
  })
  .meta({ id: 'Principal' });

export const signIn = operation({
  id: 'signIn',
  method: 'POST',
  path: '/v1/session',
  summary: 'Sign in',
  description:
    'Opens a session: 12 hours after its last use, 7 days at most. `org` is the code of the merchant or the number ' +
    'of the org. Ten wrong passwords lock the login for 15 minutes.',
  tags: TAG,
  scope: 'public',
  idempotent: false,
  limits: [
    { max: 60, windowSeconds: 60, by: 'ip' },
    { max: 20, windowSeconds: 60, by: ['org', 'login'] },
  ],
  body: z.strictObject({
    org: z
      .string()
      .trim()
      .toLowerCase()
      .min(1)
      .max(64)
      .meta({ examples: ['lanting'] }),
    login: z
      .string()
      .trim()
      .toLowerCase()
      .min(1)
      .max(64)
      .meta({ examples: ['wang'] }),
    password: z.string().min(1).max(128),
  }),
  reply: {
    201: z.strictObject({
      token: z.string().meta({ description: 'Send it as `Authorization: Bearer <token>`.' }),
      expires_at: z.iso.datetime(),
      principal,
    }),
  },
  refusals: ['sign_in_failed', 'sign_in_locked'],
});

export const signOut = operation({
  id: 'signOut',
  method: 'DELETE',
  path: '/v1/session',
  summary: 'Sign out',
  description: 'Ends the session of the token that was sent.',
  tags: TAG,
  scope: 'session',
  idempotent: false,
  reply: { 204: noContent },
  refusals: ['not_a_session', 'token_invalid'],
});

export const whoAmI = operation({
  id: 'whoAmI',
  method: 'GET',
  path: '/v1/session',
  summary: 'Who am I',
  description: 'The principal behind the token, with its permissions and stores.',
  tags: TAG,
  scope: 'session',
  reply: { 200: principal },
  refusals: ['token_invalid'],
});

export const listStaff = operation({
  id: 'listStaff',
  method: 'GET',
  path: '/v1/staff',
  summary: 'List staff',
  description: 'In the order in which they were created.',
  tags: TAG,
  scope: 'staff.manage',
  query: z.strictObject(pageQuery),
  reply: { 200: pageOf(staff) },
  refusals: ['cursor_malformed'],
});

export const createStaff = operation({
  id: 'createStaff',
  method: 'POST',
  path: '/v1/staff',
  summary: 'Create staff',
  description: 'A person who may sign in. Nobody can grant a role or stores beyond their own.',
  tags: TAG,
  scope: 'staff.manage',
  secretFields: ['password'],
  body: z.strictObject({
    login: loginName,
    name: personName,
    password: newPassword,
    role: z.enum(STAFF_ROLES),
    stores: storeList.default(null),
  }),
  reply: { 201: staff },
  refusals: ['login_taken', 'grant_beyond_yours'],
});

export const createOwner = operation({
  id: 'createOwner',
  method: 'POST',
  path: '/v1/orgs/{org_id}/owner',
  summary: 'Make the first owner of an org',
  description:
    'A person who may sign in to that org and do everything there, also make its other staff. Operator only, and only ' +
    'while the org has no owner who is active. The password is for them to be told; it is stored as a hash.',
  tags: TAG,
  scope: 'merchant.manage',
  secretFields: ['password'],
  params: z.strictObject({
    org_id: z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .transform(Number)
      .meta({ type: 'integer', minimum: 1, pattern: undefined }),
  }),
  body: z.strictObject({ login: loginName, name: personName, password: newPassword }),
  reply: { 201: staff },
  refusals: ['operator_only', 'org_unknown', 'owner_there', 'login_taken', 'grant_beyond_yours'],
});

export const disableStaff = operation({
  id: 'disableStaff',
  method: 'POST',
  path: '/v1/staff/{staff_id}/disable',
  summary: 'Disable staff',
  description:
    'Ends their sessions at once; they cannot sign in again. What they did stays on record.',
  tags: TAG,
  scope: 'staff.manage',
  params: z.strictObject({ staff_id: uuid }),
  reply: { 200: staff },
  refusals: ['staff_unknown', 'staff_is_you', 'grant_beyond_yours'],
});

export const listApiKeys = operation({
  id: 'listApiKeys',
  method: 'GET',
  path: '/v1/api-keys',
  summary: 'List API keys',
  description: 'In the order in which they were created, revoked ones included.',
  tags: TAG,
  scope: 'key.manage',
  query: z.strictObject(pageQuery),
  reply: { 200: pageOf(apiKey) },
  refusals: ['cursor_malformed'],
});

export const createApiKey = operation({
  id: 'createApiKey',
  method: 'POST',
  path: '/v1/api-keys',
  summary: 'Create an API key',
  description:
    'The secret is in this answer and nowhere else; a replay of the request answers with secret null.',
  tags: TAG,
  scope: 'key.manage',
  body: z.strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(64)
      .meta({ examples: ['Till 3'] }),
    scopes: z
      .array(z.enum(KEY_PERMISSIONS as [string, ...string[]]))
      .min(1)
      .max(50),
    stores: storeList.default(null),
    expires_at: instant.nullable().default(null),
  }),
  reply: { 201: z.strictObject({ key: apiKey, secret: z.string().nullable() }) },
  refusals: ['grant_beyond_yours', 'expiry_past'],
});

export const revokeApiKey = operation({
  id: 'revokeApiKey',
  method: 'POST',
  path: '/v1/api-keys/{key_id}/revoke',
  summary: 'Revoke an API key',
  description: 'At once in this process, within 5 s in others. Revoking twice changes nothing.',
  tags: TAG,
  scope: 'key.manage',
  params: z.strictObject({ key_id: uuid }),
  reply: { 200: apiKey },
  refusals: ['api_key_unknown'],
});
