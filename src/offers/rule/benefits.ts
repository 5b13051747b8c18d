import { z } from 'zod';
import { funding } from './funding.ts';
import {
  between,
  day,
  days,
  items,
  legal,
  money,
  oneOf,
  perYuan,
  portion,
  quantity,
  rounding,
  target,
  units,
  whole,
  window,
  word,
} from './values.ts';

const years = between(0, 10, 'years', '年');
const waitDays = between(1, 366, 'business days', '工作日');

/** Last usable day of what is granted, counted from the day it becomes available. */
const expiry = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('none') }),
    /** Usable through that day + days, or through the end of the month, quarter or year of that day. */
    z.strictObject({
      type: z.literal('rolling'),
      days,
      round_up_to: oneOf(['month', 'quarter', 'year']).optional(),
    }),
    /** Usable through 31 December of that day's year + years. */
    z.strictObject({ type: z.literal('end_of_year'), years }),
    z.strictObject({ type: z.literal('date'), day }),
  ],
  legal('must be none, rolling, end_of_year or date', '须为 none、rolling、end_of_year 或 date'),
);

/**
 * When what is granted may be used. Business days are China's, in the org's zone.
 * - instant: in the same sale's answer
 * - business_days: pending, available at the start of the nth business day after the sale's day (T+n)
 * - cumulative: pending until the member's (card's) sales that this offer matched in the window reach the
 *   amount (net fen) or the count, then all of the window's at once; what did not reach it when the window
 *   ends is cancelled. With a fixed amount the benefit is granted once a window, by the sale that reaches it,
 *   and may be more than that sale. Counted are the fen paid of the benefit's target, from its spend on.
 * - after_last: each further sale that the offer grants something restarts the clock; all of the member's
 *   (card's) pending arrives at the start of the nth business day after the last
 */
const timing = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('instant') }),
    z.strictObject({ type: z.literal('business_days'), days: waitDays }),
    z.strictObject({
      type: z.literal('cumulative'),
      window,
      reach: z.strictObject({ amount: money.optional(), count: quantity.optional() }),
      whose: oneOf(['member', 'card']).optional(),
    }),
    z.strictObject({
      type: z.literal('after_last'),
      days: waitDays,
      whose: oneOf(['member', 'card']).optional(),
    }),
  ],
  legal(
    'must be instant, business_days, cumulative or after_last',
    '须为 instant、business_days、cumulative 或 after_last',
  ),
);

/** What every benefit may carry. `spend`: least base in fen, measured on the target's running net. */
const common = { target: target.optional(), spend: money.optional(), funding: funding.optional() };

/** Steps by the base, ascending; the highest step reached decides for the whole base. */
function steps<T extends z.ZodRawShape>(gives: T) {
  return z
    .array(z.strictObject({ from: money, ...gives }))
    .min(1, legal('needs at least one step', '至少要有一档'))
    .max(20, legal('at most 20 steps', '至多 20 档'));
}

const off = z.discriminatedUnion(
  'by',
  [
    z.strictObject({ by: z.literal('percent'), rate: portion, rounding }),
    /** `times`: the amount repeats per multiple of `spend`, at most so often. */
    z.strictObject({
      by: z.literal('amount'),
      amount: money,
      times: whole.max(1_000, legal('must be at most 1,000', '至多 1,000 次')).optional(),
    }),
    /** Each unit of the target, or the `units` dearest, costs so many fen (never more than its price). */
    z.strictObject({
      by: z.literal('fixed_price'),
      price: between(0, 100_000_000_000, 'fen', '分'),
      units: quantity.optional(),
    }),
    /** Exactly one of rate (ppm) and amount (fen) per step. */
    z.strictObject({
      by: z.literal('tiered'),
      steps: steps({ rate: portion.optional(), amount: money.optional() }),
      rounding,
    }),
    /** Every nth unit of the target, dearest counted first, gets the rate off; at most `times` units. */
    z.strictObject({
      by: z.literal('nth_item'),
      nth: between(2, 1_000_000),
      rate: portion,
      times: quantity.optional(),
      rounding,
    }),
    /**
     * For every `buy` units of the target, up to `get` further units (of `of`, else of the target) get the
     * rate off, the cheapest ones: with buy 2 get 2, three units have one free. At most `times` sets. A unit
     * is used once: bought or free, in one offer only.
     */
    z.strictObject({
      by: z.literal('buy_get'),
      buy: quantity,
      get: quantity,
      of: target.optional(),
      rate: portion,
      times: quantity.optional(),
      rounding,
    }),
    /** One of each part together for one price in fen; dearest units first; at most `times` sets. Units are used once. */
    z.strictObject({
      by: z.literal('bundle'),
      parts: z
        .array(z.strictObject({ ...items, quantity }))
        .min(1, legal('a bundle needs at least one part', '组合至少要有一部分'))
        .max(10, legal('a bundle has at most 10 parts', '组合至多 10 部分')),
      price: money,
      times: quantity.optional(),
    }),
  ],
  legal(
    'must be by percent, amount, fixed_price, tiered, nth_item, buy_get or bundle',
    '须为 percent、amount、fixed_price、tiered、nth_item、buy_get 或 bundle',
  ),
);

/** Points or growth value. `multiplier` (points only): times the points that offers before it granted to the
 * target's lines, less those points: 2,000,000 ppm doubles. */
const pointsEarn = z.discriminatedUnion(
  'by',
  [
    z.strictObject({ by: z.literal('per_yuan'), rate: perYuan, rounding }),
    z.strictObject({ by: z.literal('fixed'), amount: units }),
    z.strictObject({
      by: z.literal('multiplier'),
      factor: between(1_000_001, 100_000_000, 'ppm', '百万分率'),
      rounding,
    }),
    z.strictObject({
      by: z.literal('tiered'),
      steps: steps({ rate: perYuan.optional(), amount: units.optional() }),
      rounding,
    }),
  ],
  legal(
    'must be by per_yuan, fixed, multiplier or tiered',
    '须为 per_yuan、fixed、multiplier 或 tiered',
  ),
);
const growthEarn = z.discriminatedUnion(
  'by',
  [
    z.strictObject({ by: z.literal('per_yuan'), rate: perYuan, rounding }),
    z.strictObject({ by: z.literal('fixed'), amount: units }),
  ],
  legal('must be by per_yuan or fixed', '须为 per_yuan 或 fixed'),
);
const cashbackEarn = z.discriminatedUnion(
  'by',
  [
    z.strictObject({ by: z.literal('rate'), rate: portion, rounding }),
    z.strictObject({ by: z.literal('fixed'), amount: money }),
    z.strictObject({
      by: z.literal('tiered'),
      steps: steps({ rate: portion.optional(), amount: money.optional() }),
      rounding,
    }),
  ],
  legal('must be by rate, fixed or tiered', '须为 rate、fixed 或 tiered'),
);

export const benefit = z.discriminatedUnion(
  'kind',
  [
    /** fen off. Percent rounds half-up unless said. `select`: only the cheapest or dearest units of the target. */
    z.strictObject({
      kind: z.literal('discount'),
      off,
      select: z.strictObject({ order: oneOf(['cheapest', 'dearest']), units: quantity }).optional(),
      cap: money.optional(),
      ...common,
    }),
    /** Points on what is really paid. per_yuan: 1,000,000 ppm = 1 point per yuan; rounded down unless said. */
    z.strictObject({
      kind: z.literal('points'),
      earn: pointsEarn,
      cap: units.optional(),
      expiry,
      timing: timing.optional(),
      ...common,
    }),
    /** Growth value of the member, which makes the tier; costs nobody anything. Rounded down unless said. */
    z.strictObject({
      kind: z.literal('growth'),
      earn: growthEarn,
      cap: units.optional(),
      target: target.optional(),
      spend: money.optional(),
    }),
    /**
     * fen back on what is really paid, half-up unless said: to the member's wallet ("consumer", unless said)
     * or to the rebate account of the merchant who sold ("merchant", which needs no member).
     */
    z.strictObject({
      kind: z.literal('cashback'),
      to: oneOf(['consumer', 'merchant']).optional(),
      earn: cashbackEarn,
      cap: money.optional(),
      timing: timing.optional(),
      ...common,
    }),
    /** Coupons of a template for the next visits; never usable on the sale that grants them. */
    z.strictObject({
      kind: z.literal('coupon'),
      template: word,
      quantity: whole.max(100, legal('must be at most 100', '至多 100 张')),
      target: target.optional(),
      spend: money.optional(),
    }),
    /** Goods handed over with the sale at no price; they leave the store's stock. */
    z.strictObject({
      kind: z.literal('gift'),
      sku: word,
      quantity: whole.max(100, legal('must be at most 100', '至多 100 件')),
      target: target.optional(),
      spend: money.optional(),
    }),
  ],
  legal(
    'must be discount, points, growth, cashback, coupon or gift',
    '须为 discount、points、growth、cashback、coupon 或 gift',
  ),
);

export type Benefit = z.output<typeof benefit>;
export type Timing = z.output<typeof timing>;
export type Expiry = z.output<typeof expiry>;
export type DiscountOff = z.output<typeof off>;
