import { PPM_ONE } from '#kernel/money';
import type { Benefit, DiscountOff, Funding, Lane, Timing } from '../rule/definition.ts';
import type {
  CompiledBenefit,
  CompiledPayer,
  CompiledTiming,
  Formula,
  OfferVersion,
  Rounding,
} from './offer.ts';
import { itemsOf } from './items.ts';
import { nameFor } from './templates.ts';

const FEN_PER_YUAN = 100;
const PER_YUAN = PPM_ONE * FEN_PER_YUAN;

type Earn = Extract<Benefit, { readonly earn: unknown }>['earn'];

/** @param byCoupon the offer's conditions ask for a coupon */
export function compiledBenefit(
  published: OfferVersion,
  index: number,
  byCoupon: boolean,
): CompiledBenefit {
  const { offer, definition, pointsProgrammes, pointValuePpm = PPM_ONE, guest = false } = published;
  const benefit = definition.benefits[index]!;
  const { kind } = benefit;
  const own = 'funding' in benefit ? benefit.funding : undefined;
  const funding = own ?? definition.funding;
  const money = kind === 'discount' || kind === 'points' || kind === 'cashback';
  const payers = money ? payersOf(funding, `payer:${offer}:${own ? `${index}.` : ''}`) : [];
  const toMerchant = kind === 'cashback' && benefit.to === 'merchant';
  const timing = timingOf(benefit, definition.schedule.to ?? null);
  const formula = formulaOf(benefit);
  return {
    index,
    kind,
    toMerchant,
    what: kind === 'coupon' ? benefit.template : kind === 'gift' ? benefit.sku : null,
    template: kind === 'coupon' ? nameFor(published, benefit.template) : null,
    lane: laneOf(benefit, definition.stacking.lane, byCoupon),
    target: benefit.target ? itemsOf(benefit.target) : null,
    spend: benefit.spend ?? 0,
    initial: kind === 'discount' && definition.stacking.base === 'initial',
    select:
      kind === 'discount' && benefit.select
        ? { cheapest: benefit.select.order === 'cheapest', units: benefit.select.units }
        : null,
    formula,
    cap: ('cap' in benefit ? benefit.cap : undefined) ?? Infinity,
    withinBase:
      kind === 'discount' ||
      (kind === 'cashback' && !(timing.type === 'cumulative' && timing.once)),
    payers,
    solePayer: payers.length === 1 && isFree(payers[0]!),
    needsMember: kind === 'points' || kind === 'growth' || kind === 'coupon' || keptFor(benefit),
    limited: money,
    worth: worthOf(kind, toMerchant, pointValuePpm),
    timing,
    expires: kind === 'points' ? benefit.expiry : null,
    programmes:
      (kind === 'points' || kind === 'growth') && pointsProgrammes
        ? new Set(pointsProgrammes)
        : null,
    othersMoney:
      guest &&
      (kind === 'discount' || kind === 'cashback') &&
      funding.some(({ party }) => party !== 'funder'),
  };
}

function keptFor(benefit: Benefit): boolean {
  return benefit.kind === 'cashback' && benefit.to !== 'merchant';
}

/** What nobody can price is worth nothing here: it decides by the other rules of a tie. */
function worthOf(kind: Benefit['kind'], toMerchant: boolean, pointValuePpm: number): number {
  if (kind === 'points') return pointValuePpm / PPM_ONE;
  return kind === 'discount' || (kind === 'cashback' && !toMerchant) ? 1 : 0;
}

/**
 * Where a benefit is decided unless its offer says: earning last, prices of chosen lines before the
 * order's thresholds, and those before what a coupon takes off.
 */
export function laneOf(benefit: Benefit, written: Lane | undefined, byCoupon = false): Lane {
  if (benefit.kind !== 'discount') return 'earning';
  if (written !== undefined) return written;
  if (byCoupon) return 'coupon';
  return benefit.target !== undefined && benefit.spend === undefined ? 'line' : 'order';
}

function isFree({ perSale, caps, payer }: CompiledPayer): boolean {
  return perSale === Infinity && caps.length === 0 && payer.budget === undefined;
}

function payersOf(funding: Funding, head: string): CompiledPayer[] {
  const shared = funding.reduce((sum, { share }) => sum + (share ?? 0), 0);
  return funding.map(
    ({ party, funder_org, budget, share, fixed, remainder, cap, overflow }, at) => ({
      payer: {
        party,
        ...(funder_org !== undefined && { funderOrg: funder_org }),
        ...(budget !== undefined && { budget }),
      },
      fixed: fixed ?? 0,
      weight: share ?? (remainder ? PPM_ONE - shared : 0),
      perSale: cap?.per_sale ?? Infinity,
      caps: [
        ...(cap?.per_day === undefined ? [] : [{ window: { type: 'day' }, most: cap.per_day }]),
        ...(cap?.per_month === undefined
          ? []
          : [{ window: { type: 'month' }, most: cap.per_month }]),
        ...(cap?.total === undefined ? [] : [{ window: { type: 'total' }, most: cap.total }]),
      ] as CompiledPayer['caps'],
      passesOn: overflow === 'next',
      key: `${head}${at}`,
    }),
  );
}

function timingOf(benefit: Benefit, end: string | null): CompiledTiming {
  const timing: Timing | undefined = 'timing' in benefit ? benefit.timing : undefined;
  switch (timing?.type) {
    case undefined:
    case 'instant':
      return { type: 'instant' };
    case 'business_days':
      return timing;
    case 'after_last':
      return { ...timing, whose: timing.whose ?? 'member' };
    case 'cumulative':
      return {
        type: 'cumulative',
        window: timing.window,
        amount: timing.reach.amount ?? null,
        count: timing.reach.count ?? null,
        whose: timing.whose ?? 'member',
        once: 'earn' in benefit && benefit.earn.by === 'fixed',
        end,
      };
  }
}

function formulaOf(benefit: Benefit): Formula {
  switch (benefit.kind) {
    case 'discount':
      return offOf(benefit.off);
    case 'points':
    case 'growth':
      return earnOf(benefit.earn, PER_YUAN, 'down');
    case 'cashback':
      return earnOf(benefit.earn, PPM_ONE, 'half-up');
    case 'coupon':
    case 'gift':
      return { by: 'fixed', amount: benefit.quantity, times: 1 };
  }
}

function earnOf(earn: Earn, per: number, unlessSaid: Rounding): Formula {
  switch (earn.by) {
    case 'fixed':
      return { by: 'fixed', amount: earn.amount, times: 1 };
    case 'rate':
    case 'per_yuan':
      return { by: 'rate', rate: earn.rate, per, rounding: roundingOf(earn.rounding, unlessSaid) };
    case 'multiplier':
      return {
        by: 'multiplier',
        factor: earn.factor,
        rounding: roundingOf(earn.rounding, unlessSaid),
      };
    case 'tiered':
      return tieredOf(earn, per, roundingOf(earn.rounding, unlessSaid));
  }
}

interface Tiered {
  readonly steps: readonly {
    readonly from: number;
    readonly rate?: number | undefined;
    readonly amount?: number | undefined;
  }[];
}

function tieredOf({ steps }: Tiered, per: number, rounding: Rounding): Formula {
  return {
    by: 'tiered',
    steps: steps
      .map(({ from, rate, amount }) => ({ from, rate: rate ?? null, amount: amount ?? 0 }))
      .toSorted((a, b) => a.from - b.from),
    per,
    rounding,
  };
}

function offOf(off: DiscountOff): Formula {
  const rounding = 'rounding' in off ? roundingOf(off.rounding, 'half-up') : 'half-up';
  const times = ('times' in off ? off.times : undefined) ?? Infinity;
  switch (off.by) {
    case 'percent':
      return { by: 'rate', rate: off.rate, per: PPM_ONE, rounding };
    case 'amount':
      return { by: 'fixed', amount: off.amount, times: off.times ?? 1 };
    case 'fixed_price':
      return { by: 'fixed_price', price: off.price, units: off.units ?? Infinity };
    case 'tiered':
      return tieredOf(off, PPM_ONE, rounding);
    case 'nth_item':
      return { by: 'nth_item', nth: off.nth, rate: off.rate, times, rounding };
    case 'buy_get':
      return {
        by: 'buy_get',
        buy: off.buy,
        get: off.get,
        of: off.of ? itemsOf(off.of) : null,
        rate: off.rate,
        times,
        rounding,
      };
    case 'bundle':
      return {
        by: 'bundle',
        parts: off.parts.map((part) => ({ items: itemsOf(part), quantity: part.quantity })),
        price: off.price,
        times,
      };
  }
}

function roundingOf(written: 'down' | 'half_up' | undefined, unlessSaid: Rounding): Rounding {
  return written === undefined ? unlessSaid : written === 'down' ? 'down' : 'half-up';
}
