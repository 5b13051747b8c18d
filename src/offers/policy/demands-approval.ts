import type { Definition } from '../rule/definition.ts';
import type { PolicyArticle, PolicyDefinition } from './policy-set.ts';
import { statedOf } from './stated.ts';

/** The article that demands a second person for an offer; null if none does. */
export function approvalArticle(
  definition: Definition,
  { rules, articles }: PolicyDefinition,
): PolicyArticle | null {
  for (const rule of rules) {
    if (rule.type !== 'approval_above') continue;
    const above = definition.benefits.some(
      (benefit, index) =>
        (benefit.kind === 'discount' || benefit.kind === 'cashback') &&
        rule.kinds.includes(benefit.kind) &&
        statedOf(benefit, `/benefits/${index}`, definition).some(
          ({ value }) => value > rule.amount,
        ),
    );
    if (above) return articles.find(({ id }) => id === rule.article) ?? null;
  }
  return null;
}
