import type { LineFacts } from './facts.ts';

/** Equal units of a line that lie beside each other. fen per unit. */
export interface UnitRun {
  /** Before any discount. */
  readonly price: number;
  /** Still to pay. */
  readonly net: number;
  readonly count: number;
  /** Bought or given in an offer that uses units up. */
  readonly used: boolean;
}

/** A choice of some units of a run; `weight` is their part of the discount, per unit. */
export interface UnitPick {
  readonly line: number;
  /** Place of the run in its line. */
  readonly run: number;
  readonly count: number;
  readonly weight: number;
  readonly uses: boolean;
}

/**
 * The units of a line: its amount, and what is still to pay of it, divided by largest remainder, ties to
 * the lower index. A line of 3 for 100 has units of 34, 33 and 33.
 */
export function unitsOf({ quantity, amount }: LineFacts, net: number): readonly UnitRun[] {
  const count = Math.floor(quantity);
  if (count < 1) return [];
  const low = Math.floor(amount / count);
  const dearer = amount - low * count;
  const runs = [unitRun(low + 1, dearer), unitRun(low, count - dearer)].filter(
    (run) => run.count > 0,
  );
  return net === amount ? runs : lowered(runs, amount - net, (run) => run.net);
}

function unitRun(price: number, count: number): UnitRun {
  return { price, net: price, count, used: false };
}

/**
 * Takes `total` fen off units in proportion to their weight, by largest remainder, ties to the lower
 * index. No unit goes under zero where no weight is above what is to pay of its unit.
 * @param weightOf per unit of a run
 */
export function lowered(
  runs: readonly UnitRun[],
  total: number,
  weightOf: (run: UnitRun, at: number) => number,
): readonly UnitRun[] {
  if (total === 0) return runs;
  const weights = runs.map(weightOf);
  let sum = 0;
  runs.forEach(({ count }, at) => (sum += weights[at]! * count));
  if (sum === 0) return runs;
  const shares = weights.map((weight) => divided(total, weight, sum));
  let left = total;
  runs.forEach(({ count }, at) => (left -= shares[at]!.whole * count));
  // The runs in the order in which their units get the fen that are left over.
  const order = runs.map((_, at) => at);
  order.sort((a, b) => compare(shares[b]!.rest, shares[a]!.rest) || a - b);
  const more = runs.map(() => 0);
  for (const at of order) {
    more[at] = Math.min(left, shares[at]!.rest === 0n ? 0 : runs[at]!.count);
    left -= more[at];
  }
  return runs.flatMap((run, at) => {
    const off = shares[at]!.whole;
    return [
      { ...run, net: run.net - off - 1, count: more[at]! },
      { ...run, net: run.net - off, count: run.count - more[at]! },
    ].filter(({ count }) => count > 0);
  });
}

function divided(total: number, weight: number, sum: number): { whole: number; rest: bigint } {
  const product = BigInt(total) * BigInt(weight);
  const by = BigInt(sum);
  return { whole: Number(product / by), rest: product % by };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The units of a line after a grant: those picked stand apart, lowered by the line's share of the
 * discount; those that the grant uses up are marked.
 */
export function taken(
  runs: readonly UnitRun[],
  picks: readonly UnitPick[],
  share: number,
): readonly UnitRun[] {
  const apart: UnitRun[] = [];
  const weights: number[] = [];
  runs.forEach((run, at) => {
    let left = run.count;
    for (const pick of picks) {
      if (pick.run !== at) continue;
      apart.push({ ...run, count: pick.count, used: run.used || pick.uses });
      weights.push(pick.weight);
      left -= pick.count;
    }
    if (left === 0) return;
    apart.push({ ...run, count: left });
    weights.push(0);
  });
  return merged(lowered(apart, share, (_, at) => weights[at]!));
}

/** Puts equal neighbours together, so that a line never has more runs than it has kinds of units. */
function merged(runs: readonly UnitRun[]): readonly UnitRun[] {
  const out: UnitRun[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    if (last && last.price === run.price && last.net === run.net && last.used === run.used)
      out[out.length - 1] = { ...last, count: last.count + run.count };
    else out.push(run);
  }
  return out;
}
