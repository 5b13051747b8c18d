import { z } from 'zod';
import type { FieldFault } from '#kernel/refusal';
import { faultsIn } from '../rule/read-faults.ts';
import { between, day, legal, listOf, money, oneOf, portion, units, word } from '../rule/values.ts';

const sentence = z
  .string(legal('must be text', '须为文字'))
  .min(1, legal('must not be empty', '不能为空'))
  .max(1_000, legal('must have at most 1,000 characters', '至多 1,000 个字'));
const text = z.strictObject({ zh: sentence, en: sentence });
const name = z.strictObject({ zh: word, en: word });
const id = z
  .string(legal('must be text', '须为文字'))
  .regex(
    /^[a-z0-9][a-z0-9.-]{0,39}$/,
    legal(
      'must be 1 to 40 small letters, digits, "-" or "."',
      '须为 1 至 40 个小写字母、数字、"-" 或 "."',
    ),
  );

/** What the law or the operator says, and where it is written. */
const article = z.strictObject({ id, text, source: text });

const KINDS = ['discount', 'points', 'growth', 'cashback', 'coupon', 'gift'] as const;
const kinds = listOf(oneOf(KINDS));
/** Benefits of money. */
const moneyKinds = listOf(oneOf(['discount', 'cashback']));
/** Categories of goods as catalogues write them; letter case does not matter. */
const categories = listOf(word);
const of = { article: id };

const rule = z.discriminatedUnion(
  'type',
  [
    /** No rate above so many ppm, steps included. */
    z.strictObject({ type: z.literal('rate_max'), ...of, kinds: moneyKinds, rate: portion }),
    /** What an offer states for one grant, by amount, step, cap or limit per sale: at most so many fen. */
    z.strictObject({ type: z.literal('grant_max'), ...of, kinds: moneyKinds, amount: money }),
    /** A rate above so many ppm needs a cap, or a limit of amount. */
    z.strictObject({ type: z.literal('cap_above'), ...of, kinds: moneyKinds, rate: portion }),
    /** One member gets at most so much a day or month, fen or points by kind: the offer must limit it. */
    z.strictObject({
      type: z.literal('member_max'),
      ...of,
      kinds: listOf(oneOf(['discount', 'cashback', 'points'])),
      window: oneOf(['day', 'month']),
      amount: units,
    }),
    /** An offer lasts at most so many days; without a last day it breaches this. */
    z.strictObject({ type: z.literal('term_max'), ...of, days: between(1, 36_600, 'days', '天') }),
    /** Points are usable for at least, or at most, so many days from their arrival. */
    z.strictObject({
      type: z.literal('expiry_min'),
      ...of,
      days: between(1, 36_600, 'days', '天'),
    }),
    z.strictObject({
      type: z.literal('expiry_max'),
      ...of,
      days: between(1, 36_600, 'days', '天'),
    }),
    /** A payer of this party pays at most this share, and is capped at most so in fen. */
    z.strictObject({
      type: z.literal('funding_max'),
      ...of,
      party: oneOf(['merchant', 'store', 'funder']),
      share: portion.optional(),
      per_sale: money.optional(),
      per_day: money.optional(),
      per_month: money.optional(),
      total: money.optional(),
    }),
    /** Benefits of these kinds are not aimed at goods of these categories. */
    z.strictObject({ type: z.literal('category_forbidden'), ...of, categories, kinds }),
    /** This sentence stands in the terms of every offer, or of those aimed at the categories or of the kinds. */
    z.strictObject({
      type: z.literal('disclosure'),
      ...of,
      text,
      categories: categories.optional(),
      kinds: kinds.optional(),
    }),
    /** An offer that states more for one grant is approved by a second person, whatever its org wants. */
    z.strictObject({ type: z.literal('approval_above'), ...of, kinds: moneyKinds, amount: money }),
  ],
  legal(
    'must be rate_max, grant_max, cap_above, member_max, term_max, expiry_min, expiry_max, funding_max, category_forbidden, disclosure or approval_above',
    '须为 rate_max、grant_max、cap_above、member_max、term_max、expiry_min、expiry_max、funding_max、category_forbidden、disclosure 或 approval_above',
  ),
);

/** The platform's rules for offers as its operator writes them: articles with their sources, and rules that cite them. */
export const policyDefinition = z.strictObject({
  name,
  /** The first day on which offers are checked against it. */
  effective_from: day,
  articles: z
    .array(article)
    .min(1, legal('needs at least one article', '至少要有一条条文'))
    .max(100, legal('at most 100 articles', '至多 100 条条文')),
  rules: z.array(rule).max(200, legal('at most 200 rules', '至多 200 条规则')),
});

export type PolicyDefinition = z.output<typeof policyDefinition>;
export type PolicyRule = PolicyDefinition['rules'][number];
export type PolicyArticle = PolicyDefinition['articles'][number];

/** Reads what an operator wrote; the faults name the field and what would be legal. */
export function parsePolicy(
  input: unknown,
): { readonly definition: PolicyDefinition } | { readonly faults: readonly FieldFault[] } {
  const parsed = policyDefinition.safeParse(input);
  if (!parsed.success) return { faults: faultsIn(parsed.error, input) };
  const faults = togetherFaults(parsed.data);
  return faults.length > 0 ? { faults } : { definition: parsed.data };
}

function togetherFaults({ articles, rules }: PolicyDefinition): FieldFault[] {
  const ids = articles.map((each) => each.id);
  const twice = articles.flatMap((each, index) =>
    ids.indexOf(each.id) === index
      ? []
      : [
          {
            pointer: `/articles/${index}/id`,
            detail: { zh: `条文编号 ${each.id} 重复`, en: `another article has the id ${each.id}` },
          },
        ],
  );
  const uncited = rules.flatMap((each, index) =>
    ids.includes(each.article)
      ? []
      : [
          {
            pointer: `/rules/${index}/article`,
            detail: {
              zh: `没有条文 ${each.article};须为 ${ids.join('、')} 之一`,
              en: `there is no article ${each.article}; must be one of ${ids.join(', ')}`,
            },
          },
        ],
  );
  const empty = rules.flatMap((each, index) =>
    each.type === 'funding_max' &&
    [each.share, each.per_sale, each.per_day, each.per_month, each.total].every(
      (most) => most === undefined,
    )
      ? [
          {
            pointer: `/rules/${index}`,
            detail: {
              zh: '须写 share、per_sale、per_day、per_month 或 total',
              en: 'must give share, per_sale, per_day, per_month or total',
            },
          },
        ]
      : [],
  );
  return [...twice, ...uncited, ...empty];
}
