import type { Bounds, LeafTest } from './condition.ts';
import type { BandName } from './dimension.ts';
import type { Span } from './span-need.ts';

/** What a kind of leaf asks of a number of the sale; null: it asks for something else. */
export type ReadsSpans = (leaf: LeafTest) => readonly Span[] | null;

export const BANDS = {
  gross: (leaf) => (leaf.type === 'basket_amount' ? [spanOf(leaf)] : null),
  quantity: (leaf) => (leaf.type === 'basket_quantity' ? [spanOf(leaf)] : null),
  minute: (leaf) => (leaf.type === 'hours' ? leaf.ranges : null),
} satisfies Record<BandName, ReadsSpans>;

function spanOf({ min, max }: Bounds): Span {
  return { from: min, to: max + 1 };
}
