import { z } from 'zod';
import type { FieldFault, Text } from '#kernel/refusal';

const MONEY_MAX = 100_000_000_000;
const QUANTITY_MAX = 1_000_000;
const LIST_MAX = 1_000;

const zhByEn = new Map<string, string>();

function legal(en: string, zh: string): { readonly error: string } {
  zhByEn.set(en, zh);
  return { error: en };
}

const money = z
  .int(legal('must be a whole number of fen', '须为整数(分)'))
  .min(1, legal('must be at least 1 fen', '至少为 1 分'))
  .max(MONEY_MAX, legal('must be at most 1,000,000,000.00 yuan', '至多为 10 亿元'));
const whole = z
  .int(legal('must be a whole number', '须为整数'))
  .min(1, legal('must be at least 1', '至少为 1'));
const quantity = whole.max(QUANTITY_MAX, legal('must be at most 1,000,000', '至多为 100 万'));
const pointsAmount = whole.max(
  1_000_000_000,
  legal('must be at most 1,000,000,000', '至多为 10 亿'),
);
const portion = whole.max(
  1_000_000,
  legal('must be a rate in ppm, at most 1,000,000 (100 %)', '须为百万分率,至多 1,000,000(100 %)'),
);
const day = z.iso.date(
  legal('must be a calendar day such as 2026-11-21', '须为日期,如 2026-11-21'),
);
const weekday = z
  .int(legal('must be 1 (Monday) to 7 (Sunday)', '须为 1(周一)至 7(周日)'))
  .min(1, legal('must be 1 (Monday) to 7 (Sunday)', '须为 1(周一)至 7(周日)'))
  .max(7, legal('must be 1 (Monday) to 7 (Sunday)', '须为 1(周一)至 7(周日)'));
const time = z
  .string()
  .regex(
    /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/,
    legal('must be a time from 00:00 to 24:00', '须为 00:00 至 24:00 的时间'),
  );
const word = z
  .string(legal('must be text', '须为文字'))
  .min(1, legal('must not be empty', '不能为空'))
  .max(100, legal('must have at most 100 characters', '至多 100 个字'));

function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .min(1, legal('must name at least one; leave it out for "any"', '至少列出一项;不限时请省略'))
    .max(LIST_MAX, legal('must name at most 1,000', '至多 1,000 项'));
}

/** Half-open range of local time: from <= t < to. */
const hours = listOf(z.strictObject({ from: time, to: time }));

/** Lines chosen by any of the lists. */
const items = {
  skus: listOf(word).optional(),
  categories: listOf(word).optional(),
  brands: listOf(word).optional(),
};
const target = z.strictObject(items);

const leaves = [
  /** Gross of the basket in fen, before discounts; min <= gross <= max. */
  z.strictObject({
    type: z.literal('basket_amount'),
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
  /** Every tender (or, with "any", at least one) is of one of the methods. */
  z.strictObject({
    type: z.literal('tender'),
    methods: listOf(word),
    match: z
      .enum(['all', 'any'], legal('must be "all" or "any"', '须为 "all" 或 "any"'))
      .optional(),
  }),
  z.strictObject({ type: z.literal('tier'), tiers: listOf(word) }),
  /** The member carries at least one of the labels. */
  z.strictObject({ type: z.literal('label'), labels: listOf(word) }),
  z.strictObject({ type: z.literal('weekday'), weekdays: listOf(weekday) }),
  z.strictObject({ type: z.literal('hours'), hours }),
] as const;

const badType = legal(
  'must be all, any, none, basket_amount, basket_quantity, contains, tender, tier, label, weekday or hours; groups nest at most 4 deep',
  '须为 all、any、none、basket_amount、basket_quantity、contains、tender、tier、label、weekday 或 hours;至多嵌套 4 层',
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
const condition = z.discriminatedUnion('type', [...leaves, grouped(depth3)], badType);

const funding = z
  .array(
    z.strictObject({
      party: z.enum(
        ['merchant', 'funder'],
        legal('must be "merchant" or "funder"', '须为 "merchant" 或 "funder"'),
      ),
      /** Org id of the funder; only with party "funder". */
      funder_org: z
        .int(legal('must be an org id', '须为机构编号'))
        .positive(legal('must be an org id', '须为机构编号'))
        .optional(),
      budget: word.optional(),
      /** ppm of the benefit; all shares of a list sum to 1,000,000. */
      share: portion,
    }),
  )
  .min(1, legal('must name at least one payer', '至少要有一个出资方'))
  .max(8, legal('must name at most 8 payers', '至多 8 个出资方'));

const expiry = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('none') }),
    /** Usable through the day of the sale + days. */
    z.strictObject({
      type: z.literal('rolling'),
      days: whole.max(3_660, legal('must be at most 3,660 days', '至多 3,660 天')),
    }),
    /** Usable through 31 December of the year of the sale + years. */
    z.strictObject({
      type: z.literal('end_of_year'),
      years: z
        .int(legal('must be 0 to 10 years', '须为 0 至 10 年'))
        .min(0, legal('must be 0 to 10 years', '须为 0 至 10 年'))
        .max(10, legal('must be 0 to 10 years', '须为 0 至 10 年')),
    }),
  ],
  legal('must be none, rolling or end_of_year', '须为 none、rolling 或 end_of_year'),
);

const rounding = z
  .enum(['down', 'half_up'], legal('must be "down" or "half_up"', '须为 "down" 或 "half_up"'))
  .optional();

/** What every benefit may carry. `spend`: least base in fen, measured on the target's running net. */
const common = { target: target.optional(), spend: money.optional(), funding: funding.optional() };

const benefit = z.discriminatedUnion(
  'kind',
  [
    /** Fen off. Rounded half-up unless said. `times`: the amount repeats per multiple of `spend`, at most so often. */
    z.strictObject({
      kind: z.literal('discount'),
      off: z.discriminatedUnion(
        'by',
        [
          z.strictObject({ by: z.literal('percent'), rate: portion, rounding }),
          z.strictObject({
            by: z.literal('amount'),
            amount: money,
            times: whole.max(1_000, legal('must be at most 1,000', '至多 1,000 次')).optional(),
          }),
        ],
        legal('must be by "percent" or "amount"', '须为 "percent" 或 "amount"'),
      ),
      cap: money.optional(),
      ...common,
    }),
    /** Points on what is really paid. per_yuan: 1,000,000 ppm = 1 point per yuan; rounded down unless said. */
    z.strictObject({
      kind: z.literal('points'),
      earn: z.discriminatedUnion(
        'by',
        [
          z.strictObject({
            by: z.literal('per_yuan'),
            rate: whole.max(
              1_000_000_000,
              legal(
                'must be at most 1,000 points per yuan (1,000,000,000)',
                '每元至多 1,000 分(1,000,000,000)',
              ),
            ),
            rounding,
          }),
          z.strictObject({ by: z.literal('fixed'), amount: pointsAmount }),
        ],
        legal('must be by "per_yuan" or "fixed"', '须为 "per_yuan" 或 "fixed"'),
      ),
      cap: pointsAmount.optional(),
      expiry,
      ...common,
    }),
    /** Fen back to the member on what is really paid. Rounded half-up unless said. */
    z.strictObject({
      kind: z.literal('cashback'),
      earn: z.discriminatedUnion(
        'by',
        [
          z.strictObject({ by: z.literal('rate'), rate: portion, rounding }),
          z.strictObject({ by: z.literal('fixed'), amount: money }),
        ],
        legal('must be by "rate" or "fixed"', '须为 "rate" 或 "fixed"'),
      ),
      cap: money.optional(),
      ...common,
    }),
  ],
  legal('must be discount, points or cashback', '须为 discount、points 或 cashback'),
);

/** An offer as an operator writes it and as a version stores it. Money in fen, rates in ppm. */
export const definition = z.strictObject({
  code: z
    .string()
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
  /** Both days inclusive, in the org's zone. */
  schedule: z.strictObject({
    from: day,
    to: day.optional(),
    weekdays: listOf(weekday).optional(),
    hours: hours.optional(),
  }),
  scope: z
    .strictObject({
      stores: listOf(word).optional(),
      channels: listOf(
        z.enum(
          ['pos', 'api', 'import'],
          legal('must be pos, api or import', '须为 pos、api 或 import'),
        ),
      ).optional(),
    })
    .default({}),
  audience: z
    .strictObject({
      members_only: z.boolean(legal('must be true or false', '须为 true 或 false')).optional(),
      tiers: listOf(word).optional(),
      labels: listOf(word).optional(),
    })
    .default({}),
  conditions: condition.optional(),
  benefits: z
    .array(benefit)
    .min(1, legal('an offer needs at least one benefit', '至少要有一项优惠'))
    .max(8, legal('an offer has at most 8 benefits', '至多 8 项优惠')),
  funding: funding.default([{ party: 'merchant', share: 1_000_000 }]),
  limits: z
    .strictObject({
      /** count: sales; amount: fen or points, the unit of the benefits. */
      per_member_day: z
        .strictObject({ count: quantity.optional(), amount: pointsAmount.optional() })
        .optional(),
      /** Most that one sale gets from the offer, in fen or points. */
      per_sale: pointsAmount.optional(),
      /** False: a grant cut by the member's day or a budget is not made at all. */
      partial_grants: z.boolean(legal('must be true or false', '须为 true 或 false')).default(true),
    })
    .default({ partial_grants: true }),
  stacking: z
    .strictObject({
      lane: z
        .enum(
          ['line', 'order', 'tender', 'earning'],
          legal('must be line, order, tender or earning', '须为 line、order、tender 或 earning'),
        )
        .optional(),
      /** Of all offers of a group a sale gets one. */
      group: word.optional(),
      pick: z
        .enum(['best', 'first'], legal('must be "best" or "first"', '须为 "best" 或 "first"'))
        .default('best'),
    })
    .default({ pick: 'best' }),
});

export type Definition = z.output<typeof definition>;
export type DefinitionInput = z.input<typeof definition>;
export type Benefit = Definition['benefits'][number];
export type Funding = Definition['funding'];
export type Target = z.output<typeof target>;
export type Hours = z.output<typeof hours>;
export type Lane = NonNullable<Definition['stacking']['lane']>;

/** Reads a definition's form; the faults name the field (JSON pointer) and what would be legal. */
export function parseDefinition(
  input: unknown,
): { readonly definition: Definition } | { readonly faults: readonly FieldFault[] } {
  const parsed = definition.safeParse(input);
  if (parsed.success) return { definition: parsed.data };
  return { faults: parsed.error.issues.map((issue) => faultOf(issue)) };
}

function faultOf(issue: z.core.$ZodIssue): FieldFault {
  const pointer = issue.path.map((step) => `/${escaped(String(step))}`).join('');
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.join(', ');
    return {
      pointer,
      detail: { zh: `没有这些字段:${keys};请删除`, en: `unknown fields: ${keys}; remove them` },
    };
  }
  const zh = zhByEn.get(issue.message);
  const detail: Text =
    zh === undefined
      ? { zh: `此项缺失或类型不对(${issue.message})`, en: issue.message }
      : { zh, en: issue.message };
  return { pointer, detail };
}

function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
