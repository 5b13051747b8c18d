import { z } from 'zod';
import { day, fault, instant, operation, pageOf, pageQuery } from '#platform/contract';
import { AMOUNT_MAX, LINES_MAX, QUANTITY_MAX, TENDERS_MAX, UNIT_PRICE_MAX } from './core.ts';
import {
  explanationReply,
  payment,
  paymentSummary,
  previewReply,
  quoteReply,
  refund,
  sale,
} from './replies.ts';

const TAG = ['Payments'];
const IMPORT_ONLY = 'Only with the permission import.';
const REFERENCE = 'The payment id, or the receipt number with or without its hyphens.';

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => !/\p{Cc}/u.test(value), fault('不能含控制字符', 'no control characters'));
const reason = text(200).meta({
  description: 'Why; it stands with the record.',
  examples: ['尺码不合适'],
});
const store = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: 'Store id or code.', examples: ['lanting-1'] });
const sku = z.string().min(1).max(64);
const occurredAt = instant.optional().meta({ description: IMPORT_ONLY });
const reference = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: REFERENCE, examples: ['01KAW-GJ2Q4-7Z8M3'] });

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

const tender = z.strictObject({
  kind: z.literal('cash'),
  amount: z
    .int()
    .min(0)
    .max(AMOUNT_MAX)
    .optional()
    .meta({ description: 'fen; the only tender may leave it out and pays all that is due.' }),
  tendered: z.int().min(0).max(AMOUNT_MAX).optional().meta({ description: 'fen handed over.' }),
});

const basket = {
  store,
  lines,
  member: member.optional(),
  override_reason: text(200)
    .optional()
    .meta({ description: 'Why a price differs from the catalogue.' }),
  occurred_at: occurredAt,
};

const SALE_REFUSALS = [
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
];

const exampleBasket = {
  store: 'lanting-1',
  lines: [
    { sku: 'TEA-100', quantity: 2 },
    { sku: 'CUP-1', quantity: 1 },
  ],
  member: { phone: '13800138000' },
};

export const quotePayment = operation({
  id: 'quotePayment',
  method: 'POST',
  path: '/v1/quotes',
  summary: 'Quote a sale',
  description:
    'What the sale would be now: prices, discounts, rewards, and every live offer with the reason why it applies or ' +
    'not and what is missing. Nothing is stored or held; the sale itself is decided again.',
  tags: TAG,
  scope: 'payment.take',
  idempotent: false,
  body: z
    .strictObject({ ...basket, tenders: z.array(tender).max(TENDERS_MAX).default([]) })
    .meta({ examples: [exampleBasket] }),
  reply: { 200: quoteReply },
  refusals: SALE_REFUSALS,
});

export const takePayment = operation({
  id: 'takePayment',
  method: 'POST',
  path: '/v1/payments',
  summary: 'Take a payment',
  description:
    'Prices the basket, decides its offers and writes payment, journal, rewards and stock in one durable write. ' +
    'The answer stands when it is durable. Money is fen.',
  tags: TAG,
  scope: 'payment.take',
  body: z
    .strictObject({ ...basket, tenders: z.array(tender).min(1).max(TENDERS_MAX) })
    .meta({ examples: [{ ...exampleBasket, tenders: [{ kind: 'cash', tendered: 20000 }] }] }),
  reply: { 201: sale },
  refusals: [...SALE_REFUSALS, 'tender_mismatch', 'tendered_short', 'books_changing'],
});

const days = {
  from: day.optional().meta({ description: 'First business day.' }),
  to: day.optional().meta({ description: 'Last business day.' }),
};

export const listPayments = operation({
  id: 'listPayments',
  method: 'GET',
  path: '/v1/payments',
  summary: 'List payments',
  description: 'The newest booked first; only of stores you may act in.',
  tags: TAG,
  scope: 'payment.read',
  query: z.strictObject({
    ...pageQuery,
    ...days,
    store: store.optional(),
    member_id: z.uuid().toLowerCase().optional(),
    state: z.enum(['paid', 'part_refunded', 'refunded', 'voided']).optional(),
  }),
  reply: { 200: pageOf(paymentSummary) },
  refusals: ['cursor_malformed', 'store_unknown', 'store_not_allowed'],
});

export const getPayment = operation({
  id: 'getPayment',
  method: 'GET',
  path: '/v1/payments/{payment}',
  summary: 'Read a payment',
  description: 'With its lines, tenders, rewards and refunds.',
  tags: TAG,
  scope: 'payment.read',
  params: z.strictObject({ payment: reference }),
  reply: { 200: payment },
  refusals: ['payment_unknown', 'store_not_allowed'],
});

export const explainPayment = operation({
  id: 'explainPayment',
  method: 'GET',
  path: '/v1/payments/{payment}/explanation',
  summary: 'Explain a payment',
  description:
    'Every offer that was live when the sale was decided, with the reason why it applied or not, recomputed from ' +
    'the facts stored with the sale. `for=consumer` leaves out what only the merchant may know.',
  tags: TAG,
  scope: 'payment.read',
  params: z.strictObject({ payment: reference }),
  query: z.strictObject({ for: z.enum(['consumer', 'cashier', 'merchant']).default('cashier') }),
  reply: { 200: explanationReply },
  refusals: ['payment_unknown', 'store_not_allowed'],
});

export const voidPayment = operation({
  id: 'voidPayment',
  method: 'POST',
  path: '/v1/payments/{payment}/void',
  summary: 'Void a payment',
  description:
    'Undoes an untouched payment on its own business day: its journal is mirrored exactly.',
  tags: TAG,
  scope: 'payment.void',
  params: z.strictObject({ payment: reference }),
  body: z.strictObject({ reason }),
  reply: { 201: refund },
  refusals: ['payment_unknown', 'store_not_allowed', 'payment_not_voidable', 'rewards_spent'],
});

const refundLines = z
  .array(
    z.strictObject({
      line: z
        .int()
        .min(0)
        .max(LINES_MAX - 1)
        .meta({ description: "Place in the payment's lines, from 0." }),
      quantity: z.int().min(0).max(QUANTITY_MAX),
      amount: z
        .int()
        .min(0)
        .max(AMOUNT_MAX)
        .optional()
        .meta({ description: `Gross fen. ${IMPORT_ONLY}` }),
    }),
  )
  .min(1)
  .max(LINES_MAX)
  .refine(
    (asked) => asked.every(({ quantity, amount = 0 }) => quantity + amount > 0),
    fault('每行数量须大于 0', 'each line needs a quantity above 0'),
  );

const goods = z
  .array(
    z.strictObject({
      sku,
      quantity: z.int().min(0).max(QUANTITY_MAX),
      amount: z
        .int()
        .min(0)
        .max(AMOUNT_MAX)
        .meta({ description: 'fen given back for the whole line.' }),
    }),
  )
  .min(1)
  .max(LINES_MAX);

export const refundPayment = operation({
  id: 'refundPayment',
  method: 'POST',
  path: '/v1/refunds',
  summary: 'Refund',
  description:
    'Gives money back for a payment: all that is left of it, or the lines named. What the lines earned goes back ' +
    'with them to the fen and the point; what the member has spent already becomes a debt and is said. Goods ' +
    'without a receipt need `store`, `without_receipt` and the permission refund.without_receipt.',
  tags: TAG,
  scope: 'payment.refund',
  body: z
    .strictObject({
      payment: reference.optional(),
      lines: refundLines.optional(),
      store: store.optional(),
      without_receipt: goods.optional(),
      reason,
      occurred_at: occurredAt,
    })
    .refine(
      (asked) =>
        asked.payment === undefined
          ? asked.store !== undefined &&
            asked.without_receipt !== undefined &&
            asked.lines === undefined
          : asked.store === undefined && asked.without_receipt === undefined,
      fault(
        '请填 payment（可带 lines），或 store 与 without_receipt',
        'give payment (with lines if you like), or store and without_receipt',
      ),
    )
    .meta({
      examples: [
        { payment: '01KAW-GJ2Q4-7Z8M3', lines: [{ line: 0, quantity: 1 }], reason: '尺码不合适' },
      ],
    }),
  reply: { 201: refund },
  refusals: [
    'payment_unknown',
    'payment_not_refundable',
    'refund_exceeds',
    'store_unknown',
    'store_not_allowed',
    'basket_refused',
    'import_only',
    'time_not_allowed',
    'books_changing',
  ],
});

export const previewRefund = operation({
  id: 'previewRefund',
  method: 'POST',
  path: '/v1/refunds/preview',
  summary: 'Preview a refund',
  description:
    'What would go back, what would be taken back and what the member would owe; nothing is written.',
  tags: TAG,
  scope: 'payment.refund',
  idempotent: false,
  body: z
    .strictObject({ payment: reference, lines: refundLines.optional() })
    .meta({ examples: [{ payment: '01KAW-GJ2Q4-7Z8M3', lines: [{ line: 0, quantity: 1 }] }] }),
  reply: { 200: previewReply },
  refusals: [
    'payment_unknown',
    'payment_not_refundable',
    'refund_exceeds',
    'store_not_allowed',
    'import_only',
  ],
});

export const listRefunds = operation({
  id: 'listRefunds',
  method: 'GET',
  path: '/v1/refunds',
  summary: 'List refunds',
  description: 'Refunds, voids and returns without a receipt, the newest booked first.',
  tags: TAG,
  scope: 'payment.read',
  query: z.strictObject({
    ...pageQuery,
    ...days,
    store: store.optional(),
    payment: reference.optional(),
    kind: z.enum(['refund', 'void', 'without_receipt']).optional(),
  }),
  reply: { 200: pageOf(refund) },
  refusals: ['cursor_malformed', 'store_unknown', 'store_not_allowed', 'payment_unknown'],
});
