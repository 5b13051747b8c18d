import { arrivalOf, poolOf, type Pool } from './arrival.ts';
import type { Test, View } from './condition.ts';
import type { Arrival, CutReason } from './decision.ts';
import { holds } from './holds.ts';
import { type OverLimit, withinLimits } from './limit-room.ts';
import { type Measured, measured, netsOf, type Unmeasured } from './measure.ts';
import type { CompiledBenefit, CompiledOffer } from './offer.ts';
import { paidBy, type Shortfall } from './payers.ts';
import { couponsLeft, type Running } from './running.ts';
import type { UnitPick } from './units.ts';

/**
 * Why a benefit of a matching offer is not granted at all.
 * - condition: a condition on what is still to pay does not hold
 * - member, programme, others_money: for nobody here
 * - coupon_used: its coupon went to another offer of the sale
 * - nothing_to_pay, spend, units, no_points, rounds_to_zero: the basket gives nothing
 * - pool_subject, not_reached, reached_before: the sales of the window
 * - limit_subject, limit_count, limit_amount: one of the offer's limits
 * - coupons_left: a limit of the coupons' template
 * - payer_cap, budget: a payer cannot pay
 */
export type NoneReason =
  | 'condition'
  | 'member'
  | 'programme'
  | 'others_money'
  | 'coupon_used'
  | Unmeasured['reason']
  | 'pool_subject'
  | 'not_reached'
  | 'reached_before'
  | OverLimit['reason']
  | 'coupons_left'
  | 'payer_cap'
  | 'budget';

/** Fen, points, growth value, coupons or pieces, above 0. */
export interface Granted {
  readonly amount: number;
  readonly wanted: number;
  readonly cut: CutReason | null;
  /** How the lines share it. */
  readonly weights: readonly number[];
  readonly picks: readonly UnitPick[] | null;
  /** Per payer; sums to `amount`, empty for kinds without payers. */
  readonly parts: readonly number[];
  readonly arrival: Arrival;
  readonly pool: Pool | null;
  /** Coupon id that it uses up. */
  readonly coupon: string | null;
  /** Budgets that had less than their part, if any. */
  readonly short: readonly Shortfall[] | undefined;
}

/** `actual` and `required` are fen, points, units or a count, as the reason has it. */
export interface Denied {
  readonly amount: 0;
  readonly reason: NoneReason;
  readonly actual: number;
  readonly required: number;
  /** Index of the limit in the definition. */
  readonly limit?: number;
  /** Index of the payer in its list. */
  readonly payer?: number;
  /** The budget that is too small. */
  readonly budget?: string;
  /** The condition that did not hold, and what it was tested on. */
  readonly failed?: { readonly test: Test; readonly view: View };
  /** The sale counts towards it all the same. */
  readonly pool?: Pool;
  /** Present if budgets had less than their part. */
  readonly short?: readonly Shortfall[];
}

export type Grant = Granted | Denied;

/** What a benefit gives in the running state; takes nothing. */
export function grantOf(offer: CompiledOffer, benefit: CompiledBenefit, running: Running): Grant {
  const { facts } = running;
  const { member } = facts;
  if (benefit.needsMember && member === null) return none('member', 0, 1);
  if (benefit.programmes !== null && !(member && benefit.programmes.has(member.programme)))
    return none('programme', 0, 1);
  if (benefit.othersMoney) return none('others_money', 0, 1);
  const coupon = offer.coupon === null ? null : couponFor(offer, running);
  if (coupon === undefined) return none('coupon_used', 0, 1);
  const base = measured(benefit, running);
  if ('reason' in base) return none(base.reason, base.actual, base.required);
  const pool =
    benefit.timing.type === 'cumulative'
      ? poolOf(offer, benefit, facts, netsOf(benefit, running))
      : null;
  const arrival = arrivalOf(offer, benefit, facts, pool);
  if (arrival === null) return none('pool_subject', 0, 1);
  const waits = pool === null ? null : waiting(benefit, pool);
  if (waits !== null) return waits;
  const grant = bounded(offer, benefit, running, base, { arrival, pool, coupon });
  return pool !== null && 'reason' in grant ? { ...grant, pool } : grant;
}

function none(reason: NoneReason, actual: number, required: number): Denied {
  return { amount: 0, reason, actual, required };
}

type Asked = Pick<Granted, 'arrival' | 'pool' | 'coupon'>;

const NO_PARTS: readonly number[] = [];

/** Cuts what is wanted to the benefit's cap, what is to pay, the limits, and what the payers can give. */
function bounded(
  offer: CompiledOffer,
  benefit: CompiledBenefit,
  running: Running,
  { wanted, most, weights: measuredWeights, picks }: Measured,
  { arrival, pool, coupon }: Asked,
): Grant {
  let amount = wanted;
  let cut: CutReason | null = null;
  let weights = measuredWeights;
  if (amount > benefit.cap) [amount, cut] = [benefit.cap, 'cap'];
  if (benefit.withinBase && amount > most) [amount, cut] = [most, 'base'];
  if (offer.limits.length > 0) {
    const within = withinLimits(offer, benefit.limited, { amount, cut, weights }, running);
    if ('reason' in within) return { amount: 0, ...within };
    ({ amount, cut, weights } = within);
  }
  if (benefit.template !== null) {
    const left = couponsLeft(benefit.template, running);
    if (left <= 0 || (left < amount && !offer.partialGrants))
      return none('coupons_left', Math.max(0, left), amount);
    if (left < amount) [amount, cut] = [left, 'coupons_left'];
  }
  let parts = NO_PARTS;
  let short: readonly Shortfall[] | undefined;
  if (benefit.solePayer) parts = [amount];
  else if (benefit.payers.length > 0) {
    const paid = paidBy(benefit, amount, running);
    ({ parts, short } = paid);
    if (paid.tight !== undefined) {
      if (paid.amount === 0 || !offer.partialGrants)
        return { ...paid.tight, amount: 0, ...(short && { short }) };
      amount = paid.amount;
      cut = paid.tight.reason;
    }
  }
  return { amount, wanted, cut, weights, picks, parts, arrival, pool, coupon, short };
}

/** A fixed amount that the window's sales did not reach yet, or that one of them was given before. */
function waiting({ timing }: CompiledBenefit, pool: Pool): Denied | null {
  if (timing.type !== 'cumulative' || !timing.once) return null;
  if (pool.before) return { ...none('reached_before', 1, 1), pool };
  if (pool.reached) return null;
  return timing.amount === null
    ? { ...none('not_reached', pool.count, timing.count!), pool }
    : { ...none('not_reached', pool.amount, timing.amount), pool };
}

/**
 * The coupon that a grant of the offer uses up: the one bound to it before, else the first of its
 * templates that no other offer of the sale uses. null: it holds without; undefined: there is none left.
 */
function couponFor(offer: CompiledOffer, running: Running): string | null | undefined {
  const { templates, always } = offer.coupon!;
  const { view, facts, coupons } = running;
  const bound = coupons?.get(offer.rank);
  if (bound !== undefined) return bound;
  if (!always) {
    const without = { ...view, facts: { ...view.facts, coupons: [] }, nets: running.nets };
    if ([...offer.tests, ...offer.lateTests].every((test) => holds(test, without))) return null;
  }
  const used = new Set(coupons?.values());
  return facts.coupons.find(({ id, template }) => templates.has(template) && !used.has(id))?.id;
}

/** The late test of an offer that does not hold on what is still to pay; null if all hold. */
export function lateFailure(offer: CompiledOffer, running: Running): Denied | null {
  if (offer.lateTests.length === 0) return null;
  const view: View = { ...running.view, nets: running.nets.slice() };
  const test = offer.lateTests.find((each) => !holds(each, view));
  return test === undefined ? null : { ...none('condition', 0, 1), failed: { test, view } };
}
