import type { DiscountOff, Target } from '../rule/definition.ts';
import type { LineFacts } from './facts.ts';
import { sharedOut, total } from './naive-numbers.fixture.ts';

/** One piece of goods, in fen. */
export interface Unit {
  readonly line: number;
  readonly price: number;
  net: number;
  /** Bought or given in an offer that uses units up: by how many grants. */
  uses: number;
}

/** A unit that a discount falls on, with its part of it. */
export interface Mark {
  readonly unit: Unit;
  readonly weight: number;
  readonly uses: boolean;
}

/** What single units give: the marks, the base of a rate or the discount itself, and the most it can be. */
export interface Found {
  readonly marks: readonly Mark[];
  readonly base: number;
  readonly most: number;
  readonly off: number | null;
}

/** Every piece of a line: what it costs, and what is still to pay of it, by largest remainder. */
export function piecesOf({ quantity, amount }: LineFacts, line: number, net: number): Unit[] {
  const even = Array.from({ length: quantity }, () => 1);
  const prices = sharedOut(amount, even);
  const off = amount === net ? prices.map(() => 0) : sharedOut(amount - net, prices);
  return prices.map((price, at) => ({ line, price, net: price - off[at]!, uses: 0 }));
}

export function dearest(units: readonly Unit[], value: (unit: Unit) => number): Unit[] {
  return units.toSorted((a, b) => value(b) - value(a));
}

export function cheapest(units: readonly Unit[], value: (unit: Unit) => number): Unit[] {
  return units.toSorted((a, b) => value(a) - value(b));
}

const netOf = ({ net }: Unit) => net;

/** All of the units, for a formula of their sum. */
export function allOf(units: readonly Unit[], value: (unit: Unit) => number): Found {
  return {
    marks: units.map((unit) => ({ unit, weight: unit.net, uses: false })),
    base: total(units.map(value)),
    most: total(units.map(netOf)),
    off: null,
  };
}

type Of<By extends DiscountOff['by']> = Extract<DiscountOff, { by: By }>;

export function atFixedPrice({ price, units: most }: Of<'fixed_price'>, units: Unit[]): Found {
  const marks = dearest(units, netOf)
    .slice(0, most ?? Infinity)
    .filter(({ net }) => net > price)
    .map((unit) => ({ unit, weight: unit.net - price, uses: false }));
  const off = total(marks.map(({ weight }) => weight));
  return { marks, base: off, most: off, off };
}

export function everyNth(
  { nth, times }: Of<'nth_item'>,
  units: Unit[],
  value: (unit: Unit) => number,
): Found | null {
  const free = dearest(units.filter(isFree), value);
  const hits = Math.min(Math.floor(free.length / nth), times ?? Infinity);
  if (hits === 0) return null;
  const counted = free.slice(0, hits * nth);
  // Equal units of a line are told apart by nothing: the first of them stand for those that are hit.
  const nths = counted.filter((_, at) => (at + 1) % nth === 0);
  const hit = counted.filter((unit, at) => {
    const same = (other: Unit) =>
      other.line === unit.line && other.price === unit.price && other.net === unit.net;
    return counted.slice(0, at).filter(same).length < nths.filter(same).length;
  });
  return {
    marks: counted.map((unit) => ({
      unit,
      weight: hit.includes(unit) ? unit.net : 0,
      uses: true,
    })),
    base: total(hit.map(value)),
    most: total(hit.map(netOf)),
    off: null,
  };
}

/**
 * As many free units as the basket holds beside the units bought for them, `buy` for every `get` begun;
 * the cheapest are free, as long as enough are left to be bought.
 */
export function buyAndGet(
  { buy, get, times }: Of<'buy_get'>,
  target: Unit[],
  of: Unit[],
  value: (unit: Unit) => number,
): Found | null {
  const buyable = target.filter(isFree);
  const givable = cheapest(of.filter(isFree), value);
  const ceiling = Math.min(givable.length, get * (times ?? givable.length));
  for (let free = ceiling; free > 0; free--) {
    const bought = buy * Math.ceil(free / get);
    const given: Unit[] = [];
    for (const unit of givable) {
      const left = buyable.filter((each) => each !== unit && !given.includes(each)).length;
      if (given.length < free && left >= bought) given.push(unit);
    }
    if (given.length < free) continue;
    const rest = dearest(
      buyable.filter((unit) => !given.includes(unit)),
      value,
    );
    return {
      marks: [
        ...given.map((unit) => ({ unit, weight: unit.net, uses: true })),
        ...rest.slice(0, bought).map((unit) => ({ unit, weight: 0, uses: true })),
      ],
      base: total(given.map(value)),
      most: total(given.map(netOf)),
      off: null,
    };
  }
  return null;
}

/** Set after set of the dearest units, while a set costs more than its price. No unit is of two parts. */
export function inBundles(
  { parts, price, times }: Of<'bundle'>,
  units: Unit[],
  belongs: (unit: Unit, target: Target) => boolean,
): Found | null {
  const left = dearest(units.filter(isFree), netOf);
  const marks: Mark[] = [];
  let off = 0;
  for (let sets = 0; sets < (times ?? Infinity); sets++) {
    const set = parts.flatMap((part) =>
      left.filter((unit) => belongs(unit, part)).slice(0, part.quantity),
    );
    if (set.length < total(parts.map(({ quantity }) => quantity))) break;
    const worth = total(set.map(netOf));
    if (worth <= price) break;
    off += worth - price;
    for (const unit of set) {
      left.splice(left.indexOf(unit), 1);
      marks.push({ unit, weight: unit.net, uses: true });
    }
  }
  return off === 0 ? null : { marks, base: off, most: off, off };
}

function isFree({ uses, net }: Unit): boolean {
  return uses === 0 && net > 0;
}
