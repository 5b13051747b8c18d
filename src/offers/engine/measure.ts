import { PPM_ONE } from '#kernel/money';
import { ratio } from '#kernel/share';
import { chosen } from './condition.ts';
import type { CompiledBenefit, Formula, UnitFormula } from './offer.ts';
import { pickAll, pickUnits, type Picked, selectedUnits } from './pick-units.ts';
import type { Running } from './running.ts';
import type { UnitPick } from './units.ts';

/** What a benefit would give if nothing bounded it. */
export interface Measured {
  /** fen, points, growth value, coupons or pieces. */
  readonly wanted: number;
  /** The most that a discount can take off, in fen. */
  readonly most: number;
  /** How the lines share it; in a discount no line's part is above what is to pay of it. */
  readonly weights: readonly number[];
  /** The units that a discount of single units falls on. */
  readonly picks: readonly UnitPick[] | null;
}

/** Why it gives nothing; `actual` and `required` are fen or units. */
export interface Unmeasured {
  readonly reason: 'nothing_to_pay' | 'spend' | 'units' | 'no_points' | 'rounds_to_zero';
  readonly actual: number;
  readonly required: number;
}

export function measured(benefit: CompiledBenefit, running: Running): Measured | Unmeasured {
  const { formula, spend } = benefit;
  const weights = netsOf(benefit, running);
  let net = 0;
  for (const each of weights) net += each;
  if (net === 0) return { reason: 'nothing_to_pay', actual: 0, required: 1 };
  if (net < spend) return { reason: 'spend', actual: net, required: spend };
  const reached = benefit.initial ? grossOf(benefit, running) : net;
  if (benefit.select !== null || isOfUnits(formula)) return ofUnits(benefit, running, net, reached);
  if (formula.by === 'multiplier') return multiplied(benefit, formula, running);
  const wanted = wantedOf(formula, reached, reached, net, spend);
  if (wanted <= 0) return unwanted(formula, reached);
  return { wanted, most: net, weights, picks: null };
}

function grossOf({ target }: CompiledBenefit, { facts }: Running): number {
  let gross = 0;
  for (const line of facts.lines) if (target === null || chosen(target, line)) gross += line.amount;
  return gross;
}

/** fen to pay per line of the benefit's target, 0 for the others. */
export function netsOf({ target }: CompiledBenefit, { nets, facts }: Running): number[] {
  if (target === null) return nets.slice();
  return nets.map((net, line) => (chosen(target, facts.lines[line]!) ? net : 0));
}

function isOfUnits(formula: Formula): formula is UnitFormula {
  const { by } = formula;
  return by === 'fixed_price' || by === 'nth_item' || by === 'buy_get' || by === 'bundle';
}

/**
 * @param reached decides the step of a tiered formula
 * @param base of rates
 * @param net of the benefit's lines, of which an amount repeats per multiple of `spend`
 */
function wantedOf(
  formula: Formula,
  reached: number,
  base: number,
  net: number,
  spend: number,
): number {
  switch (formula.by) {
    case 'rate':
      return ratio(base, formula.rate, formula.per, formula.rounding);
    case 'fixed':
      return formula.amount * Math.min(spend === 0 ? 1 : Math.floor(net / spend), formula.times);
    case 'tiered': {
      const step = formula.steps.findLast(({ from }) => from <= reached);
      if (step === undefined) return 0;
      return step.rate === null
        ? step.amount
        : ratio(base, step.rate, formula.per, formula.rounding);
    }
    case 'multiplier':
    case 'fixed_price':
    case 'nth_item':
    case 'buy_get':
    case 'bundle':
      throw new RangeError(`${formula.by} is not a formula of a sum`);
  }
}

function unwanted(formula: Formula, actual: number): Unmeasured {
  const least = formula.by === 'tiered' ? formula.steps[0]!.from : 0;
  return actual < least
    ? { reason: 'spend', actual, required: least }
    : { reason: 'rounds_to_zero', actual: 0, required: 1 };
}

/** Times the points that the offers before it gave to the lines, less those points. */
function multiplied(
  { target }: CompiledBenefit,
  { factor, rounding }: Extract<Formula, { readonly by: 'multiplier' }>,
  { points, facts }: Running,
): Measured | Unmeasured {
  const weights = facts.lines.map((line, index) =>
    target !== null && !chosen(target, line) ? 0 : (points?.[index] ?? 0),
  );
  const before = weights.reduce((sum, each) => sum + each, 0);
  if (before === 0) return { reason: 'no_points', actual: 0, required: 1 };
  const wanted = ratio(before, factor - PPM_ONE, PPM_ONE, rounding);
  if (wanted === 0) return { reason: 'rounds_to_zero', actual: 0, required: 1 };
  return { wanted, most: Infinity, weights, picks: null };
}

function ofUnits(
  benefit: CompiledBenefit,
  running: Running,
  net: number,
  reached: number,
): Measured | Unmeasured {
  const { formula, initial, spend } = benefit;
  const selected = selectedUnits(benefit, running);
  let picked: Picked;
  let wanted: number;
  if (isOfUnits(formula)) {
    const found = pickUnits(formula, benefit, selected, running);
    if ('required' in found) return { reason: 'units', ...found };
    picked = found;
    wanted = found.off ?? rated(formula, found.base);
  } else {
    picked = pickAll(selected, initial);
    wanted = wantedOf(formula, reached, picked.base, net, spend);
  }
  if (wanted <= 0) return unwanted(formula, reached);
  const weights = running.nets.map(() => 0);
  for (const { line, count, weight } of picked.picks) weights[line]! += count * weight;
  return { wanted, most: picked.most, weights, picks: picked.picks };
}

function rated(formula: UnitFormula, base: number): number {
  if (!('rate' in formula)) throw new RangeError(`${formula.by} has no rate`);
  return ratio(base, formula.rate, PPM_ONE, formula.rounding);
}
