import type { Text } from '#kernel/refusal';
import type { KnownGoods } from '../room.ts';
import type { Definition } from '../rule/definition.ts';
import { type Aim, aimedAt, aimsOf } from './aims.ts';
import type { Found } from './found.ts';
import { fundingBreaches } from './funding-breaches.ts';
import { grantBreaches } from './grant-breaches.ts';
import type { PolicyArticle, PolicyDefinition, PolicyRule } from './policy-set.ts';
import { timeBreaches } from './time-breaches.ts';

/** Where a definition breaks a rule of the platform, and the article that says so. */
export interface Breach {
  readonly pointer: string;
  /** What would be legal, with the source cited. */
  readonly detail: Text;
  readonly article: PolicyArticle;
}

/**
 * Every breach of a policy set; empty if the offer may be published under it.
 * @param goods what the org sells of the goods named; null where that is not known
 */
export function breachesOf(
  definition: Definition,
  { rules, articles }: PolicyDefinition,
  goods: KnownGoods | null,
): Breach[] {
  const aims = aimsOf(definition, goods);
  const cited = new Map(articles.map((article) => [article.id, article]));
  return rules.flatMap((rule) => {
    const article = cited.get(rule.article);
    if (!article) return [];
    const { zh, en } = article.source;
    return found(rule, definition, aims).map((each) => ({
      pointer: each.pointer,
      detail: { zh: `${each.zh}(依据:${zh})`, en: `${each.en} (${en})` },
      article,
    }));
  });
}

function found(rule: PolicyRule, definition: Definition, aims: readonly Aim[]): Found[] {
  switch (rule.type) {
    case 'rate_max':
    case 'grant_max':
    case 'cap_above':
    case 'member_max':
      return grantBreaches(rule, definition);
    case 'term_max':
    case 'expiry_min':
    case 'expiry_max':
      return timeBreaches(rule, definition);
    case 'funding_max':
      return fundingBreaches(rule, definition);
    case 'category_forbidden':
      return forbiddenGoods(rule, definition, aims);
    case 'disclosure':
      return missingSentence(rule, definition, aims);
    case 'approval_above':
      return [];
  }
}

type Rule<Type extends PolicyRule['type']> = Extract<PolicyRule, { type: Type }>;

function forbiddenGoods(
  { categories, kinds }: Rule<'category_forbidden'>,
  { benefits }: Definition,
  aims: readonly Aim[],
): Found[] {
  const indexes = benefits.flatMap(({ kind }, index) =>
    kinds.some((each) => each === kind) ? [index] : [],
  );
  // A condition on goods aims all that the offer gives; a target aims its own benefit alone.
  return aimedAt(aims, categories)
    .filter(({ pointer }) => {
      const own = /^\/benefits\/(\d+)\//.exec(pointer)?.[1];
      return own === undefined ? indexes.length > 0 : indexes.includes(Number(own));
    })
    .map(({ pointer, category }) => ({
      pointer,
      zh: `不得以类别“${category}”为对象给予这类优惠,请换其他商品`,
      en: `such benefits are not aimed at the category ${category}: choose other goods`,
    }));
}

function missingSentence(
  { text, categories, kinds }: Rule<'disclosure'>,
  { benefits, disclosures = [] }: Definition,
  aims: readonly Aim[],
): Found[] {
  if (categories && aimedAt(aims, categories).length === 0) return [];
  if (kinds && !benefits.some(({ kind }) => kinds.includes(kind))) return [];
  const said = disclosures.some(({ zh, en }) => zh.includes(text.zh) && en.includes(text.en));
  if (said) return [];
  return [
    {
      pointer: '/disclosures',
      zh: `须在 disclosures 中写明:“${text.zh}”`,
      en: `must hold this sentence: "${text.en}"`,
    },
  ];
}
