import { type Items, type View, chosen } from '../engine/condition.ts';
import type { Reach } from './lacking.ts';
import type { Miss } from './miss.ts';

const REACHES: readonly Reach[] = ['spend', 'act', 'later', 'never'];

/** Of several ways the one that asks least of the buyer; the first among equals. */
export function nearestOf(ways: readonly Miss[][], view: View): Miss[] {
  let best: { readonly misses: Miss[]; readonly weight: Weight } | null = null;
  for (const misses of ways) {
    const weight = weightOf(misses, view);
    if (best === null || lighter(weight, best.weight)) best = { misses, weight };
  }
  return best?.misses ?? [];
}

/** How far away a grant is: the hardest reach, fen to spend now, how often to come again, conditions. */
export type Weight = readonly [reach: number, fen: number, later: number, count: number];

export function weightOf(misses: readonly Miss[], view: View): Weight {
  let reach = 0;
  let fen = 0;
  let later = 0;
  for (const miss of misses) {
    reach = Math.max(reach, REACHES.indexOf(miss.reach));
    if (miss.reach === 'spend') fen += costOf(miss, view);
    else later += miss.missing ?? 0;
  }
  return [reach, fen, later, misses.length];
}

export function lighter(one: Weight, other: Weight): boolean {
  const at = one.findIndex((each, index) => each !== other[index]);
  return at >= 0 && one[at]! < other[at]!;
}

/** fen that what is missing costs; goods at the cheapest price of the basket that fits them. */
function costOf({ test, missing, unit }: Miss, view: View): number {
  if (missing === null || unit !== 'items') return missing ?? 0;
  const items = 'items' in test ? test.items : null;
  return missing * unitPrice(items, view);
}

function unitPrice(items: Items | null, { facts, gross, quantity }: View): number {
  const prices = facts.lines.flatMap((line) =>
    line.quantity > 0 && (items === null || chosen(items, line))
      ? [line.amount / line.quantity]
      : [],
  );
  if (prices.length > 0) return Math.ceil(Math.min(...prices));
  return quantity > 0 ? Math.ceil(gross / quantity) : 0;
}

/** The hardest first: what cannot be had before what can, as it stands in the rule among equals. */
export function decisiveFirst(misses: readonly Miss[]): Miss[] {
  return misses.toSorted((a, b) => Number(b.reach === 'never') - Number(a.reach === 'never'));
}
