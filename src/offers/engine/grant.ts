import { PPM_ONE } from '#kernel/money';
import { ratio, split } from '#kernel/share';
import { chosen } from './condition.ts';
import type { Facts } from './facts.ts';
import type { CompiledBenefit, CompiledOffer } from './offer.ts';

/** Why a benefit is smaller than its formula says. */
export type CutReason = 'cap' | 'base' | 'sale_cap' | 'member_day_amount' | 'budget';

/** Why a benefit of a matching offer is not granted at all. */
export type NoneReason =
  | 'programme'
  | 'others_money'
  | 'nothing_to_pay'
  | 'spend'
  | 'rounds_to_zero'
  | 'sale_cap'
  | 'member_day_count'
  | 'member_day_amount'
  | 'budget';

/** What a sale has taken so far; only `take` changes it. */
export interface Running {
  readonly facts: Facts;
  /** fen per line still to pay after the discounts decided so far. */
  readonly nets: number[];
  /** fen or points granted so far per offer rank. */
  readonly given: Map<number, number>;
  /** fen taken so far per budget. */
  readonly taken: Map<string, number>;
}

/** What a budget lacks for its part of a benefit. */
export interface Shortfall {
  readonly budget: string;
  readonly funderOrg: number | undefined;
  /** fen, above 0 */
  readonly missing: number;
}

/** fen or points, above 0. */
export interface Granted {
  readonly amount: number;
  readonly wanted: number;
  readonly cut: CutReason | null;
  /** Nets of the eligible lines, 0 for the others. */
  readonly weights: readonly number[];
  /** Per payer; sums to `amount`. */
  readonly parts: readonly number[];
  /** Present if budgets cut it. */
  readonly short?: readonly Shortfall[];
}

/** `actual` and `required` are fen, points or a count, as the reason has it. */
export interface Denied {
  readonly amount: 0;
  readonly reason: NoneReason;
  readonly actual: number;
  readonly required: number;
  /** The budget that is too small. */
  readonly budget?: string;
  /** Present if budgets are the reason. */
  readonly short?: readonly Shortfall[];
}

export type Grant = Granted | Denied;

export function memberDayKey(offer: CompiledOffer, facts: Pick<Facts, 'member' | 'day'>): string {
  return `offer:${offer.id}:member:${facts.member?.id}:day:${facts.day}`;
}

/** What a benefit gives in the running state; takes nothing. */
export function grantOf(offer: CompiledOffer, benefit: CompiledBenefit, running: Running): Grant {
  const { member } = running.facts;
  if (benefit.programmes !== null && !(member && benefit.programmes.has(member.programme)))
    return none('programme', 0, 1);
  if (benefit.othersMoney) return none('others_money', 0, 1);
  const weights = weightsOf(benefit, running);
  let base = 0;
  for (const weight of weights) base += weight;
  if (base === 0) return none('nothing_to_pay', 0, 1);
  if (base < benefit.spend) return none('spend', base, benefit.spend);
  const wanted = wantedOf(benefit, base);
  if (wanted === 0) return none('rounds_to_zero', 0, 1);

  let amount = wanted;
  let cut: CutReason | null = null;
  if (amount > benefit.cap) [amount, cut] = [benefit.cap, 'cap'];
  if (benefit.kind !== 'points' && amount > base) [amount, cut] = [base, 'base'];

  const given = running.given.get(offer.rank) ?? 0;
  const saleRoom = offer.perSale - given;
  if (saleRoom <= 0) return none('sale_cap', given, offer.perSale);
  if (amount > saleRoom) [amount, cut] = [saleRoom, 'sale_cap'];

  if (offer.memberDay !== null) {
    const usage = running.facts.usage[memberDayKey(offer, running.facts)];
    const { count, amount: most } = offer.memberDay;
    const used = (usage?.amount ?? 0) + given;
    if ((usage?.count ?? 0) >= count) return none('member_day_count', usage?.count ?? 0, count);
    const dayRoom = most - used;
    if (amount > dayRoom) {
      if (dayRoom <= 0 || !offer.partialGrants) return none('member_day_amount', used, most);
      [amount, cut] = [dayRoom, 'member_day_amount'];
    }
  }
  return funded(offer, benefit, running, { amount, wanted, cut, weights });
}

function none(reason: NoneReason, actual: number, required: number, budget?: string): Denied {
  return { amount: 0, reason, actual, required, ...(budget !== undefined && { budget }) };
}

function weightsOf({ target }: CompiledBenefit, { nets, facts }: Running): readonly number[] {
  if (target === null) return nets.slice();
  return nets.map((net, line) => (chosen(target, facts.lines[line]!) ? net : 0));
}

function wantedOf({ formula, spend }: CompiledBenefit, base: number): number {
  if (formula.by === 'rate') return ratio(base, formula.rate, formula.per, formula.rounding);
  const multiples = spend === 0 ? 1 : Math.floor(base / spend);
  return formula.amount * Math.min(multiples, formula.times);
}

/**
 * Splits over the payers and cuts to what their budgets hold. A payer's part never exceeds its
 * quota rounded up, so a quota that fits a whole number of fen keeps the part within it.
 */
function funded(
  offer: CompiledOffer,
  benefit: CompiledBenefit,
  running: Running,
  asked: Omit<Granted, 'parts'>,
): Grant {
  const { payers, shares } = benefit;
  if (payers.length === 1 && payers[0]!.budget === undefined)
    return { ...asked, parts: [asked.amount] };
  const parts = split(asked.amount, shares);
  let fits = asked.amount;
  let tight: { budget: string; left: number; part: number } | null = null;
  const short: Shortfall[] = [];
  for (const [index, { budget, funderOrg }] of payers.entries()) {
    if (budget === undefined) continue;
    const left = Math.max(
      0,
      (running.facts.budgets[budget] ?? 0) - (running.taken.get(budget) ?? 0),
    );
    if (left >= parts[index]!) continue;
    short.push({ budget, funderOrg, missing: parts[index]! - left });
    const most = ratio(left, PPM_ONE, shares[index]!, 'down');
    if (most < fits) [fits, tight] = [most, { budget, left, part: parts[index]! }];
  }
  if (tight === null) return { ...asked, parts };
  if (fits === 0 || !offer.partialGrants)
    return { ...none('budget', tight.left, tight.part, tight.budget), short };
  return { ...asked, amount: fits, cut: 'budget', parts: split(fits, shares), short };
}
