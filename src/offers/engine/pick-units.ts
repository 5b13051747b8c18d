import { chosen, type Items } from './condition.ts';
import type { CompiledBenefit, UnitFormula } from './offer.ts';
import type { Running } from './running.ts';
import { unitsOf, type UnitPick, type UnitRun } from './units.ts';

/** The units that a discount falls on. fen. */
export interface Picked {
  readonly picks: readonly UnitPick[];
  /** What a rate measures on. */
  readonly base: number;
  /** What is to pay of the discounted units: the most that it can take off. */
  readonly most: number;
  /** The discount where no rate gives it. */
  readonly off: number | null;
}

/** Too few units: how many there are, and how many are asked for. */
export interface TooFew {
  readonly actual: number;
  readonly required: number;
}

/** A run with its place, and how many of its units are still free to be picked. */
interface Placed extends UnitRun {
  readonly line: number;
  readonly run: number;
}

/** The units of the lines that `items` chooses, line by line; after `select` only those. */
export function selectedUnits(benefit: CompiledBenefit, running: Running): Placed[] {
  const all = placedOf(benefit.target, running);
  const { select, initial } = benefit;
  if (select === null) return all;
  const sorted = all.toSorted(select.cheapest ? cheapestFirst(initial) : dearestFirst(initial));
  return firstOf(sorted, select.units);
}

function placedOf(items: Items | null, { facts, nets, units }: Running): Placed[] {
  return facts.lines.flatMap((line, index) => {
    if (items !== null && !chosen(items, line)) return [];
    const runs = units?.get(index) ?? unitsOf(line, nets[index]!);
    return runs.map((each, run) => ({ ...each, line: index, run }));
  });
}

function valueOf(initial: boolean): (run: UnitRun) => number {
  return initial ? ({ price }) => price : ({ net }) => net;
}

function dearestFirst(initial: boolean) {
  const value = valueOf(initial);
  return (a: Placed, b: Placed) => value(b) - value(a) || a.line - b.line || a.run - b.run;
}

function cheapestFirst(initial: boolean) {
  const value = valueOf(initial);
  return (a: Placed, b: Placed) => value(a) - value(b) || a.line - b.line || a.run - b.run;
}

function firstOf(placed: readonly Placed[], units: number): Placed[] {
  let left = units;
  return placed.flatMap((each) => {
    const count = Math.min(left, each.count);
    left -= count;
    return count === 0 ? [] : [{ ...each, count }];
  });
}

function countOf(placed: readonly Placed[]): number {
  return placed.reduce((sum, { count }) => sum + count, 0);
}

function pick({ line, run }: Placed, count: number, weight: number, uses: boolean): UnitPick {
  return { line, run, count, weight, uses };
}

/** All of the units, for formulas that look at their sum. */
export function pickAll(placed: readonly Placed[], initial: boolean): Picked {
  const value = valueOf(initial);
  let base = 0;
  let most = 0;
  for (const each of placed) {
    base += value(each) * each.count;
    most += each.net * each.count;
  }
  const picks = placed.map((each) => pick(each, each.count, each.net, false));
  return { picks, base, most, off: null };
}

/** Chooses units for a formula; those that other offers used up, or gave away, are left alone. */
export function pickUnits(
  formula: UnitFormula,
  { target, initial }: CompiledBenefit,
  selected: readonly Placed[],
  running: Running,
): Picked | TooFew {
  if (formula.by === 'fixed_price') return fixedPrice(formula, selected);
  const free = selected.filter(isFree);
  switch (formula.by) {
    case 'nth_item':
      return nthItems(formula, free, initial);
    case 'buy_get':
      return buyGet(formula, target, free, initial, running);
    case 'bundle':
      return bundles(formula, free, running);
  }
}

function isFree({ used, net }: UnitRun): boolean {
  return !used && net > 0;
}

type Of<By extends UnitFormula['by']> = Extract<UnitFormula, { readonly by: By }>;

function fixedPrice({ price, units }: Of<'fixed_price'>, placed: readonly Placed[]): Picked {
  const picks = firstOf(placed.toSorted(dearestFirst(false)), units)
    .filter(({ net }) => net > price)
    .map((each) => pick(each, each.count, each.net - price, false));
  const off = picks.reduce((sum, { count, weight }) => sum + count * weight, 0);
  return { picks, base: off, most: off, off };
}

function nthItems(
  { nth, times }: Of<'nth_item'>,
  free: readonly Placed[],
  initial: boolean,
): Picked | TooFew {
  const total = countOf(free);
  const hits = Math.min(Math.floor(total / nth), times);
  if (hits === 0) return { actual: total, required: nth };
  const value = valueOf(initial);
  const picks: UnitPick[] = [];
  let [base, most, at] = [0, 0, 0];
  for (const each of firstOf(free.toSorted(dearestFirst(initial)), hits * nth)) {
    const end = at + each.count;
    const hit = Math.floor(end / nth) - Math.floor(at / nth);
    if (hit > 0) picks.push(pick(each, hit, each.net, true));
    if (each.count > hit) picks.push(pick(each, each.count - hit, 0, true));
    base += hit * value(each);
    most += hit * each.net;
    at = end;
  }
  return { picks, base, most, off: null };
}

/**
 * The most sets that the basket holds, the last one perhaps with fewer free units than `get`: so many
 * that the bought units and at least one free unit of every set are different units.
 */
function buyGet(
  { buy, get, of, times }: Of<'buy_get'>,
  target: Items | null,
  bought: readonly Placed[],
  initial: boolean,
  running: Running,
): Picked | TooFew {
  const given = of === null ? bought : placedOf(of, running).filter(isFree);
  const mayBuy = (each: Placed) =>
    of === null || target === null || chosen(target, running.facts.lines[each.line]!);
  const buyable = countOf(bought);
  const givable = countOf(given);
  const all = buyable + countOf(given.filter((each) => !mayBuy(each)));
  const sets = Math.min(
    times,
    Math.floor(buyable / buy),
    Math.ceil(givable / get),
    Math.floor((all + get - 1) / (buy + get)),
  );
  if (sets < 1) {
    if (buyable < buy) return { actual: buyable, required: buy };
    // Units that could be bought and given are one too few for both.
    if (givable > 0) return { actual: all, required: buy + 1 };
    return { actual: givable, required: 1 };
  }
  const value = valueOf(initial);
  const left = new Map(bought.map((each) => [`${each.line}/${each.run}`, each.count]));
  const picks: UnitPick[] = [];
  let [base, most] = [0, 0];
  let free = Math.min(sets * get, givable, all - sets * buy);
  let spare = buyable - sets * buy;
  for (const each of given.toSorted(cheapestFirst(initial))) {
    const own = mayBuy(each);
    const count = Math.min(free, each.count, own ? spare : Infinity);
    if (count === 0) continue;
    free -= count;
    if (own) {
      spare -= count;
      left.set(`${each.line}/${each.run}`, each.count - count);
    }
    picks.push(pick(each, count, each.net, true));
    base += count * value(each);
    most += count * each.net;
  }
  const rest = bought.map((each) => ({ ...each, count: left.get(`${each.line}/${each.run}`)! }));
  for (const each of firstOf(rest.toSorted(dearestFirst(initial)), sets * buy))
    picks.push(pick(each, each.count, 0, true));
  return { picks, base, most, off: null };
}

/** Set after set of the dearest units, as long as a set costs more than its price. */
function bundles(
  { parts, price, times }: Of<'bundle'>,
  selected: readonly Placed[],
  { facts }: Running,
): Picked | TooFew {
  const units = selected.toSorted(dearestFirst(false));
  const left = units.map(({ count }) => count);
  // Who has the fewest units to choose from chooses first.
  const choices = parts
    .map(({ items, quantity }) => ({
      quantity,
      from: units.flatMap((each, at) => (chosen(items, facts.lines[each.line]!) ? [at] : [])),
    }))
    .toSorted((a, b) => sizeOf(a.from, left) - sizeOf(b.from, left));
  const picked = units.map(() => 0);
  let [sets, off] = [0, 0];
  for (;;) {
    const set = oneSet(choices, left);
    if ('required' in set) {
      if (sets === 0) return set;
      break;
    }
    let worth = 0;
    let repeats = times - sets;
    set.forEach((count, at) => {
      if (count === 0) return;
      worth += count * units[at]!.net;
      repeats = Math.min(repeats, Math.floor(left[at]! / count));
    });
    if (repeats === 0 || worth <= price) break;
    sets += repeats;
    off += repeats * (worth - price);
    set.forEach((count, at) => {
      left[at]! -= repeats * count;
      picked[at]! += repeats * count;
    });
  }
  const picks = units.flatMap((each, at) =>
    picked[at] === 0 ? [] : [pick(each, picked[at]!, each.net, true)],
  );
  return { picks, base: off, most: off, off };
}

interface Choice {
  readonly quantity: number;
  /** Places of the units to choose from, dearest first. */
  readonly from: readonly number[];
}

function sizeOf(from: readonly number[], left: readonly number[]): number {
  return from.reduce((sum, at) => sum + left[at]!, 0);
}

/** How many of each unit the next set takes. */
function oneSet(choices: readonly Choice[], left: readonly number[]): number[] | TooFew {
  const set = left.map(() => 0);
  for (const { quantity, from } of choices) {
    let missing = quantity;
    for (const at of from) {
      const count = Math.min(missing, left[at]! - set[at]!);
      set[at]! += count;
      missing -= count;
      if (missing === 0) break;
    }
    if (missing > 0) return { actual: quantity - missing, required: quantity };
  }
  return set;
}
