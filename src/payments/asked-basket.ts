import { z } from 'zod';
import { PRESENTED_MAX } from '#coupons/core';
import { holdsCardNumber } from '#kernel/card-number';
import { fault, instant } from '#platform/contract';
import { asked as tender, quoted as quotedTender } from './asked-tender.ts';
import {
  AMOUNT_MAX,
  CODES_MAX,
  LINES_MAX,
  QUANTITY_MAX,
  TENDERS_MAX,
  UNIT_PRICE_MAX,
} from './core.ts';

export const IMPORT_ONLY = 'Only with the permission import.';

/** Text without control characters. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !/\p{Cc}/u.test(value), fault('不能含控制字符', 'no control characters'));

/** Text in which no card number may stand. */
const tellsNoCard = (max: number) =>
  text(max).refine(
    (value) => !holdsCardNumber(value),
    fault('不能含银行卡号', 'must not hold a card number'),
  );

export const store = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: 'Store id or code.', examples: ['lanting-1'] });
export const sku = z.string().min(1).max(64);
export const occurredAt = instant.optional().meta({ description: IMPORT_ONLY });

const lines = z
  .array(
    z.strictObject({
      sku: sku.meta({ examples: ['TEA-100'] }),
      quantity: z.int().min(1).max(QUANTITY_MAX),
      unit_price: z.int().min(0).max(UNIT_PRICE_MAX).optional().meta({
        description:
          'fen. Leave it out for the catalogue price; another price needs the permission price.override and a reason.',
      }),
      amount: z
        .int()
        .min(0)
        .max(AMOUNT_MAX)
        .optional()
        .meta({ description: `Gross fen of the whole line. ${IMPORT_ONLY}` }),
      unit_price_text: z
        .string()
        .min(1)
        .max(32)
        .optional()
        .meta({ description: `The unit price as the ticket writes it. ${IMPORT_ONLY}` }),
    }),
  )
  .min(1)
  .max(LINES_MAX);

const member = z
  .strictObject({
    phone: z.string().min(1).max(32).optional(),
    member_id: z.uuid().toLowerCase().optional(),
    programme_id: z.uuid().toLowerCase().optional(),
  })
  .refine(
    (asked) => (asked.phone === undefined) !== (asked.member_id === undefined),
    fault('phone 与 member_id 须且只能填一个', 'give either phone or member_id'),
  )
  .meta({
    description:
      'Who buys, by phone number or member id; in the first programme of the store unless one is named.',
  });

const basket = {
  store,
  terminal: tellsNoCard(64)
    .optional()
    .meta({ description: 'Which terminal of the store, by its own name.', examples: ['till-3'] }),
  terminal_kind: z.enum(['cashier', 'pos', 'self_service', 'plate', 'online']).optional(),
  device: tellsNoCard(128)
    .optional()
    .meta({ description: "The buyer's device, where a channel tells it; opaque." }),
  lines,
  member: member.optional(),
  codes: z
    .array(tellsNoCard(40))
    .max(CODES_MAX)
    .default([])
    .meta({ description: 'Codes that the buyer shows or says; letter case does not matter.' }),
  coupons: z
    .array(z.string().min(1).max(64))
    .max(PRESENTED_MAX)
    .optional()
    .meta({
      description:
        'Coupons presented, by code or id; used first. A member’s own count by themselves.',
      examples: [['K7Q2M-9XD4T']],
    }),
  override_reason: text(200)
    .optional()
    .meta({ description: 'Why a price differs from the catalogue.' }),
  occurred_at: occurredAt,
};

const example = {
  store: 'lanting-1',
  lines: [
    { sku: 'TEA-100', quantity: 2 },
    { sku: 'CUP-1', quantity: 1 },
  ],
  member: { phone: '13800138000' },
};

/** What a quote asks. */
export const quotedBasket = z
  .strictObject({ ...basket, tenders: z.array(quotedTender).max(TENDERS_MAX).default([]) })
  .meta({ examples: [example] });

/** What a sale asks. */
export const askedBasket = z
  .strictObject({ ...basket, tenders: z.array(tender).min(1).max(TENDERS_MAX) })
  .meta({ examples: [{ ...example, tenders: [{ kind: 'cash', tendered: 20000 }] }] });

/** A basket as a quote or a sale asks it. */
export type AskedBasket = z.output<typeof quotedBasket> | z.output<typeof askedBasket>;

/** Refusals that a quote and a sale share. */
export const BASKET_REFUSALS = [
  'store_unknown',
  'store_closed',
  'store_not_allowed',
  'org_suspended',
  'basket_refused',
  'price_differs',
  'override_reason_missing',
  'import_only',
  'time_not_allowed',
  'phone_invalid',
  'member_unknown',
  'programme_not_served',
  'coupon_unknown',
  'coupon_used',
  'coupon_expired',
  'coupon_not_yet',
  'coupon_not_yours',
  'coupon_void',
];
