import { z } from 'zod';
import { fault, noContent, operation, pageOf, pageQuery, uuid } from '#platform/contract';
import { CODE, LABEL } from './core.ts';

const TAG = ['Members'];

const name = z.strictObject({
  zh: z.string().trim().min(1).max(64),
  en: z.string().trim().min(1).max(64),
});
const code = z.string().regex(CODE);
const phone = z.string().trim().min(1).max(32);
const org = z.int().min(1);
const birthday = z
  .string()
  .regex(/^(\d{4}-)?\d{2}-\d{2}$/)
  .meta({
    description: 'Month and day, or a whole date. Personal: it is stored sealed.',
    examples: ['05-04'],
  });

const tier = z.strictObject({
  code,
  name,
  growth_from: z.int().min(0).meta({ description: 'The growth value at which it begins.' }),
});

const tiers = z
  .array(tier)
  .min(1)
  .max(20)
  .refine(
    (list) =>
      list.every((each, at) => at === 0 || each.growth_from > (list[at - 1]?.growth_from ?? 0)),
    fault('等级须按成长值从低到高排列', 'tiers must rise by growth_from'),
  )
  .refine(
    (list) => new Set(list.map((each) => each.code)).size === list.length,
    fault('等级代码不可重复', 'a tier code may stand only once'),
  );

const member = z
  .strictObject({
    member_id: z.uuid(),
    programme_id: z.uuid(),
    owner_org: org.meta({ description: 'The book that holds the member and its points.' }),
    status: z.enum(['active', 'closed', 'erased']),
    tier: z.string(),
    labels: z.array(z.string()),
    phone: z
      .string()
      .nullable()
      .meta({
        description:
          'E.164 with the permission member.phone, else masked; null once erased and in a replayed answer.',
        examples: ['138****8000'],
      }),
    name: z.string().nullable(),
    birthday: z.string().nullable().meta({
      description:
        'As told with the permission member.phone, else month and day; null once erased and in a replayed answer.',
    }),
    joined_at: z.iso.datetime(),
    joined_day: z.iso.date(),
    joined_org: org,
    joined_store: z.uuid().nullable(),
  })
  .meta({ id: 'Member' });

const programme = z
  .strictObject({
    programme_id: z.uuid(),
    owner_org: org,
    code: z.string(),
    name,
    point_value_ppm: z.int().min(0).meta({
      description: 'Provision per point in millionths of a fen: 800000 is 0.8 fen.',
    }),
    tiers: z.array(tier),
    status: z.enum(['active', 'closed']),
    stores: z.array(z.strictObject({ store_id: z.uuid(), priority: z.int() })).meta({
      description: 'Your stores that serve it.',
    }),
  })
  .meta({ id: 'Programme' });

export const joinMember = operation({
  id: 'joinMember',
  method: 'POST',
  path: '/v1/members',
  summary: 'Join',
  description:
    "Makes a customer a member by phone number: of the store's first programme, or of the one named. A number that " +
    'joined before answers 200 with the same member.',
  tags: TAG,
  scope: 'member.write',
  body: z
    .strictObject({
      phone: phone.meta({ examples: ['13800138000'] }),
      store_id: uuid.nullable().default(null),
      programme_id: uuid.optional(),
      name: z.string().trim().min(1).max(64).optional(),
      birthday: birthday.optional(),
    })
    .refine(
      (body) => body.store_id !== null || body.programme_id !== undefined,
      fault('须填写 store_id 或 programme_id', 'give store_id or programme_id'),
    ),
  reply: { 200: member, 201: member },
  refusals: [
    'phone_invalid',
    'birthday_invalid',
    'programme_not_served',
    'programme_unknown',
    'member_closed',
    'store_not_yours',
  ],
});

export const listMembers = operation({
  id: 'listMembers',
  method: 'GET',
  path: '/v1/members',
  summary: 'List or look up members',
  description:
    'Without `phone`: the members of your own programmes in the order in which they joined. With `phone`: who joined ' +
    'with it, in your programmes and in those your stores serve, or only in those of `store`. Write "+" as %2B.',
  tags: TAG,
  scope: 'member.read',
  query: z.strictObject({
    ...pageQuery,
    phone: phone.optional(),
    store: uuid.optional().meta({ description: 'Only together with `phone`.' }),
    programme: uuid.optional(),
  }),
  reply: { 200: pageOf(member) },
  refusals: ['phone_invalid', 'cursor_malformed', 'store_not_yours'],
});

export const getMember = operation({
  id: 'getMember',
  method: 'GET',
  path: '/v1/members/{member_id}',
  summary: 'Get a member',
  description: 'Of your own programmes, or of one that a store of yours serves.',
  tags: TAG,
  scope: 'member.read',
  params: z.strictObject({ member_id: uuid }),
  reply: { 200: member },
  refusals: ['member_unknown'],
});

export const changeMember = operation({
  id: 'changeMember',
  method: 'PATCH',
  path: '/v1/members/{member_id}',
  summary: 'Change a member',
  description:
    'Tier, labels, birthday, or whether it is closed; what is not named stays. Labels replace those before.',
  tags: TAG,
  scope: 'member.tier',
  params: z.strictObject({ member_id: uuid }),
  body: z.strictObject({
    tier: code.optional(),
    labels: z.array(z.string().regex(LABEL)).max(50).optional(),
    status: z.enum(['active', 'closed']).optional(),
    birthday: birthday.nullable().optional().meta({ description: 'Null takes it away.' }),
  }),
  reply: { 200: member },
  refusals: [
    'all_stores_needed',
    'member_unknown',
    'member_erased',
    'tier_unknown',
    'birthday_invalid',
  ],
});

export const eraseMember = operation({
  id: 'eraseMember',
  method: 'DELETE',
  path: '/v1/members/{member_id}',
  summary: 'Erase a member',
  description:
    'Removes the personal data for good; the id stays in the books. The phone number may join anew.',
  tags: TAG,
  scope: 'member.erase',
  params: z.strictObject({ member_id: uuid }),
  reply: { 204: noContent },
  refusals: ['all_stores_needed', 'member_unknown'],
});

export const listProgrammes = operation({
  id: 'listProgrammes',
  method: 'GET',
  path: '/v1/programmes',
  summary: 'List programmes',
  description: 'Your own and those that your stores serve.',
  tags: TAG,
  scope: 'member.read',
  query: z.strictObject(pageQuery),
  reply: { 200: pageOf(programme) },
  refusals: ['cursor_malformed'],
});

export const createProgramme = operation({
  id: 'createProgramme',
  method: 'POST',
  path: '/v1/programmes',
  summary: 'Create a programme',
  description:
    'Without `tiers` it has the four usual ones. The value of a point cannot be changed later.',
  tags: TAG,
  scope: 'store.manage',
  body: z.strictObject({
    code,
    name,
    point_value_ppm: z.int().min(0).max(1_000_000_000),
    tiers: tiers.optional(),
  }),
  reply: { 201: programme },
  refusals: ['programme_code_taken'],
});

export const enrolStore = operation({
  id: 'enrolStore',
  method: 'POST',
  path: '/v1/programmes/{programme_id}/stores',
  summary: 'Let a store serve a programme',
  description:
    'A merchant lets a store of its own serve its own programme, or one whose owner has invited it. Once more only ' +
    'changes the priority: a sale uses the programme with the lowest unless it names one.',
  tags: TAG,
  scope: 'store.manage',
  params: z.strictObject({ programme_id: uuid }),
  body: z.strictObject({
    store_id: uuid,
    merchant_org: org.optional().meta({
      description: 'Whose store it is; default: yours. Only the operator names another.',
    }),
    owner_org: org.optional().meta({ description: "The programme's owner; default: you." }),
    priority: z.int().min(0).max(1000).default(0),
  }),
  reply: { 204: noContent },
  refusals: [
    'programme_owner_only',
    'enrolment_store_not_yours',
    'store_not_yours',
    'programme_unknown',
    'enrolment_store_unknown',
  ],
});

export const inviteMerchant = operation({
  id: 'inviteMerchant',
  method: 'POST',
  path: '/v1/programmes/{programme_id}/invitations',
  summary: 'Invite a merchant to serve a programme',
  description:
    "The programme's owner lets another merchant serve it. The merchant then enrols stores of its own. Inviting twice " +
    'changes nothing.',
  tags: TAG,
  scope: 'store.manage',
  params: z.strictObject({ programme_id: uuid }),
  body: z.strictObject({
    merchant_org: org.meta({ description: 'The number of the merchant.' }),
  }),
  reply: { 204: noContent },
  refusals: ['all_stores_needed', 'programme_unknown', 'invitation_merchant_unknown'],
});
