import { z } from 'zod';

const MONEY_MAX = 100_000_000_000;
const QUANTITY_MAX = 1_000_000;
const LIST_MAX = 1_000;

const zhByEn = new Map<string, string>();

/** A fault's wording in both languages; the English text is also its key. */
export function legal(en: string, zh: string): { readonly error: string } {
  zhByEn.set(en, zh);
  return { error: en };
}

/** The Chinese wording of a fault, if it is one of ours. */
export function zhOf(en: string): string | undefined {
  return zhByEn.get(en);
}

/** A whole number within both bounds. */
export function between(min: number, max: number, unit = '', unitZh = '') {
  const said = legal(
    `must be a whole number from ${counted(min)} to ${counted(max)}${unit && ` ${unit}`}`,
    `须为 ${counted(min)} 至 ${counted(max)} 的整数${unitZh && `(${unitZh})`}`,
  );
  return z.int(said).min(min, said).max(max, said);
}

function counted(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

export const whole = z
  .int(legal('must be a whole number', '须为整数'))
  .min(1, legal('must be at least 1', '至少为 1'));

/** fen, above 0. */
export const money = z
  .int(legal('must be a whole number of fen', '须为整数(分)'))
  .min(1, legal('must be at least 1 fen', '至少为 1 分'))
  .max(MONEY_MAX, legal('must be at most 1,000,000,000.00 yuan', '至多为 10 亿元'));
export const quantity = whole.max(
  QUANTITY_MAX,
  legal('must be at most 1,000,000', '至多为 100 万'),
);
/** fen, points or growth value, above 0. */
export const units = whole.max(
  1_000_000_000,
  legal('must be at most 1,000,000,000', '至多为 10 亿'),
);
/** ppm of an amount: 1,000,000 is all of it. */
export const portion = whole.max(
  1_000_000,
  legal('must be a rate in ppm, at most 1,000,000 (100 %)', '须为百万分率,至多 1,000,000(100 %)'),
);
/** ppm of points or growth value per yuan: 1,000,000 is one per yuan. */
export const perYuan = whole.max(
  1_000_000_000,
  legal(
    'must be at most 1,000 points per yuan (1,000,000,000)',
    '每元至多 1,000 分(1,000,000,000)',
  ),
);
export const days = whole.max(3_660, legal('must be at most 3,660 days', '至多 3,660 天'));
export const fewDays = between(0, 366, 'days', '天');
const inYears = legal('must be a day of the years 2000 to 2199', '须为 2000 至 2199 年的日期');
export const day = z.iso
  .date({
    ...legal('must be a calendar day such as 2026-11-21', '须为日期,如 2026-11-21'),
    abort: true,
  })
  .refine((text) => '2000-01-01' <= text && text <= '2199-12-31', inYears);
export const weekday = z
  .int(legal('must be 1 (Monday) to 7 (Sunday)', '须为 1(周一)至 7(周日)'))
  .min(1, legal('must be 1 (Monday) to 7 (Sunday)', '须为 1(周一)至 7(周日)'))
  .max(7, legal('must be 1 (Monday) to 7 (Sunday)', '须为 1(周一)至 7(周日)'));
export const time = z
  .string(legal('must be text', '须为文字'))
  .regex(
    /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/,
    legal('must be a time from 00:00 to 24:00', '须为 00:00 至 24:00 的时间'),
  );
export const word = z
  .string(legal('must be text', '须为文字'))
  .min(1, legal('must not be empty', '不能为空'))
  .max(100, legal('must have at most 100 characters', '至多 100 个字'));

export function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .min(1, legal('must name at least one; leave it out for "any"', '至少列出一项;不限时请省略'))
    .max(LIST_MAX, legal('must name at most 1,000', '至多 1,000 项'));
}

/** One of the words, or a fault that names them all. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  const quoted = words.map((each) => `"${each}"`);
  const listed = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
  return z.enum(words, legal(`must be ${listed}`, `须为 ${quoted.join('、')} 之一`));
}

/** Half-open range of local time: from <= t < to. */
export const hours = listOf(z.strictObject({ from: time, to: time }));

/** Lines chosen by any of the lists. */
export const items = {
  skus: listOf(word).optional(),
  categories: listOf(word).optional(),
  brands: listOf(word).optional(),
};
export const target = z.strictObject(items);

/** Calendar windows in the org's zone hold the sale's day; "rolling" is the last `days` days, today included. */
export const window = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('day') }),
    z.strictObject({ type: z.literal('week') }),
    z.strictObject({ type: z.literal('month') }),
    z.strictObject({ type: z.literal('quarter') }),
    z.strictObject({ type: z.literal('year') }),
    z.strictObject({
      type: z.literal('rolling'),
      days: days.max(366, legal('must be at most 366 days', '至多 366 天')),
    }),
    z.strictObject({ type: z.literal('total') }),
  ],
  legal(
    'must be day, week, month, quarter, year, rolling or total',
    '须为 day、week、month、quarter、year、rolling 或 total',
  ),
);

export const rounding = oneOf(['down', 'half_up']).optional();

export type Target = z.output<typeof target>;
export type Hours = z.output<typeof hours>;
export type Window = z.output<typeof window>;
