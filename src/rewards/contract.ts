import { z } from 'zod';
import { operation, pageQuery, uuid } from '#platform/contract';

const balance = z.strictObject({
  posted: z.int(),
  available: z.int().meta({ description: 'posted less what is held.' }),
  debt: z.int().meta({ description: 'Spent before it was taken back, and owed.' }),
});

const lot = z.strictObject({
  lot_id: z.uuid(),
  payment_id: z.uuid().meta({ description: 'What granted it.' }),
  granted: z.int(),
  remaining: z.int(),
  expires_on: z.iso.date().nullable(),
});

const reward = z.strictObject({
  payment_id: z.uuid(),
  decision_no: z.int(),
  kind: z.enum(['points', 'cashback']),
  amount: z.int().meta({ description: 'Points, or fen.' }),
  reversed: z.int().meta({ description: 'Taken back so far.' }),
  state: z.enum(['available', 'reversed']),
  granted_at: z.iso.datetime(),
});

export const memberRewards = operation({
  id: 'memberRewards',
  method: 'GET',
  path: '/v1/members/{member_id}/rewards',
  summary: 'Rewards of a member',
  description:
    'Balances of points and cashback (fen) with the lots of points by expiry, for the owner of the member’s programme ' +
    'and for merchants whose stores serve it; then what your own sales granted, the newest first.',
  tags: ['Rewards'],
  scope: 'reward.read',
  params: z.strictObject({ member_id: uuid }),
  query: z.strictObject(pageQuery),
  reply: {
    200: z
      .strictObject({
        member_id: z.uuid(),
        programme_id: z.uuid(),
        owner_org: z.int(),
        points: balance,
        cashback: balance,
        lots: z.array(lot).meta({ description: 'First expiring first; only what is left.' }),
        items: z.array(reward),
        next_cursor: z.string().nullable(),
      })
      .meta({ id: 'MemberRewards' }),
  },
  refusals: ['member_unknown', 'cursor_malformed'],
});
