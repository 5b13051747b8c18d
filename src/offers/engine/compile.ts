import { addDays, endOfYear, type Day } from '#kernel/day';
import { PPM_ONE } from '#kernel/money';
import { isLate, LAST_DAY } from './condition.ts';
import { itemsOf, testsOf } from './prepare-tests.ts';
import type { Benefit, Condition, Lane } from '../rule/definition.ts';
import { indexOf } from './index-offers.ts';
import type {
  CompiledBenefit,
  CompiledOffer,
  Formula,
  OfferSet,
  OfferVersion,
  Payer,
} from './offer.ts';

const FEN_PER_YUAN = 100;

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
  const offers = live.map(compiled);
  const picks = new Map<string, 'best' | 'first'>();
  for (const { group, definition } of offers) {
    if (group !== null && !picks.has(group)) picks.set(group, definition.stacking.pick);
  }
  return { version, offers, picks, index: indexOf(offers) };
}

function compiled(published: OfferVersion, rank: number): CompiledOffer {
  const { offer, version, definition, owner } = published;
  const { limits, stacking, schedule } = definition;
  const memberDay = limits.per_member_day;
  const group = stacking.group ?? null;
  const tests = testsOf(definition, programmesOf(published));
  return {
    id: offer,
    version,
    owner,
    definition,
    rank,
    tests: tests.filter((test) => !isLate(test)),
    lateTests: tests.filter(isLate),
    benefits: definition.benefits.map((benefit, index) =>
      compiledBenefit(benefit, index, published),
    ),
    group: group !== null && owner !== undefined ? `${owner}:${group}` : group,
    memberDay: memberDay
      ? { count: memberDay.count ?? Infinity, amount: memberDay.amount ?? Infinity }
      : null,
    perSale: limits.per_sale ?? Infinity,
    partialGrants: limits.partial_grants,
    threshold: Math.max(
      definition.conditions ? leastBasket(definition.conditions) : 0,
      ...definition.benefits.map((benefit) => benefit.spend ?? 0),
    ),
    end: schedule.to ?? LAST_DAY,
  };
}

/** An offer of nothing but points is only for those who may get the points. */
function programmesOf({ programmes, pointsProgrammes, definition }: OfferVersion) {
  const onlyPoints = definition.benefits.every(({ kind }) => kind === 'points');
  return programmes ?? (onlyPoints ? pointsProgrammes : undefined);
}

function compiledBenefit(
  benefit: Benefit,
  index: number,
  { definition, pointsProgrammes, guest = false }: OfferVersion,
): CompiledBenefit {
  const funding = benefit.funding ?? definition.funding;
  return {
    index,
    kind: benefit.kind,
    lane: laneOf(benefit, definition.stacking.lane),
    target: benefit.target ? itemsOf(benefit.target) : null,
    spend: benefit.spend ?? 0,
    formula: formulaOf(benefit),
    cap: benefit.cap ?? Infinity,
    payers: funding.map(({ party, funder_org, budget }): Payer => ({
      party,
      ...(funder_org !== undefined && { funderOrg: funder_org }),
      ...(budget !== undefined && { budget }),
    })),
    shares: funding.map((payer) => payer.share),
    expiryOn: expiryOf(benefit),
    programmes: benefit.kind === 'points' && pointsProgrammes ? new Set(pointsProgrammes) : null,
    othersMoney:
      guest && benefit.kind !== 'points' && funding.some(({ party }) => party === 'merchant'),
  };
}

/** Where a benefit is decided unless its offer says: earning last, prices of chosen lines before the order's thresholds. */
export function laneOf(benefit: Benefit, written: Lane | undefined): Lane {
  if (benefit.kind !== 'discount') return 'earning';
  if (written !== undefined) return written;
  return benefit.target !== undefined && benefit.spend === undefined ? 'line' : 'order';
}

function formulaOf(benefit: Benefit): Formula {
  if (benefit.kind === 'discount') {
    const { off } = benefit;
    return off.by === 'percent'
      ? {
          by: 'rate',
          rate: off.rate,
          per: PPM_ONE,
          rounding: off.rounding === 'down' ? 'down' : 'half-up',
        }
      : { by: 'fixed', amount: off.amount, times: off.times ?? 1 };
  }
  const { earn } = benefit;
  if (earn.by === 'fixed') return { by: 'fixed', amount: earn.amount, times: 1 };
  return earn.by === 'per_yuan'
    ? {
        by: 'rate',
        rate: earn.rate,
        per: PPM_ONE * FEN_PER_YUAN,
        rounding: earn.rounding === 'half_up' ? 'half-up' : 'down',
      }
    : {
        by: 'rate',
        rate: earn.rate,
        per: PPM_ONE,
        rounding: earn.rounding === 'down' ? 'down' : 'half-up',
      };
}

function expiryOf(benefit: Benefit): (day: Day) => Day | null {
  if (benefit.kind !== 'points' || benefit.expiry.type === 'none') return () => null;
  const { expiry } = benefit;
  let last: { day: Day; expires: Day } | null = null;
  return (day) => {
    if (last?.day !== day) {
      const expires =
        expiry.type === 'rolling' ? addDays(day, expiry.days) : endOfYear(day, expiry.years);
      last = { day, expires };
    }
    return last.expires;
  };
}

/** The least gross that a condition asks for outright, in fen. */
function leastBasket(condition: Condition): number {
  if (condition.type === 'basket_amount') return condition.min ?? 0;
  return condition.type === 'all' ? Math.max(0, ...condition.of.map(leastBasket)) : 0;
}
