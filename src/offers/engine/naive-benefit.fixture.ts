import type { Benefit, Definition, Target } from '../rule/definition.ts';
import type { Facts } from './facts.ts';
import { inTarget } from './match-naively.fixture.ts';
import { rounded, sharedOut, total } from './naive-numbers.fixture.ts';
import {
  allOf,
  atFixedPrice,
  buyAndGet,
  cheapest,
  dearest,
  everyNth,
  type Found,
  inBundles,
  type Mark,
  piecesOf,
  type Unit,
} from './naive-units.fixture.ts';

/** What is still to pay at a till, line by line and, where single pieces were discounted, piece by piece. */
export interface Basket {
  readonly sale: Facts;
  readonly nets: number[];
  readonly pieces: (Unit[] | null)[];
  /** Points granted so far per line. */
  readonly points: number[];
}

/** What a benefit would give if nothing bounded it. */
export interface Wanted {
  readonly wanted: number;
  /** The most that can be taken off. */
  readonly most: number;
  readonly weights: readonly number[];
  readonly marks: readonly Mark[] | null;
  /** fen to pay per line of the target. */
  readonly nets: readonly number[];
  /** The pieces that the marks are of, per line. */
  readonly pieces: readonly Unit[][];
}

export function basketOf(sale: Facts): Basket {
  return {
    sale,
    nets: sale.lines.map(({ amount }) => amount),
    pieces: sale.lines.map(() => null),
    points: sale.lines.map(() => 0),
  };
}

export function piecesIn({ sale, nets, pieces }: Basket, line: number): Unit[] {
  return pieces[line] ?? piecesOf(sale.lines[line]!, line, nets[line]!);
}

function unitsIn(basket: Basket, target: Target | undefined): Unit[] {
  return basket.sale.lines.flatMap((line, at) =>
    target === undefined || inTarget(line, target) ? piecesIn(basket, at) : [],
  );
}

/** What the benefit gives of the basket; null for nothing. */
export function wantedOf(benefit: Benefit, rule: Definition, asIs: Basket): Wanted | null {
  const pieces = asIs.sale.lines.map((_, line) => piecesIn(asIs, line));
  const found = measuredOn(benefit, rule, { ...asIs, pieces });
  return found && { ...found, pieces };
}

/** Takes a discount off its lines, and off the pieces that it falls on. */
export function takeOff(basket: Basket, shares: readonly number[], wants: Wanted): void {
  shares.forEach((share, line) => {
    basket.nets[line]! -= share;
    const marks = wants.marks?.filter(({ unit }) => unit.line === line) ?? [];
    const pieces = marks.length > 0 ? wants.pieces[line]! : basket.pieces[line]!;
    basket.pieces[line] = pieces;
    if (pieces === null) return;
    const weights = pieces.map((piece) =>
      marks.length === 0
        ? piece.net
        : total(marks.filter(({ unit }) => unit === piece).map(({ weight }) => weight)),
    );
    if (share > 0)
      sharedOut(share, weights).forEach((off, at) => {
        pieces[at]!.net -= off;
      });
    for (const { unit, uses } of marks) if (uses) unit.uses++;
  });
}

function measuredOn(
  benefit: Benefit,
  { stacking }: Definition,
  basket: Basket,
): Omit<Wanted, 'pieces'> | null {
  const { sale } = basket;
  const { target, spend = 0 } = benefit;
  const inside = sale.lines.map((line) => target === undefined || inTarget(line, target));
  const nets = basket.nets.map((net, line) => (inside[line] ? net : 0));
  const net = total(nets);
  if (net === 0 || net < spend) return null;
  if (benefit.kind === 'discount') {
    const initial = stacking.base === 'initial';
    const gross = total(sale.lines.map(({ amount }, line) => (inside[line] ? amount : 0)));
    return discounted(benefit, basket, { nets, net, base: initial ? gross : net, initial });
  }
  if ('quantity' in benefit)
    return { wanted: benefit.quantity, most: Infinity, weights: nets, marks: null, nets };
  const { earn } = benefit;
  if (earn.by === 'multiplier') {
    const points = basket.points.map((each, line) => (inside[line] ? each : 0));
    const wanted = rounded(
      total(points),
      earn.factor - 1_000_000,
      1_000_000,
      earn.rounding ?? 'down',
    );
    return wanted === 0 ? null : { wanted, most: Infinity, weights: points, marks: null, nets };
  }
  const wanted = earned(benefit, net);
  const bound = benefit.kind === 'cashback' && !isOnce(benefit) ? net : Infinity;
  return wanted === 0 ? null : { wanted, most: bound, weights: nets, marks: null, nets };
}

/** A fixed amount that is granted once a window. */
export function isOnce(benefit: Benefit): boolean {
  return (
    'timing' in benefit && benefit.timing?.type === 'cumulative' && benefit.earn.by === 'fixed'
  );
}

type Earning = Extract<Benefit, { earn: unknown }>;

function earned({ kind, earn }: Earning, net: number): number {
  const [under, unlessSaid] =
    kind === 'cashback' ? ([1_000_000, 'half_up'] as const) : ([100_000_000, 'down'] as const);
  switch (earn.by) {
    case 'fixed':
      return earn.amount;
    case 'rate':
    case 'per_yuan':
      return rounded(net, earn.rate, under, earn.rounding ?? unlessSaid);
    case 'tiered':
      return stepped(earn.steps, net, (rate) =>
        rounded(net, rate, under, earn.rounding ?? unlessSaid),
      );
    case 'multiplier':
      throw new Error('is of points, not of fen');
  }
}

interface Step {
  readonly from: number;
  readonly rate?: number | undefined;
  readonly amount?: number | undefined;
}

/** The highest step reached decides for the whole base. */
function stepped(steps: readonly Step[], base: number, at: (rate: number) => number): number {
  const reached = steps.filter(({ from }) => from <= base).sort((a, b) => b.from - a.from)[0];
  if (reached === undefined) return 0;
  return reached.rate === undefined ? reached.amount! : at(reached.rate);
}

type Discount = Extract<Benefit, { kind: 'discount' }>;

interface Measure {
  readonly nets: readonly number[];
  readonly net: number;
  /** What a rate measures on, and which step is reached. */
  readonly base: number;
  readonly initial: boolean;
}

function discounted(
  benefit: Discount,
  basket: Basket,
  measure: Measure,
): Omit<Wanted, 'pieces'> | null {
  const { off, select, spend } = benefit;
  const { nets, net, base } = measure;
  const found =
    select !== undefined || !['percent', 'amount', 'tiered'].includes(off.by)
      ? foundIn(benefit, basket, measure)
      : { marks: null, base, most: net, off: null };
  if (found === null) return null;
  let wanted = found.off ?? 0;
  if (off.by === 'amount')
    wanted =
      off.amount * (spend === undefined ? 1 : Math.min(Math.floor(net / spend), off.times ?? 1));
  else if (off.by === 'tiered')
    wanted = stepped(off.steps, base, (rate) => rounded(found.base, rate, 1_000_000, off.rounding));
  else if ('rate' in off) wanted = rounded(found.base, off.rate, 1_000_000, off.rounding);
  if (wanted === 0) return null;
  const { marks } = found;
  const ofLine = (line: number) =>
    total(marks?.filter(({ unit }) => unit.line === line).map(({ weight }) => weight) ?? []);
  const weights = marks === null ? nets : nets.map((_, line) => ofLine(line));
  return { wanted, most: found.most, weights, marks, nets };
}

function foundIn(
  { off, select, target }: Discount,
  basket: Basket,
  { initial }: Measure,
): Found | null {
  const value = (unit: Unit) => (initial ? unit.price : unit.net);
  const all = unitsIn(basket, target);
  const order = select?.order === 'cheapest' ? cheapest : dearest;
  const units = select === undefined ? all : order(all, value).slice(0, select.units);
  switch (off.by) {
    case 'fixed_price':
      return atFixedPrice(off, units);
    case 'nth_item':
      return everyNth(off, units, value);
    case 'buy_get':
      return buyAndGet(off, units, off.of === undefined ? units : unitsIn(basket, off.of), value);
    case 'bundle':
      return inBundles(off, units, ({ line }, part) => inTarget(basket.sale.lines[line]!, part));
    case 'percent':
    case 'amount':
    case 'tiered':
      return allOf(units, value);
  }
}
