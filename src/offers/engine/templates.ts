import type { Condition } from '../rule/definition.ts';
import type { OfferSet, OfferVersion } from './offer.ts';

/** A coupon template by the org whose it is; undefined where a set was made without owners. */
export interface TemplateOf {
  readonly owner: number | undefined;
  readonly code: string;
}

export interface TemplatesInSet {
  /** Of coupons that offers ask for. */
  readonly asked: readonly TemplateOf[];
  /** Of coupons that offers give. */
  readonly given: readonly TemplateOf[];
}

const known = new WeakMap<OfferSet, TemplatesInSet>();

/** The coupon templates that the offers of a set ask for and give, each once. */
export function templatesIn(set: OfferSet): TemplatesInSet {
  let found = known.get(set);
  if (!found) known.set(set, (found = collected(set)));
  return found;
}

/**
 * A template's name in facts and rules: the codes of the seller's own stand as they are, those of another
 * owner behind its number, since two owners may use the same code.
 */
export function templateName(seller: number, { owner, code }: TemplateOf): string {
  return owner === undefined || owner === seller ? code : `${owner}/${code}`;
}

/** The name of a template of the version's owner. */
export function nameFor({ guest = false, owner }: OfferVersion, code: string): string {
  return guest && owner !== undefined ? `${owner}/${code}` : code;
}

function collected({ offers }: OfferSet): TemplatesInSet {
  const asked = new Map<string, TemplateOf>();
  const given = new Map<string, TemplateOf>();
  for (const { owner, definition } of offers) {
    for (const code of definition.conditions ? codesIn(definition.conditions) : [])
      asked.set(`${owner}/${code}`, { owner, code });
    for (const benefit of definition.benefits) {
      if (benefit.kind !== 'coupon') continue;
      given.set(`${owner}/${benefit.template}`, { owner, code: benefit.template });
    }
  }
  return { asked: [...asked.values()], given: [...given.values()] };
}

function codesIn(condition: Condition): readonly string[] {
  if ('of' in condition) return condition.of.flatMap(codesIn);
  return condition.type === 'coupon' ? condition.templates : [];
}
