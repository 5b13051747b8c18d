import type { View } from './condition.ts';
import type { Facts } from './facts.ts';
import { lowered, taken, type UnitPick, type UnitRun, unitsOf } from './units.ts';

/** What a sale has taken so far. Only taking a grant changes it; what no offer asks for is never made. */
export interface Running {
  readonly facts: Facts;
  readonly view: View;
  /** fen per line still to pay after the discounts decided so far. */
  readonly nets: number[];
  /** Points per line granted so far. */
  points: number[] | null;
  /** Per offer rank, fen or points granted so far; kept for offers with limits. */
  given: Map<number, number> | null;
  /** The same per line of the sale. */
  givenLines: Map<number, number[]> | null;
  /** fen taken so far per budget. */
  taken: Map<string, number> | null;
  /** Coupons given so far per template, as facts name it. */
  couponsGiven: Map<string, number> | null;
  /** Paid so far by payers with a cap, by their key. */
  paid: Map<string, number> | null;
  /** Coupons bound, by the rank of the offer that uses them up. */
  coupons: Map<number, string> | null;
  /** Units of lines that single-unit discounts have touched, by line. */
  units: Map<number, readonly UnitRun[]> | null;
}

export function runningOf(facts: Facts, view: View, nets: number[]): Running {
  return {
    facts,
    view,
    nets,
    points: null,
    given: null,
    givenLines: null,
    taken: null,
    couponsGiven: null,
    paid: null,
    coupons: null,
    units: null,
  };
}

/** How many more coupons of a template the sale may give; Infinity for no limit. */
export function couponsLeft(template: string, { facts, couponsGiven }: Running): number {
  const left = facts.couponsLeft?.[template] ?? Infinity;
  return left - (couponsGiven?.get(template) ?? 0);
}

/** Adds to a number kept under a key. @returns the map, made where there was none */
export function added<Key>(
  sums: Map<Key, number> | null,
  key: Key,
  amount: number,
): Map<Key, number> {
  const into = sums ?? new Map<Key, number>();
  into.set(key, (into.get(key) ?? 0) + amount);
  return into;
}

/** Takes a discount off what is to pay, line by line; `picks` say which units of a line it falls on. */
export function lowerNets(
  running: Running,
  shares: readonly number[],
  picks: readonly UnitPick[] | null,
): void {
  const { nets, units } = running;
  shares.forEach((share, line) => {
    const own = picks?.filter((pick) => pick.line === line) ?? [];
    if (own.length > 0) {
      const runs = running.units?.get(line) ?? unitsOf(running.facts.lines[line]!, nets[line]!);
      (running.units ??= new Map()).set(line, taken(runs, own, share));
    } else if (share > 0) {
      const runs = units?.get(line);
      if (runs !== undefined)
        units!.set(
          line,
          lowered(runs, share, ({ net }) => net),
        );
    }
    nets[line]! -= share;
  });
}

export function addPoints(running: Running, shares: readonly number[]): void {
  const points = (running.points ??= running.nets.map(() => 0));
  shares.forEach((share, line) => (points[line]! += share));
}
