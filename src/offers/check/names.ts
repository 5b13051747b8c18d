import type { Condition, Definition, Leaf, Target } from '../rule/definition.ts';
import { fundingOf } from './check-funding.ts';

/** Something that a definition names and that must be there. */
export type Named = { readonly pointer: string; readonly name: string } & (
  | { readonly kind: 'store' | 'terminal' | 'tier' | 'issuer' | 'template' }
  | { readonly kind: 'sku' | 'category' | 'brand' }
  | { readonly kind: 'funder'; readonly org: number }
  | { readonly kind: 'budget'; readonly org: number }
);

/** Everything that a definition names outside of itself, with where it does. */
export function namesOf(definition: Definition): Named[] {
  const { scope, audience, conditions } = definition;
  return [
    ...listed('store', scope.stores, '/scope/stores'),
    ...listed('terminal', scope.terminals, '/scope/terminals'),
    ...listed('tier', audience.tiers, '/audience/tiers'),
    ...(conditions ? leavesAt(conditions, '/conditions').flatMap(namedByLeaf) : []),
    ...definition.benefits.flatMap((benefit, index) =>
      namedByBenefit(benefit, `/benefits/${index}`),
    ),
    ...fundingsOf(definition).flatMap(({ funding, pointer }) =>
      funding.flatMap((payer, index) => namedByPayer(payer, `${pointer}/${index}`)),
    ),
  ];
}

interface FundingAt {
  readonly pointer: string;
  readonly funding: Definition['funding'];
}

/** The lists of payers of a definition, each once. */
export function fundingsOf({ benefits, funding }: Definition): FundingAt[] {
  const own = benefits.flatMap((benefit, index) => {
    const list = fundingOf(benefit);
    return list ? [{ pointer: `/benefits/${index}/funding`, funding: list }] : [];
  });
  return [{ pointer: '/funding', funding }, ...own];
}

export interface LeafAt {
  readonly leaf: Leaf;
  readonly pointer: string;
}

/** The single conditions of a tree, with where they stand. */
export function leavesAt(condition: Condition, pointer: string): LeafAt[] {
  return 'of' in condition
    ? condition.of.flatMap((inner, index) => leavesAt(inner, `${pointer}/of/${index}`))
    : [{ leaf: condition, pointer }];
}

type Plain = Exclude<Named['kind'], 'funder' | 'budget'>;

function listed(kind: Plain, names: readonly string[] | undefined, pointer: string): Named[] {
  return (names ?? []).map((name, index) => ({ kind, name, pointer: `${pointer}/${index}` }));
}

function namedByItems(items: Target | undefined, at: string): Named[] {
  if (!items) return [];
  return [
    ...listed('sku', items.skus, `${at}/skus`),
    ...listed('category', items.categories, `${at}/categories`),
    ...listed('brand', items.brands, `${at}/brands`),
  ];
}

function namedByLeaf({ leaf, pointer }: LeafAt): Named[] {
  const { type } = leaf;
  if (type === 'tier') return listed('tier', leaf.tiers, `${pointer}/tiers`);
  if (type === 'issuer') return listed('issuer', leaf.issuers, `${pointer}/issuers`);
  if (type === 'coupon') return listed('template', leaf.templates, `${pointer}/templates`);
  if (type === 'contains') return namedByItems(leaf, pointer);
  if (type === 'unit_price' || type === 'history')
    return namedByItems(leaf.target, `${pointer}/target`);
  return [];
}

function namedByBenefit(benefit: Definition['benefits'][number], at: string): Named[] {
  const named = namedByItems(benefit.target, `${at}/target`);
  if (benefit.kind === 'coupon')
    named.push({ kind: 'template', name: benefit.template, pointer: `${at}/template` });
  if (benefit.kind === 'gift') named.push({ kind: 'sku', name: benefit.sku, pointer: `${at}/sku` });
  if (benefit.kind !== 'discount') return named;
  const { off } = benefit;
  if (off.by === 'buy_get') named.push(...namedByItems(off.of, `${at}/off/of`));
  if (off.by === 'bundle')
    off.parts.forEach((part, index) =>
      named.push(...namedByItems(part, `${at}/off/parts/${index}`)),
    );
  return named;
}

function namedByPayer(payer: Definition['funding'][number], at: string): Named[] {
  const { funder_org: org, budget } = payer;
  if (org === undefined) return [];
  return [
    { kind: 'funder', name: String(org), org, pointer: `${at}/funder_org` },
    ...(budget === undefined
      ? []
      : [{ kind: 'budget' as const, name: budget, org, pointer: `${at}/budget` }]),
  ];
}
