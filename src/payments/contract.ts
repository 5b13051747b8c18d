import { z } from 'zod';
import { day, fault, operation, pageOf, pageQuery } from '#platform/contract';
import {
  askedBasket,
  BASKET_REFUSALS,
  IMPORT_ONLY,
  occurredAt,
  quotedBasket,
  sku,
  store,
  text,
} from './asked-basket.ts';
import { AMOUNT_MAX, LINES_MAX, QUANTITY_MAX } from './core.ts';
import {
  binReply,
  explanationReply,
  issuer,
  payment,
  paymentSummary,
  previewReply,
  quoteReply,
  refund,
  sale,
} from './replies.ts';

const TAG = ['Payments'];
const REFERENCE = 'The payment id, or the receipt number with or without its hyphens.';

const reason = text(200).meta({
  description: 'Why; it stands with the record.',
  examples: ['尺码不合适'],
});
const reference = z
  .string()
  .min(1)
  .max(64)
  .meta({ description: REFERENCE, examples: ['01KAW-GJ2Q4-7Z8M3'] });

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
  body: quotedBasket,
  reply: { 200: quoteReply },
  refusals: BASKET_REFUSALS,
});

export const takePayment = operation({
  id: 'takePayment',
  method: 'POST',
  path: '/v1/payments',
  summary: 'Take a payment',
  description:
    'Prices the basket, decides its offers and writes payment, journal, rewards and stock in one durable write. ' +
    'The answer stands when it is durable. Money is fen. A tender beside cash was charged on another device and is ' +
    'recorded: that needs the permission payment.record_tender.',
  tags: TAG,
  scope: 'payment.take',
  body: askedBasket,
  reply: { 201: sale },
  refusals: [
    ...BASKET_REFUSALS,
    'scope_missing',
    'tender_mismatch',
    'tendered_short',
    'books_changing',
  ],
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

const giftsKept = z.boolean().default(false).meta({
  description:
    'The buyer keeps the gifts of what goes back. Unless said, they are handed back with it, and into stock.',
});

export const refundPayment = operation({
  id: 'refundPayment',
  method: 'POST',
  path: '/v1/refunds',
  summary: 'Refund',
  description:
    'Gives money back for a payment: all that is left of it, or the lines named. What the lines earned goes back ' +
    'with them to the fen and the point. Offers that test their threshold again take back what is kept no longer earns: a ' +
    'discount lost is taken out of the money. What the member has spent already becomes a debt, is withheld or is borne ' +
    'by the payers, as the offer says, and is told. Goods ' +
    'without a receipt need `store`, `without_receipt` and the permission refund.without_receipt.',
  tags: TAG,
  scope: 'payment.refund',
  body: z
    .strictObject({
      payment: reference.optional(),
      lines: refundLines.optional(),
      store: store.optional(),
      without_receipt: goods.optional(),
      gifts_kept: giftsKept,
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
    'What would go back by which tender, what would be taken back of every decision and why, and how what the member has ' +
    'spent would be settled: decided as the refund decides it; nothing is written.',
  tags: TAG,
  scope: 'payment.refund',
  idempotent: false,
  body: z
    .strictObject({ payment: reference, lines: refundLines.optional(), gifts_kept: giftsKept })
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

export const listIssuers = operation({
  id: 'listIssuers',
  method: 'GET',
  path: '/v1/issuers',
  summary: 'List issuers',
  description:
    'The banks of the BIN table by code: what the issuer condition of an offer may name. `q` looks into code and name.',
  tags: TAG,
  scope: 'offer.read',
  query: z.strictObject({ ...pageQuery, q: z.string().trim().min(1).max(40).optional() }),
  reply: { 200: pageOf(issuer) },
  refusals: ['cursor_malformed'],
});

export const getBin = operation({
  id: 'getBin',
  method: 'GET',
  path: '/v1/bins/{bin}',
  summary: 'Look up a BIN',
  description:
    'What the first digits of a card number say, by the longest prefix of the table. `issuer` and `kind` are null where ' +
    'the table does not know, or names several: `length`, the number of digits of the card, may tell them apart.',
  tags: TAG,
  scope: 'offer.read',
  params: z.strictObject({
    bin: z
      .string()
      .regex(/^\d{6,10}$/)
      .meta({ examples: ['622202'] }),
  }),
  query: z.strictObject({
    length: z
      .string()
      .regex(/^1[3-9]$/)
      .transform(Number)
      .optional()
      .meta({ type: 'integer', minimum: 13, maximum: 19, pattern: undefined }),
  }),
  reply: { 200: binReply },
  refusals: [],
});
