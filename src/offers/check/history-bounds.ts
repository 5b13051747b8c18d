import type { Leaf, Window } from '../rule/definition.ts';
import type { Branch, Literal } from './branches.ts';
import { windowWithin } from './check-limits.ts';
import { perLeaf } from './per-leaf.ts';
import type { Bound, Numbers } from './range.ts';
import { boundOf } from './sale-bounds.ts';

type HistoryLeaf = Extract<Leaf, { type: 'history' }>;

const DAYS = { day: 1, week: 7, month: 31, quarter: 92, year: 366, total: Infinity } as const;

/** What conditions say of each history that one of them asks for. */
export function historyBounds(branch: Branch, needsMember: boolean): Numbers[] {
  const found = new Map<string, HistoryLeaf>();
  for (const { leaf, negated } of branch) {
    if (leaf.type !== 'history') continue;
    if (!negated || (needsMember && leaf.whose !== 'card'))
      found.set(`${seriesOf(leaf)} ${JSON.stringify(leaf.window)}`, leaf);
  }
  return [...found.values()].map((asked) => ({
    what: { zh: '历史累计', en: 'history of purchases' },
    // The sale itself counts, unless only some goods do.
    least: asked.measure === 'amount' || asked.target ? 0 : 1,
    bounds: [...daysBound(branch, asked), ...branch.flatMap((each) => boundsOn(asked, each))],
  }));
}

/** Whose purchases of what are counted how. */
const seriesOf = perLeaf((leaf) => {
  if (leaf.type !== 'history') return '';
  const { whose = 'member', measure, target } = leaf;
  return JSON.stringify([whose, measure, target ?? null]);
});

/** There are no more days with a sale than the window has days. */
function daysBound(branch: Branch, { measure, window }: HistoryLeaf): Bound[] {
  const literal = branch.find(({ leaf }) => leaf.type === 'history');
  return measure === 'visits' && literal ? [{ min: 0, max: daysIn(window), literal }] : [];
}

function daysIn(window: Window): number {
  return window.type === 'rolling' ? window.days : DAYS[window.type];
}

/** What a condition says of a history: of its own, or of one that holds it or is held by it. */
function boundsOn(asked: HistoryLeaf, literal: Literal): Bound[] {
  const { leaf, negated } = literal;
  if (leaf.type !== 'history' || seriesOf(leaf) !== seriesOf(asked)) return [];
  const least = leastOf(leaf);
  if (same(leaf.window, asked.window)) {
    if (leaf.every === undefined) return [boundOf(literal, leaf)];
    // An amount passes a multiple anywhere; a count stands on it.
    const every = leaf.measure === 'amount' ? 1 : leaf.every;
    if (negated && leaf.measure === 'amount') return [];
    return [{ ...boundOf(literal, { min: least, max: leaf.max }), every }];
  }
  if (negated) return [];
  if (windowWithin(leaf.window, asked.window)) return [{ min: least, max: Infinity, literal }];
  if (windowWithin(asked.window, leaf.window))
    return [{ min: 0, max: leaf.max ?? Infinity, literal }];
  return [];
}

function leastOf({ min = 0, every = 0 }: HistoryLeaf): number {
  return Math.max(min, every);
}

function same(a: Window, b: Window): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
