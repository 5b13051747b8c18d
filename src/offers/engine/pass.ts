import { split } from '#kernel/share';
import { expiryOf, onceUse, type Pool } from './arrival.ts';
import type { View } from './condition.ts';
import type { CounterUse, Decision } from './decision.ts';
import type { Facts } from './facts.ts';
import { type Grant, type Granted, grantOf, lateFailure } from './grant.ts';
import { limitUses } from './limit-room.ts';
import { type CompiledBenefit, type CompiledOffer, LANES } from './offer.ts';
import { fundingOf } from './payers.ts';
import { added, addPoints, lowerNets, type Running, runningOf } from './running.ts';

/** What became of a benefit of a matching offer, granted or not. */
export interface Verdict {
  readonly benefit: CompiledBenefit;
  readonly grant: Grant;
}

/** Some offers decided together, lane by lane. */
export interface Pass {
  readonly running: Running;
  /** In the order decided. */
  readonly decisions: Decision[];
  /** Sales that count towards a pool and are granted nothing. */
  readonly progress: Decision[];
  /** By offer rank. */
  readonly verdicts: Map<number, Verdict[]>;
}

/** @param offers in the set's order; all of them get what the running state leaves them */
export function passOver(facts: Facts, view: View, offers: readonly CompiledOffer[]): Pass {
  const pass: Pass = {
    running: runningOf(
      facts,
      view,
      facts.lines.map((line) => line.amount),
    ),
    decisions: [],
    progress: [],
    verdicts: new Map(),
  };
  for (let at = 0; at < LANES.length; at++) {
    for (const offer of offers) {
      if ((offer.lanes & (1 << at)) === 0) continue;
      for (const benefit of offer.benefits)
        if (benefit.lane === LANES[at]) decideBenefit(offer, benefit, pass);
    }
  }
  return pass;
}

/** Decides one benefit on what the pass has left, and takes what it grants. */
export function decideBenefit(offer: CompiledOffer, benefit: CompiledBenefit, pass: Pass): Grant {
  const verdicts = pass.verdicts.get(offer.rank);
  // The conditions on what is to pay are tested once, when the offer's first turn comes.
  const first = verdicts?.[0]?.grant;
  const late =
    first === undefined
      ? lateFailure(offer, pass.running)
      : 'failed' in first && first.failed !== undefined
        ? first
        : null;
  const grant = late ?? grantOf(offer, benefit, pass.running);
  if (!('reason' in grant))
    pass.decisions.push(take(offer, benefit, grant, pass.running, wasGranted(verdicts)));
  else if (grant.pool !== undefined)
    pass.progress.push(progressOf(offer, benefit, grant.pool, pass.running));
  if (verdicts === undefined) pass.verdicts.set(offer.rank, [{ benefit, grant }]);
  else verdicts.push({ benefit, grant });
  return grant;
}

function wasGranted(verdicts: readonly Verdict[] | undefined): boolean {
  return verdicts !== undefined && verdicts.some(({ grant }) => !('reason' in grant));
}

/** By offer rank; fen to the customer of what was granted. */
export function worthOf({ verdicts }: Pass): Map<number, number> {
  const worth = new Map<number, number>();
  for (const [rank, all] of verdicts) {
    for (const { benefit, grant } of all) {
      if (!('reason' in grant))
        worth.set(rank, (worth.get(rank) ?? 0) + grant.amount * benefit.worth);
    }
  }
  return worth;
}

/** Records a grant: lowers what is to pay for a discount and counts limits, payers and coupons. */
function take(
  offer: CompiledOffer,
  benefit: CompiledBenefit,
  grant: Granted,
  running: Running,
  before: boolean,
): Decision {
  const { amount, wanted, cut, arrival, pool } = grant;
  const { facts } = running;
  const lineShares = shared(amount, grant.weights);
  if (benefit.kind === 'discount') lowerNets(running, lineShares, grant.picks);
  if (benefit.kind === 'points') addPoints(running, lineShares);
  if (offer.limits.length > 0 && benefit.limited) addGiven(running, offer.rank, amount, lineShares);
  // A sale counts once against an offer's limits, however many benefits and lines it has.
  const count = before ? 0 : 1;
  const bound = running.coupons?.has(offer.rank) ?? false;
  if (grant.coupon !== null && !bound)
    (running.coupons ??= new Map()).set(offer.rank, grant.coupon);
  const { funding, uses } = fundingOf(benefit, grant.parts, running);
  countPaid(benefit, grant.parts, running);
  if (benefit.template !== null)
    running.couponsGiven = added(running.couponsGiven, benefit.template, amount);
  const counters: CounterUse[] =
    offer.counters.length === 0
      ? uses
      : [...limitUses(offer, count, benefit.limited ? amount : 0, facts), ...uses];
  if (pool !== null) counters.push(pool.use, ...onceUse(benefit, pool));
  const decision: Mutable<Decision> = {
    offer: offer.id,
    version: offer.version,
    benefit: benefit.index,
    kind: benefit.kind,
    amount,
    wanted,
    lineShares,
    funding,
    counters,
    arrival,
    expiry: expiryOf(benefit.expires, arrival, facts.day),
  };
  if (benefit.toMerchant) decision.to = 'merchant';
  if (benefit.what !== null) decision.what = benefit.what;
  if (grant.coupon !== null && !bound) decision.coupon = grant.coupon;
  if (cut !== null) decision.partly = cut;
  if (benefit.expires !== null) decision.expires = benefit.expires;
  return decision;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function shared(amount: number, weights: readonly number[]): number[] {
  return weights.length === 1 ? [amount] : split(amount, weights);
}

function progressOf(
  offer: CompiledOffer,
  benefit: CompiledBenefit,
  pool: Pool,
  { facts }: Running,
): Decision {
  return {
    offer: offer.id,
    version: offer.version,
    benefit: benefit.index,
    kind: benefit.kind,
    ...(benefit.toMerchant && { to: 'merchant' }),
    amount: 0,
    wanted: 0,
    lineShares: facts.lines.map(() => 0),
    funding: [],
    counters: [pool.use],
    arrival: pool.arrival,
    expiry: null,
    ...(benefit.expires !== null && { expires: benefit.expires }),
  };
}

function addGiven(running: Running, rank: number, amount: number, shares: readonly number[]): void {
  running.given = added(running.given, rank, amount);
  const lines = (running.givenLines ??= new Map());
  const before = lines.get(rank);
  lines.set(
    rank,
    shares.map((share, line) => share + (before?.[line] ?? 0)),
  );
}

function countPaid(
  { payers, solePayer }: CompiledBenefit,
  parts: readonly number[],
  running: Running,
): void {
  if (solePayer) return;
  payers.forEach(({ payer, key, perSale, caps }, at) => {
    const part = parts[at]!;
    if (part === 0) return;
    if (payer.budget !== undefined) running.taken = added(running.taken, payer.budget, part);
    if (perSale < Infinity || caps.length > 0) running.paid = added(running.paid, key, part);
  });
}
