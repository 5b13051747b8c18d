import { z } from 'zod';
import { operation, pageQuery, uuid } from '#platform/contract';

const day = z.iso.date();

const wallet = {
  posted: z.int(),
  available: z.int().meta({ description: 'posted less what is held.' }),
  debt: z.int().meta({ description: 'Spent before it was taken back, and owed.' }),
  pending: z.int().meta({ description: 'Granted, and not to be used yet.' }),
};

const lot = z.strictObject({
  lot_id: z.uuid(),
  payment_id: z.uuid().meta({ description: 'What granted it.' }),
  granted: z.int(),
  remaining: z.int(),
  expires_on: day.nullable(),
});

const state = z.enum(['pending', 'available', 'reversed', 'cancelled']);

const waitsFor = z
  .strictObject({
    type: z.enum(['day', 'reached', 'quiet']).meta({
      description:
        'day: available_on. reached: so much more is bought in time. quiet: nothing more is bought for so many ' +
        'business days; each further sale moves available_on.',
    }),
    business_days: z.int().nullable(),
    until: day
      .nullable()
      .meta({ description: 'It is cancelled if it is not reached by the end of this day.' }),
    amount: z.int().nullable().meta({ description: 'fen to reach.' }),
    count: z.int().nullable().meta({ description: 'Sales to reach; either is enough.' }),
    missing_amount: z.int().nullable(),
    missing_count: z.int().nullable(),
  })
  .meta({ id: 'WaitsFor' });

const reward = z.strictObject({
  org: z.int().meta({ description: 'Who sold.' }),
  payment_id: z.uuid(),
  decision_no: z.int(),
  kind: z.enum(['points', 'cashback', 'growth', 'gift']),
  what: z.string().nullable().meta({ description: 'The SKU of a gift.' }),
  amount: z.int().meta({ description: 'Points, fen, growth value, or pieces.' }),
  reversed: z.int().meta({ description: 'Taken back so far.' }),
  cancelled: z.int().meta({ description: 'What never arrived.' }),
  state,
  granted_at: z.iso.datetime(),
  available_on: day.nullable().meta({
    description:
      'From the start of this day; null while it is not known, and for what was cancelled.',
  }),
  provisional: z.boolean().meta({
    description: 'The calendar of that day’s year is not published yet: the day may move.',
  }),
  expires_on: day.nullable().meta({ description: 'The last usable day, as far as it is known.' }),
  waits_for: waitsFor.nullable(),
});

const goal = z
  .strictObject({
    org: z.int().meta({ description: 'Who sells.' }),
    offer_id: z.uuid(),
    until: day.nullable().meta({ description: 'The last day for it.' }),
    amount: z.int().nullable().meta({ description: 'fen to reach.' }),
    count: z.int().nullable().meta({ description: 'Sales to reach; either is enough.' }),
    bought_amount: z.int(),
    bought_count: z.int(),
    missing_amount: z.int().nullable(),
    missing_count: z.int().nullable(),
  })
  .meta({ id: 'Goal' });

export const memberRewards = operation({
  id: 'memberRewards',
  method: 'GET',
  path: '/v1/members/{member_id}/rewards',
  summary: 'Rewards of a member',
  description:
    'Balances of points and cashback (fen) with what is pending and what expires soon, growth value, the lots of points ' +
    'by expiry, and every reward with its date, the newest first. The owner of the member’s programme sees what all ' +
    'sellers granted; a merchant whose stores serve it sees what its own sales granted, pending included.',
  tags: ['Rewards'],
  scope: 'reward.read',
  params: z.strictObject({ member_id: uuid }),
  query: z.strictObject({
    ...pageQuery,
    state: state.optional().meta({ description: 'Only rewards in this state.' }),
  }),
  reply: {
    200: z
      .strictObject({
        member_id: z.uuid(),
        programme_id: z.uuid(),
        owner_org: z.int(),
        points: z.strictObject({
          ...wallet,
          expiring: z
            .strictObject({ points: z.int(), next: day.nullable() })
            .meta({ description: 'Within 30 days; `next` is the last day of the first of them.' }),
        }),
        cashback: z.strictObject(wallet),
        growth: z.strictObject({
          value: z.int(),
          tier: z.string(),
          next_tier: z.string().nullable(),
          missing: z.int().nullable().meta({ description: 'Growth value to the next tier.' }),
        }),
        next_arrival: day
          .nullable()
          .meta({ description: 'The first day on which something pending arrives.' }),
        goals: z
          .array(goal)
          .meta({ description: 'What more purchases would reach, the first to end in front.' }),
        lots: z.array(lot).meta({ description: 'First expiring first; only what is left.' }),
        items: z.array(reward),
        next_cursor: z.string().nullable(),
      })
      .meta({ id: 'MemberRewards' }),
  },
  refusals: ['member_unknown', 'cursor_malformed'],
});
