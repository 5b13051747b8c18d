import type { FieldFault } from '#kernel/refusal';
import type { Benefit, Definition } from '../rule/definition.ts';
import type { Conflict } from './conflict.ts';
import { type Contradictions, contradictionsOf, type Way } from './contradiction.ts';
import { needOf } from './frame.ts';
import { mostOf } from './range-conflicts.ts';
import { type Report, reported } from './report.ts';
import { isPaidFor, unitOf } from './units.ts';
import { fixedOf, leastRateFor, rateOf } from './worth.ts';

/** Faults of an offer that can never give anything: its conditions exclude each other, or a benefit is nothing. */
export function neverFaults(definition: Definition): FieldFault[] {
  const found = contradictionsOf(definition);
  const open = found.ways.filter(({ conflict }) => conflict === null);
  if (open.length === 0) return once(found.ways.flatMap(({ conflict }) => conflict ?? []));
  return reported((report) => {
    definition.benefits.forEach((benefit, index) => {
      const at = `/benefits/${index}`;
      const dead = unmet(benefit, at, open, found);
      if (dead)
        report(
          dead.pointer,
          `${dead.detail.zh};此项优惠永远不会给出`,
          `${dead.detail.en}; this benefit is never given`,
        );
      else checkWorth(benefit, at, open, report);
      checkWhole(benefit, at, definition, report);
    });
  });
}

/** Parts of the conditions that can never hold, though the whole can: alternatives written in vain. */
export function vainAlternatives(definition: Definition): Conflict[] {
  const { ways } = contradictionsOf(definition);
  const alive = new Set(
    ways.flatMap(({ branch, conflict }) => (conflict ? [] : branch.map(({ pointer }) => pointer))),
  );
  if (alive.size === 0) return [];
  return once(ways.flatMap(({ conflict }) => conflict ?? [])).filter(
    ({ pointer }) => !alive.has(pointer),
  );
}

function once(conflicts: readonly Conflict[]): Conflict[] {
  return [...new Map(conflicts.map((each) => [each.pointer, each])).values()];
}

/** Why no sale that meets the conditions has what the benefit needs; null if one may. */
function unmet(
  benefit: Benefit,
  at: string,
  open: readonly Way[],
  { conflictIn }: Contradictions,
): Conflict | null {
  const need = needOf(benefit, at);
  let first: Conflict | null = null;
  for (const { branch } of open) {
    const conflict = conflictIn([...branch, ...need]);
    if (!conflict) return null;
    first ??= conflict;
  }
  return first;
}

/** A rate of the largest basket that the conditions admit must come to something. */
function checkWorth(benefit: Benefit, at: string, open: readonly Way[], report: Report): void {
  const rate = rateOf(benefit);
  if (!rate) return;
  const need = needOf(benefit, at);
  const most = Math.max(
    ...open.map(({ branch }) => {
      const { gross, net } = mostOf([...branch, ...need]);
      return Math.min(gross, net);
    }),
  );
  if (!Number.isFinite(most) || rate.of(most) > 0) return;
  const least = leastRateFor(rate, most);
  report(
    `${at}/${rate.path}`,
    `条件容许的最大金额为 ${most} 分,按此比率总是得零;须至少 ${least}`,
    `the conditions admit at most ${most} fen, of which this rate always rounds to nothing: must be at least ${least}`,
  );
}

/** Where nothing may be cut, a limit below the fixed amount lets nothing through. */
function checkWhole(benefit: Benefit, at: string, { limits }: Definition, report: Report): void {
  const fixed = fixedOf(benefit);
  if (!fixed || limits.partial_grants || !isPaidFor(benefit)) return;
  const capped = Math.min(fixed.amount, ('cap' in benefit && benefit.cap) || Infinity);
  // Of a small base money is given no more than the base, which is no cut.
  const wanted = unitOf(benefit) === 'fen' ? Math.min(capped, benefit.spend ?? 1) : capped;
  const tight = limits.each.findIndex(({ amount = Infinity }) => amount < wanted);
  if (tight < 0) return;
  report(
    `/limits/each/${tight}/amount`,
    `不允许部分发放时,${at} 须能发放至少 ${wanted},否则永远不会给出`,
    `without partial grants must be at least the ${wanted} of ${at}, or it is never given`,
  );
}
