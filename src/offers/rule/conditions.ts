import { z } from 'zod';
import {
  between,
  days,
  fewDays,
  hours,
  items,
  legal,
  listOf,
  money,
  oneOf,
  quantity,
  target,
  units,
  weekday,
  window,
  word,
} from './values.ts';

const bin = z
  .string(legal('must be 3 to 10 digits of a card number', '须为卡号前 3 至 10 位数字'))
  .regex(
    /^\d{3,10}$/,
    legal('must be 3 to 10 digits of a card number', '须为卡号前 3 至 10 位数字'),
  );

const leaves = [
  // -- basket --
  /**
   * Of the basket in fen; min <= amount <= max. "gross": before discounts; "net": what is still to
   * pay when the offer's turn comes in its lane (in the earning lane: what is really paid).
   */
  z.strictObject({
    type: z.literal('basket_amount'),
    basis: oneOf(['gross', 'net']).optional(),
    min: money.optional(),
    max: money.optional(),
  }),
  z.strictObject({
    type: z.literal('basket_quantity'),
    min: quantity.optional(),
    max: quantity.optional(),
  }),
  /** The chosen lines together reach a quantity (1 unless said) and a gross amount in fen. */
  z.strictObject({
    type: z.literal('contains'),
    ...items,
    quantity: quantity.optional(),
    amount: money.optional(),
  }),
  /** The cheapest or dearest unit price in fen among the chosen lines (all unless said). */
  z.strictObject({
    type: z.literal('unit_price'),
    which: oneOf(['cheapest', 'dearest']),
    target: target.optional(),
    min: money.optional(),
    max: money.optional(),
  }),
  // -- payment: every tender or, with "any", at least one is as described; never without tenders --
  z.strictObject({
    type: z.literal('tender'),
    methods: listOf(word),
    match: oneOf(['all', 'any']).optional(),
  }),
  /** Bank codes of the issuers of the cards presented, as in the BIN table: "ICBC". */
  z.strictObject({
    type: z.literal('issuer'),
    issuers: listOf(word),
    match: oneOf(['all', 'any']).optional(),
  }),
  /** The card number begins with one of these, or lies in one of the ranges (both ends included, same length). */
  z.strictObject({
    type: z.literal('bin'),
    prefixes: listOf(bin).optional(),
    ranges: listOf(z.strictObject({ from: bin, to: bin })).optional(),
    match: oneOf(['all', 'any']).optional(),
  }),
  z.strictObject({
    type: z.literal('card_kind'),
    kinds: listOf(oneOf(['debit', 'credit', 'semi_credit', 'prepaid'])),
    match: oneOf(['all', 'any']).optional(),
  }),
  z.strictObject({
    type: z.literal('scheme'),
    schemes: listOf(oneOf(['unionpay', 'visa', 'mastercard', 'amex', 'jcb', 'diners'])),
    match: oneOf(['all', 'any']).optional(),
  }),
  z.strictObject({
    type: z.literal('wallet'),
    wallets: listOf(oneOf(['wechat', 'alipay', 'unionpay', 'digital_yuan'])),
    match: oneOf(['all', 'any']).optional(),
  }),
  z.strictObject({
    type: z.literal('terminal_kind'),
    kinds: listOf(oneOf(['cashier', 'pos', 'self_service', 'plate', 'online'])),
  }),
  /** Merchant category codes, four digits. */
  z.strictObject({ type: z.literal('mcc'), codes: listOf(word) }),
  // -- member; never true for an anonymous buyer --
  z.strictObject({ type: z.literal('tier'), tiers: listOf(word) }),
  /** The member carries at least one of the labels. */
  z.strictObject({ type: z.literal('label'), labels: listOf(word) }),
  /** Whole days since joining; 0 on the day itself. */
  z.strictObject({
    type: z.literal('member_for'),
    min_days: between(0, 36_600, 'days', '天').optional(),
    max_days: between(0, 36_600, 'days', '天').optional(),
  }),
  /** The sale's day lies in the birthday's month, or within so many days before and after the birthday. */
  z.strictObject({
    type: z.literal('birthday'),
    within: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('month') }),
      z.strictObject({ type: z.literal('days'), before: fewDays, after: fewDays }),
    ]),
  }),
  /** This would be the nth purchase in the seller's book, 1 the first ever: one of `numbers`, or every `every`th. */
  z.strictObject({
    type: z.literal('nth_purchase'),
    numbers: listOf(quantity).optional(),
    every: quantity.optional(),
  }),
  /** Whole days since the last purchase; a member who never bought has none, and it does not hold. */
  z.strictObject({
    type: z.literal('days_since_last'),
    min: days.optional(),
    max: days.optional(),
  }),
  /**
   * The member's (or card's) purchases in the seller's book in a window, this sale included: net fen
   * after refunds, number of sales, or number of days with a sale. min <= value <= max; `every`: this sale
   * reaches a multiple (the third, sixth .. sale). `target`: only the chosen lines count, and sales with such
   * a line. Of several cards the first presented.
   */
  z.strictObject({
    type: z.literal('history'),
    whose: oneOf(['member', 'card']).optional(),
    measure: oneOf(['amount', 'count', 'visits']),
    window,
    target: target.optional(),
    min: units.optional(),
    max: units.optional(),
    every: quantity.optional(),
  }),
  // -- what the buyer shows --
  /** One of the codes was entered at the till; letter case does not matter. */
  z.strictObject({ type: z.literal('code'), codes: listOf(word) }),
  /** A usable coupon of one of the templates is presented; a granted offer uses it up. */
  z.strictObject({ type: z.literal('coupon'), templates: listOf(word) }),
  // -- time --
  z.strictObject({ type: z.literal('weekday'), weekdays: listOf(weekday) }),
  z.strictObject({ type: z.literal('hours'), hours }),
  /** "holiday": a public holiday; "workday": a day of work, make-up days included; "rest": any other. */
  z.strictObject({
    type: z.literal('day_kind'),
    kinds: listOf(oneOf(['holiday', 'workday', 'rest'])),
  }),
  z.strictObject({ type: z.literal('days_of_month'), days: listOf(between(1, 31)) }),
] as const;

export const CONDITION_TYPES = [
  'basket_amount',
  'basket_quantity',
  'contains',
  'unit_price',
  'tender',
  'issuer',
  'bin',
  'card_kind',
  'scheme',
  'wallet',
  'terminal_kind',
  'mcc',
  'tier',
  'label',
  'member_for',
  'birthday',
  'nth_purchase',
  'days_since_last',
  'history',
  'code',
  'coupon',
  'weekday',
  'hours',
  'day_kind',
  'days_of_month',
] as const satisfies readonly Leaf['type'][];

const badType = legal(
  `must be all, any, none, ${CONDITION_TYPES.slice(0, -1).join(', ')} or ${CONDITION_TYPES.at(-1)}; groups nest at most 4 deep`,
  `须为 all、any、none、${CONDITION_TYPES.join('、')} 之一;至多嵌套 4 层`,
);

function grouped<T extends z.ZodType>(inner: T) {
  return z.strictObject({
    type: z.enum(['all', 'any', 'none']),
    of: z
      .array(inner)
      .min(1, legal('a group needs at least one condition', '组合条件至少要有一项'))
      .max(50, legal('a group holds at most 50 conditions', '组合条件至多 50 项')),
  });
}

export type Leaf = z.infer<(typeof leaves)[number]>;

/** A boolean tree; groups nest at most four deep, so hostile input cannot exhaust the stack. */
export type Condition =
  | Leaf
  | { readonly type: 'all' | 'any' | 'none'; readonly of: readonly Condition[] };

const depth0 = z.discriminatedUnion('type', leaves, badType);
const depth1 = z.discriminatedUnion('type', [...leaves, grouped(depth0)], badType);
const depth2 = z.discriminatedUnion('type', [...leaves, grouped(depth1)], badType);
const depth3 = z.discriminatedUnion('type', [...leaves, grouped(depth2)], badType);

export const condition = z.discriminatedUnion('type', [...leaves, grouped(depth3)], badType);
