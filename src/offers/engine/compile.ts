import type { Condition } from '../rule/definition.ts';
import { compiledBenefit } from './compile-benefit.ts';
import { isLate, LAST_DAY, type Test } from './condition.ts';
import { indexOf } from './index-offers.ts';
import { setNeed } from './set-need.ts';
import {
  type CompiledCounter,
  type CompiledLimit,
  type CompiledOffer,
  type GroupRule,
  LANES,
  type OfferSet,
  type OfferVersion,
} from './offer.ts';
import { testsOf } from './prepare-tests.ts';
import { nameFor } from './templates.ts';

/**
 * Compiles the live versions of one org into an immutable set; versions of any other status are left out.
 * @param version the caller's number of this set, kept with every sale it decides
 * @throws RangeError if an offer is live in two versions
 */
export function compileOffers(versions: readonly OfferVersion[], version = 0): OfferSet {
  const live = versions
    .filter(({ status }) => status === 'live')
    .toSorted(
      (a, b) => a.definition.priority - b.definition.priority || (a.offer < b.offer ? -1 : 1),
    );
  const seen = new Set<string>();
  for (const { offer } of live) {
    if (seen.has(offer)) throw new RangeError(`offer ${offer} is live in two versions`);
    seen.add(offer);
  }
  const excluded = exclusionsOf(live);
  const offers = live.map((published, rank) => compiled(published, rank, excluded[rank]!));
  const groups = new Map<string, GroupRule>();
  for (const { group, definition } of offers) {
    if (group === null || groups.has(group)) continue;
    const { pick, most } = definition.stacking;
    groups.set(group, { pick, most: pick === 'all' ? (most ?? Infinity) : 1 });
  }
  return { version, offers, groups, index: indexOf(offers) };
}

/** Per offer the ranks that it may not be granted with, whichever of the two says so. */
function exclusionsOf(live: readonly OfferVersion[]): Set<number>[] {
  const excluded = live.map(() => new Set<number>());
  const byCode = new Map<string, number[]>();
  live.forEach(({ owner, definition }, rank) => {
    const name = codeOf(owner, definition.code);
    byCode.set(name, [...(byCode.get(name) ?? []), rank]);
  });
  live.forEach(({ owner, definition }, rank) => {
    for (const code of definition.stacking.not_with ?? []) {
      for (const other of byCode.get(codeOf(owner, code)) ?? []) {
        if (other === rank) continue;
        excluded[rank]!.add(other);
        excluded[other]!.add(rank);
      }
    }
  });
  return excluded;
}

function codeOf(owner: number | undefined, code: string): string {
  return `${owner ?? ''}:${code}`;
}

function compiled(
  published: OfferVersion,
  rank: number,
  notWith: ReadonlySet<number>,
): CompiledOffer {
  const { offer, version, definition, owner } = published;
  const { limits, stacking, schedule } = definition;
  const group = stacking.group ?? null;
  const tests = testsOf(definition, programmesOf(published)).map((test) => named(test, published));
  const coupon = couponOf(tests);
  const benefits = definition.benefits.map((_, index) =>
    compiledBenefit(published, index, coupon !== null),
  );
  const each = limits.each.map(({ per, window, count, amount }, index): CompiledLimit => ({
    index,
    per,
    window: window ?? { type: 'total' },
    count: count ?? Infinity,
    amount: amount ?? Infinity,
  }));
  return {
    id: offer,
    version,
    owner,
    definition,
    rank,
    tests: tests.filter((test) => !isLate(test)),
    lateTests: tests.filter(isLate),
    benefits,
    lanes: benefits.reduce((bits, { lane }) => bits | (1 << LANES.indexOf(lane)), 0),
    group: group !== null && owner !== undefined ? `${owner}:${group}` : group,
    notWith,
    limits: each,
    counters: countersOf(each),
    partialGrants: limits.partial_grants,
    coupon,
    threshold: Math.max(
      definition.conditions ? leastBasket(definition.conditions) : 0,
      ...benefits.map(({ spend }) => spend),
    ),
    end: schedule.to ?? LAST_DAY,
  };
}

/** An offer of nothing but points and growth is only for those who may get them. */
function programmesOf({ programmes, pointsProgrammes, definition }: OfferVersion) {
  const onlyPoints = definition.benefits.every(
    ({ kind }) => kind === 'points' || kind === 'growth',
  );
  return programmes ?? (onlyPoints ? pointsProgrammes : undefined);
}

/** The counters that the limits read, each once; a rolling window reads those of single days. */
function countersOf(limits: readonly CompiledLimit[]): CompiledCounter[] {
  const counters = new Map<string, CompiledCounter>();
  for (const { per, window } of limits) {
    if (per === 'sale' || per === 'line') continue;
    const counted = window.type === 'rolling' ? ({ type: 'day' } as const) : window;
    counters.set(`${per}/${counted.type}`, { per, window: counted });
  }
  return [...counters.values()];
}

/** Asks for coupons as facts name them. */
function named(test: Test, published: OfferVersion): Test {
  if ('of' in test) return { ...test, of: test.of.map((inner) => named(inner, published)) };
  if (test.type !== 'coupon' || !published.guest) return test;
  const names = Array.from(test.templates, (code) => nameFor(published, code));
  return { ...test, templates: new Set(names) };
}

function couponOf(tests: readonly Test[]): CompiledOffer['coupon'] {
  const needed = setNeed({ type: 'all', of: tests }, (leaf) =>
    leaf.type === 'coupon' ? leaf.templates : null,
  );
  const templates = new Set<string>(needed?.values);
  for (const test of tests) addTemplates(test, templates);
  return templates.size === 0 ? null : { templates, always: needed !== null };
}

/** Templates that may make the test hold; those of a "none" keep it from holding. */
function addTemplates(test: Test, into: Set<string>): void {
  if ('of' in test) {
    if (test.type !== 'none') for (const inner of test.of) addTemplates(inner, into);
  } else if (test.type === 'coupon') {
    for (const template of test.templates) into.add(template);
  }
}

/** The least gross that a condition asks for outright, in fen. */
function leastBasket(condition: Condition): number {
  if (condition.type === 'basket_amount') return condition.min ?? 0;
  return condition.type === 'all' ? Math.max(0, ...condition.of.map(leastBasket)) : 0;
}
