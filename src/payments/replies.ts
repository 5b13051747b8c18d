import { z } from 'zod';

const fen = z.int();
const words = z.strictObject({ zh: z.string(), en: z.string() });
const day = z.iso.date();
const instant = z.iso.datetime();
const state = z.enum(['open', 'paid', 'part_refunded', 'refunded', 'voided', 'cancelled']);
const benefit = z.enum(['discount', 'points', 'growth', 'cashback', 'coupon', 'gift']);

const line = z.strictObject({
  sku: z.string(),
  name: words,
  category: z.string().nullable(),
  brand: z.string().nullable(),
  quantity: z.int(),
  unit_price: z
    .string()
    .meta({ description: 'fen as digits; of an import, the price as the ticket writes it.' }),
  amount: fen.meta({ description: 'Gross.' }),
  discount: fen,
  net: fen.meta({ description: 'amount - discount.' }),
});

const paid = {
  kind: z.enum(['cash', 'card', 'wallet']),
  wallet: z.enum(['wechat', 'alipay', 'unionpay', 'digital_yuan']).nullable(),
  card: z.strictObject({ bin: z.string(), last4: z.string().nullable() }).nullable(),
  reference: z.string().nullable(),
  amount: fen,
};
const tender = z.strictObject({
  ...paid,
  tendered: fen.nullable(),
  change: fen.meta({ description: 'To hand back.' }),
});

const reward = z.strictObject({
  offer_id: z.uuid(),
  version: z.int(),
  kind: benefit,
  to: z
    .enum(['consumer', 'merchant'])
    .nullable()
    .meta({ description: 'Whose cashback it is; null for other kinds.' }),
  amount: z.int().meta({ description: 'fen, points, growth value, coupons or pieces, by kind.' }),
  what: z.string().nullable().meta({ description: 'Template of coupons, SKU of a gift.' }),
  coupon_id: z.uuid().nullable().meta({ description: 'The coupon that it used up.' }),
  funding: z
    .array(
      z.strictObject({
        party: z.enum(['merchant', 'store', 'funder']),
        funder_org: z.int().nullable(),
        budget: z.string().nullable(),
        amount: z.int(),
      }),
    )
    .meta({ description: 'Who pays which part.' }),
  state: z.enum(['pending', 'available', 'reversed', 'cancelled']).meta({
    description: 'pending: it may not be used yet.',
  }),
  available_on: day
    .nullable()
    .meta({ description: 'From the start of this day; null while it is not known.' }),
  provisional: z.boolean().meta({
    description: 'The calendar of that year is not published yet: available_on may move.',
  }),
  expires_on: day.nullable(),
  reason: words,
});

const coupon = z.strictObject({
  coupon_id: z.uuid(),
  code: z.string(),
  template: z.string(),
  name: words,
});

const coupons = z.strictObject({
  used: z.array(coupon),
  issued: z.array(coupon.extend({ valid_from: day, valid_to: day })).meta({
    description: 'Given with the sale, never usable on it.',
  }),
});

const quotedCoupons = z.strictObject({
  used: z.array(coupon),
  given: z.array(
    z.strictObject({
      template: z.string(),
      name: words,
      quantity: z.int(),
      valid_from: day,
      valid_to: day,
    }),
  ),
});

const backCoupons = z.strictObject({
  returned: z
    .array(
      coupon.extend({
        outcome: z.enum(['restored', 'reissued', 'forfeited', 'expired', 'reversed']).meta({
          description:
            '"expired": it is back after its last day; "reversed": what had given it was refunded before.',
        }),
        valid_from: day,
        valid_to: day,
      }),
    )
    .meta({ description: 'The payment had used them; only once all of it is refunded.' }),
  taken_back: z
    .array(coupon)
    .meta({ description: 'The payment had given them; they are out of use.' }),
  kept: z
    .array(coupon)
    .meta({ description: 'The payment had given them, and they were used already: they stay so.' }),
});

const head = {
  payment_id: z.uuid(),
  receipt_no: z.string(),
  state,
  store_id: z.uuid(),
  occurred_at: instant,
  business_day: day,
  gross: fen,
  discount: fen,
  due: fen,
  refunded: fen,
};
const buyer = z.strictObject({ member_id: z.uuid(), programme_id: z.uuid() }).nullable();
const journal = { journal_id: z.uuid().nullable() };

export const sale = z
  .strictObject({
    ...head,
    member: buyer,
    lines: z.array(line),
    tenders: z.array(tender),
    rewards: z.array(reward),
    coupons,
    ...journal,
  })
  .meta({ id: 'Sale' });

const backPerTender = z.array(z.strictObject(paid)).meta({
  description:
    'What goes back by which tender, in their order; of a card or wallet, on the device that charged it.',
});

const shortfalls = z.strictObject({ points: z.int(), cashback: fen });

const takenBack = z
  .array(
    z.strictObject({
      offer_id: z.uuid(),
      kind: benefit,
      amount: z.int(),
      reason: z.enum(['returned', 'threshold']).meta({
        description: '"threshold": what is kept no longer earns it.',
      }),
      text: words.nullable().meta({ description: 'The reason for people; null in lists.' }),
      lost: z.int().meta({ description: 'The part of it that the threshold takes.' }),
      pending: z.boolean().meta({ description: 'It had not arrived yet and is cancelled.' }),
      spent: z.int().meta({ description: 'What the member had spent of it already.' }),
      shortage: z
        .enum(['member_debt', 'from_refund', 'payer'])
        .nullable()
        .meta({ description: "The offer's policy for what was spent; null where nothing was." }),
      withheld: fen.meta({ description: 'Kept back from the money for what was spent.' }),
      debt: z.int().meta({ description: 'Of what was spent, in its unit.' }),
      borne_by_payers: z.int().meta({ description: 'Of what was spent, in its unit.' }),
    }),
  )
  .meta({ description: 'Per decision, in the order decided.' });

const backMoney = {
  amount: fen.meta({ description: 'Given back.' }),
  gross: fen.meta({ description: 'Before the share of discounts.' }),
  withheld: fen.meta({
    description: "The customer's, but kept for rewards spent already; not in amount.",
  }),
  shortfall: fen.meta({
    description:
      'What the goods kept now cost beyond what was paid for them, their discount being lost: nobody is asked for it, ' +
      "the discount's payers bear it; counted in again when more goes back.",
  }),
};

const backShort = {
  debt: shortfalls.meta({
    description:
      "What the member had spent already and now owes. Of another owner's programme as it stood when this was decided.",
  }),
  borne_by_payers: shortfalls.meta({
    description: 'What the member had spent and the payers of the offers do not get back.',
  }),
};

export const refund = z
  .strictObject({
    refund_id: z.uuid(),
    kind: z.enum(['refund', 'void', 'without_receipt']),
    payment_id: z.uuid().nullable(),
    receipt_no: z.string().nullable(),
    payment_state: state
      .nullable()
      .meta({ description: 'What the payment became; null in lists and without a receipt.' }),
    store_id: z.uuid(),
    occurred_at: instant,
    business_day: day,
    ...backMoney,
    reason: z.string(),
    lines: z.array(
      z.strictObject({ line: z.int(), sku: z.string(), quantity: z.int(), amount: fen }),
    ),
    tenders: backPerTender,
    taken_back: takenBack,
    coupons: backCoupons.nullable().meta({ description: 'Null in lists and without a receipt.' }),
    ...backShort,
    ...journal,
  })
  .meta({ id: 'Refund' });

export const payment = z
  .strictObject({
    ...head,
    channel: z.enum(['pos', 'api', 'import']),
    actor: z.string().meta({ description: 'Who took it.' }),
    member: buyer,
    lines: z.array(line.extend({ refunded_quantity: z.int(), refunded_amount: fen })),
    tenders: z.array(tender.extend({ refunded: fen })),
    rewards: z.array(
      reward.extend({ reversed: z.int().meta({ description: 'Taken back so far.' }) }),
    ),
    coupons,
    refunds: z.array(refund),
    ...journal,
  })
  .meta({ id: 'Payment' });

export const paymentSummary = z
  .strictObject({
    ...head,
    channel: z.enum(['pos', 'api', 'import']),
    member_id: z.uuid().nullable(),
    line_count: z.int(),
  })
  .meta({ id: 'PaymentSummary' });

const offerShown = z
  .strictObject({
    offer_id: z.uuid(),
    version: z.int(),
    code: z.string(),
    name: words,
    outcome: z.enum(['granted', 'partly', 'not']),
    reason: z.string(),
    text: words.meta({ description: 'The reason for people.' }),
    actual: z.union([z.number(), z.string()]).nullable(),
    required: z.union([z.number(), z.string()]).nullable(),
    missing: z
      .number()
      .nullable()
      .meta({ description: 'What more would earn it, in `unit`; null where more does not do it.' }),
    unit: z.enum(['fen', 'items', 'purchases', 'visits', 'days']).nullable(),
    reach: z.enum(['spend', 'act', 'later', 'never']).nullable().meta({
      description:
        'What is missing can be had by buying more, by doing something else at the till, by coming again, or not.',
    }),
    lost_to: z.uuid().nullable(),
    budget: z.string().nullable(),
  })
  .meta({ id: 'ExplainedOffer' });

export const quoteReply = z
  .strictObject({
    store_id: z.uuid(),
    business_day: day,
    gross: fen,
    discount: fen,
    due: fen,
    member: buyer,
    lines: z.array(line),
    rewards: z.array(reward),
    coupons: quotedCoupons,
    offers: z.array(offerShown),
    nearest: z
      .array(offerShown)
      .meta({ description: 'What the buyer is closest to, at most three.' }),
    expires_at: instant.meta({ description: 'For information: the sale is decided again.' }),
  })
  .meta({ id: 'Quote' });

export const explanationReply = z
  .strictObject({
    payment_id: z.uuid(),
    receipt_no: z.string(),
    for: z.enum(['consumer', 'cashier', 'merchant']),
    gross: fen,
    discount: fen,
    due: fen,
    rewards: z.array(reward),
    offers: z.array(offerShown),
    nearest: z
      .array(offerShown)
      .meta({ description: 'What the buyer was closest to, at most three.' }),
    exact: z.boolean().meta({
      description:
        'Whether the recomputation granted what the sale was granted; false is an alarm.',
    }),
  })
  .meta({ id: 'Explanation' });

export const previewReply = z
  .strictObject({
    payment_id: z.uuid(),
    receipt_no: z.string(),
    payment_state: state.meta({ description: 'What the payment would become.' }),
    ...backMoney,
    lines: z.array(
      z.strictObject({ line: z.int(), sku: z.string(), quantity: z.int(), amount: fen }),
    ),
    tenders: backPerTender,
    taken_back: takenBack,
    coupons: backCoupons,
    ...backShort,
  })
  .meta({ id: 'RefundPreview' });

export const issuer = z
  .strictObject({
    code: z.string(),
    name: z.string(),
    bins: z.int().meta({ description: 'How many ranges of card numbers the table has of it.' }),
  })
  .meta({ id: 'Issuer' });

const cardKind = z.enum(['debit', 'credit', 'semi_credit', 'prepaid']);

export const binReply = z
  .strictObject({
    bin: z.string(),
    issuer: z.string().nullable(),
    bank_name: z.string().nullable(),
    kind: cardKind.nullable(),
    scheme: z.enum(['unionpay', 'visa', 'mastercard', 'amex', 'jcb', 'diners']).nullable(),
    ranges: z
      .array(
        z.strictObject({
          prefix: z.string(),
          length: z.int(),
          issuer: z.string(),
          bank_name: z.string(),
          kind: cardKind,
        }),
      )
      .meta({ description: 'The ranges with the longest prefix that matches.' }),
  })
  .meta({ id: 'Bin' });
