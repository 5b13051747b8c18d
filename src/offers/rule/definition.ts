import { z } from 'zod';
import type { FieldFault } from '#kernel/refusal';
import { benefit } from './benefits.ts';
import { condition } from './conditions.ts';
import { funding } from './funding.ts';
import { limits } from './limits.ts';
import { faultsIn } from './read-faults.ts';
import { day, hours, legal, listOf, oneOf, portion, quantity, weekday, word } from './values.ts';

export type { Benefit, DiscountOff, Expiry, Timing } from './benefits.ts';
export type { Condition, Leaf } from './conditions.ts';
export type { Funding } from './funding.ts';
export type { Limit } from './limits.ts';
export type { Hours, Target, Window } from './values.ts';

const schedule = z.strictObject({
  /** Both days inclusive, in the org's zone. */
  from: day,
  to: day.optional(),
  weekdays: listOf(weekday).optional(),
  hours: hours.optional(),
  /** Only on days of these kinds; "holiday" is a public holiday, "workday" includes make-up days. */
  day_kinds: listOf(oneOf(['holiday', 'workday', 'rest'])).optional(),
  /** Days on which the offer rests; both ends inclusive. */
  blackout: listOf(z.strictObject({ from: day, to: day })).optional(),
});

const stacking = z.strictObject({
  lane: oneOf(['line', 'order', 'coupon', 'tender', 'earning']).optional(),
  /** Offers of a group compete: a sale gets the best one, the first one, or ("all") at most `most` of them. */
  group: word.optional(),
  pick: oneOf(['best', 'first', 'all']).default('best'),
  most: quantity.optional(),
  /** Codes of offers of the same owner that a sale may not get together with this one, either way round. */
  not_with: listOf(word).optional(),
  /** Percent discounts measure on the price before ("initial") or after the discounts decided before them ("running", unless said). */
  base: oneOf(['initial', 'running']).optional(),
});

const sentence = z
  .string(legal('must be text', '须为文字'))
  .min(1, legal('must not be empty', '不能为空'))
  .max(500, legal('must have at most 500 characters', '至多 500 个字'));

const clawback = z.strictObject({
  /** After a partial refund, does what is left have to reach the thresholds still? "threshold": what it no longer earns goes back. */
  retest: oneOf(['none', 'threshold']).default('none'),
  /** What the member no longer has: a debt of the member, taken from the money paid back, or borne by the payers. */
  shortage: oneOf(['member_debt', 'from_refund', 'payer']).default('member_debt'),
  /** A coupon used in a sale wholly refunded: usable again to its old end, again for as long as when issued, or gone. */
  coupon: oneOf(['restore', 'reissue', 'forfeit']).default('restore'),
});

/** An offer as an operator writes it and as a version stores it. Money in fen, rates in ppm. */
export const definition = z.strictObject({
  code: z
    .string(legal('must be text', '须为文字'))
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/,
      legal('must be 1 to 40 letters, digits, "-" or "_"', '须为 1 至 40 个字母、数字、"-" 或 "_"'),
    ),
  name: z.strictObject({ zh: word, en: word }),
  /** Within a lane the smaller number goes first, then the lower offer id. */
  priority: z
    .int(legal('must be a whole number from 0 to 10,000', '须为 0 至 10,000 的整数'))
    .min(0, legal('must be a whole number from 0 to 10,000', '须为 0 至 10,000 的整数'))
    .max(10_000, legal('must be a whole number from 0 to 10,000', '须为 0 至 10,000 的整数'))
    .default(100),
  schedule,
  scope: z
    .strictObject({
      stores: listOf(word).optional(),
      terminals: listOf(word).optional(),
      channels: listOf(oneOf(['pos', 'api', 'import'])).optional(),
    })
    .default({}),
  audience: z
    .strictObject({
      members_only: z.boolean(legal('must be true or false', '须为 true 或 false')).optional(),
      tiers: listOf(word).optional(),
      labels: listOf(word).optional(),
      /** So many ppm of members, the same ones for the same salt, never get it: the control group. */
      hold_out: z.strictObject({ share: portion.max(500_000), salt: word }).optional(),
    })
    .default({}),
  conditions: condition.optional(),
  benefits: z
    .array(benefit)
    .min(1, legal('an offer needs at least one benefit', '至少要有一项优惠'))
    .max(8, legal('an offer has at most 8 benefits', '至多 8 项优惠')),
  funding: funding.default([{ party: 'merchant', share: 1_000_000 }]),
  limits,
  stacking: stacking.default({ pick: 'best' }),
  clawback: clawback.default({ retest: 'none', shortage: 'member_debt', coupon: 'restore' }),
  /** Sentences that must stand in the terms beside the generated ones. */
  disclosures: listOf(z.strictObject({ zh: sentence, en: sentence })).optional(),
});

export type Definition = z.output<typeof definition>;
export type DefinitionInput = z.input<typeof definition>;
export type Lane = NonNullable<Definition['stacking']['lane']>;

/** Reads a definition's form; the faults name the field (JSON pointer) and what would be legal. */
export function parseDefinition(
  input: unknown,
): { readonly definition: Definition } | { readonly faults: readonly FieldFault[] } {
  const parsed = definition.safeParse(input);
  if (parsed.success) return { definition: parsed.data };
  return { faults: faultsIn(parsed.error, input) };
}
