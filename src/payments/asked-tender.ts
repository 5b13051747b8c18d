import { z } from 'zod';
import { holdsCardNumber } from '#kernel/card-number';
import { fault } from '#platform/contract';
import { AMOUNT_MAX } from './core.ts';

const NO_CARD_NUMBER = fault(
  '不能含银行卡号（13 至 19 位且校验位正确的数字）',
  'must not hold a card number (13 to 19 digits with a valid check digit)',
);

const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

const opaque = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(PLAIN)
    .refine((value) => !holdsCardNumber(value), NO_CARD_NUMBER);

const amount = z
  .int()
  .min(0)
  .max(AMOUNT_MAX)
  .optional()
  .meta({ description: 'fen; the only tender may leave it out and pays all that is due.' });

const reference = opaque(64).meta({
  description:
    'By which the device or channel knows the charge: it is found there by it. Plain characters.',
  examples: ['POS7-001294'],
});

const card = z
  .strictObject({
    bin: z
      .string()
      .regex(/^\d{6,10}$/)
      .meta({
        description: 'The first 6 to 10 digits; always as many of the same card.',
        examples: ['62220212'],
      }),
    last4: z
      .string()
      .regex(/^\d{4}$/)
      .meta({
        description:
          'Not kept where fewer than 4 digits of the number would stay unknown; without `length` it counts as 16.',
        examples: ['0128'],
      }),
    length: z.int().min(13).max(19).optional().meta({
      description: 'How many digits the number has: some banks share a BIN and differ in it.',
    }),
    token: opaque(128).optional().meta({
      description:
        "Stands for the card, the acquirer's own. Left out, one is made of bin and last4, which other cards may share.",
    }),
  })
  .meta({ description: 'What may be known of a card. Its number is never taken.' });

const wallet = z.enum(['wechat', 'alipay', 'unionpay', 'digital_yuan']);

const cash = z.strictObject({
  kind: z.literal('cash'),
  amount,
  tendered: z.int().min(0).max(AMOUNT_MAX).optional().meta({ description: 'fen handed over.' }),
});
const byCard = { kind: z.literal('card'), amount, card };
const byWallet = { kind: z.literal('wallet'), amount, wallet };

const KINDS = { description: 'How it is paid.' };

/** A tender of a sale. Cards and wallets were charged on another device and are recorded here. */
export const asked = z
  .discriminatedUnion('kind', [
    cash,
    z.strictObject({ ...byCard, reference }),
    z.strictObject({ ...byWallet, reference }),
  ])
  .meta(KINDS);

/** A tender of a quote: nothing was charged yet, so there may be no reference. */
export const quoted = z
  .discriminatedUnion('kind', [
    cash,
    z.strictObject({ ...byCard, reference: reference.optional() }),
    z.strictObject({ ...byWallet, reference: reference.optional() }),
  ])
  .meta(KINDS);

export type AskedTender = z.output<typeof asked> | z.output<typeof quoted>;
