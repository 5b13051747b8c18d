import {
  type Benefit,
  type Condition,
  type Definition,
  type Funding,
  type Leaf,
} from '../rule/definition.ts';
import { CONDITION_TYPES } from '../rule/conditions.ts';
import { holdsNaively } from './match-naively.fixture.ts';
import type { Both } from './naive-sales.fixture.ts';
import { historyIn } from './naive-till.fixture.ts';
import type { OfferVersion } from './offer.ts';

/** Everything that random rules have to have met, by name; what granted something counts, not what stood by. */
export const TO_COVER: readonly string[] = [
  ...CONDITION_TYPES.flatMap((type) => [`${type} holds`, `${type} fails`]),
  ...['all', 'any', 'none'].map((type) => `group ${type}`),
  ...['percent', 'amount', 'fixed_price', 'tiered', 'nth_item', 'buy_get', 'bundle'].map(
    (by) => `discount ${by}`,
  ),
  ...['per_yuan', 'fixed', 'multiplier', 'tiered'].map((by) => `points ${by}`),
  ...['per_yuan', 'fixed'].map((by) => `growth ${by}`),
  ...['rate', 'fixed', 'tiered'].map((by) => `cashback ${by}`),
  'coupon',
  'gift',
  'cashback to merchant',
  'select cheapest',
  'select dearest',
  'repeated amount',
  'base initial',
  'base running',
  'coupon used',
  'target',
  'spend',
  'own funding',
  'no partial grants',
  ...['line', 'order', 'tender', 'coupon'].map((lane) => `lane ${lane}`),
  ...['instant', 'on', 'reached', 'quiet'].map((type) => `arrival ${type}`),
  ...['none', 'rolling', 'end_of_year', 'date'].map((type) => `expiry ${type}`),
  ...['month', 'quarter', 'year'].map((unit) => `round_up_to ${unit}`),
  ...['share', 'fixed', 'remainder', 'budget', 'next'].map((form) => `payer ${form}`),
  ...['per_sale', 'per_day', 'per_month', 'total'].map((cap) => `payer cap ${cap}`),
  ...['sale', 'line', 'member', 'card', 'device', 'store', 'terminal', 'offer'].map(
    (per) => `limit per ${per}`,
  ),
  ...['day', 'week', 'month', 'quarter', 'year', 'rolling', 'total'].map(
    (window) => `limit in ${window}`,
  ),
  ...['cap', 'base', 'coupons_left', 'payer', 'limit_sale', 'limit_line'].map(
    (cut) => `cut ${cut}`,
  ),
  'cut by a limit in a window',
  ...['best', 'first', 'all'].map((pick) => `group picks ${pick}`),
  'not_with',
  'left out',
  'progress',
];

/** Counts by name what a row of sales met. */
export function cover(
  into: Map<string, number>,
  offers: readonly OfferVersion[],
  sold: readonly Both[],
): void {
  const met = (name: string | undefined) => name && into.set(name, (into.get(name) ?? 0) + 1);
  sold.forEach(({ facts, model, engine }, at) => {
    const read = historyIn(sold.slice(0, at).map((each) => each.model));
    const gross = facts.lines.map(({ amount }) => amount);
    for (const { definition } of offers)
      for (const leaf of leavesOf(definition.conditions))
        met(`${leaf.type} ${holdsNaively(leaf, facts, read, gross) ? 'holds' : 'fails'}`);
    if (engine.progress.length > 0) met('progress');
    for (const { definition, offer } of offers) {
      const own = model.grants.filter((each) => each.offer === offer);
      const { group, pick, not_with: notWith } = definition.stacking;
      if (own.length === 0) {
        met(group !== undefined || notWith !== undefined ? 'left out' : undefined);
        continue;
      }
      ofRule(definition).forEach(met);
      if (group !== undefined) met(`group picks ${pick}`);
      for (const grant of own) {
        ofBenefit(definition, definition.benefits[grant.benefit]!).forEach(met);
        ofPayers(grant.payers).forEach(met);
        met(`arrival ${grant.arrival.type}`);
        met(grant.cut === null ? undefined : `cut ${grant.cut}`);
        if (/limit_(?!sale|line)/.test(grant.cut ?? '')) met('cut by a limit in a window');
        met(grant.coupon === null ? undefined : 'coupon used');
      }
    }
  });
}

function leavesOf(condition: Condition | undefined): readonly Leaf[] {
  if (condition === undefined) return [];
  return 'of' in condition ? condition.of.flatMap(leavesOf) : [condition];
}

function groupsOf(condition: Condition | undefined): readonly string[] {
  if (condition === undefined || !('of' in condition)) return [];
  return [`group ${condition.type}`, ...condition.of.flatMap(groupsOf)];
}

function ofRule({ conditions, limits, stacking }: Definition): readonly string[] {
  return [
    ...groupsOf(conditions),
    ...limits.each.flatMap(({ per, window }) => [
      `limit per ${per}`,
      ...(window ? [`limit in ${window.type}`] : []),
    ]),
    ...(limits.partial_grants ? [] : ['no partial grants']),
    ...(stacking.not_with ? ['not_with'] : []),
  ];
}

function ofBenefit({ stacking }: Definition, benefit: Benefit): readonly string[] {
  const names: string[] = [];
  if (benefit.target) names.push('target');
  if (benefit.spend) names.push('spend');
  if ('funding' in benefit && benefit.funding) names.push('own funding');
  if (benefit.kind === 'discount') {
    const { off, select } = benefit;
    names.push(`discount ${off.by}`, `lane ${stacking.lane}`, `base ${stacking.base ?? 'running'}`);
    if (select) names.push(`select ${select.order}`);
    if (off.by === 'amount' && off.times) names.push('repeated amount');
  } else if ('earn' in benefit) {
    names.push(`${benefit.kind} ${benefit.earn.by}`);
    if (benefit.kind === 'cashback' && benefit.to === 'merchant')
      names.push('cashback to merchant');
  } else names.push(benefit.kind);
  if (benefit.kind === 'points') {
    const { expiry } = benefit;
    names.push(`expiry ${expiry.type}`);
    if ('round_up_to' in expiry) names.push(`round_up_to ${expiry.round_up_to}`);
  }
  return names;
}

function ofPayers(payers: Funding): readonly string[] {
  return payers.flatMap(({ share, fixed, remainder, budget, overflow, cap }) => [
    ...(share ? ['payer share'] : []),
    ...(fixed ? ['payer fixed'] : []),
    ...(remainder ? ['payer remainder'] : []),
    ...(budget === undefined ? [] : ['payer budget']),
    ...(overflow === 'next' ? ['payer next'] : []),
    ...Object.keys(cap ?? {}).map((name) => `payer cap ${name}`),
  ]);
}
