import type { Items, LeafTest, MinuteRange, Test } from './condition.ts';
import { ALL_SALES, type Counted } from './history.ts';

/** What a kind of leaf asks of the sale, one value of the set at least; null: it asks for something else. */
export type Reads<Value> = (leaf: LeafTest) => ReadonlySet<Value> | null;

/** Values of which the sale must show at least one, and the one test that says so where it is a leaf. */
export interface SetNeed<Value> {
  readonly values: ReadonlySet<Value>;
  readonly leaf: LeafTest | null;
}

/** Values of which the sale must show at least one for a test to hold; null if it need not. */
export function setNeed<Value>(test: Test, reads: Reads<Value>): SetNeed<Value> | null {
  if (!('of' in test)) {
    const values = reads(test);
    return values === null ? null : { values, leaf: test };
  }
  if (test.type === 'none') return null;
  const inner = test.of.map((child) => setNeed(child, reads));
  if (test.type === 'all') {
    const asked = inner.filter((need) => need !== null);
    return asked.length === 0
      ? null
      : asked.reduce((a, b) => (b.values.size < a.values.size ? b : a));
  }
  const union = new Set<Value>();
  for (const need of inner) {
    if (need === null) return null;
    for (const value of need.values) union.add(value);
  }
  return { values: union, leaf: null };
}

/** As `setNeed`, of goods: at least one line is chosen. */
export function itemNeed(test: Test): { items: Items; leaf: LeafTest | null } | null {
  if (!('of' in test)) {
    const goods = test.type === 'contains' || test.type === 'target' || test.type === 'unit_price';
    return goods && test.items !== null ? { items: test.items, leaf: test } : null;
  }
  if (test.type === 'none') return null;
  const inner = test.of.map((child) => itemNeed(child));
  const asked = inner.filter((need) => need !== null);
  if (test.type === 'all') {
    return asked.length === 0
      ? null
      : asked.reduce((a, b) => (sizeOf(b.items) < sizeOf(a.items) ? b : a));
  }
  if (asked.length < inner.length) return null;
  const union = {
    skus: new Set(asked.flatMap(({ items }) => [...items.skus])),
    categories: new Set(asked.flatMap(({ items }) => [...items.categories])),
    brands: new Set(asked.flatMap(({ items }) => [...items.brands])),
  };
  return { items: union, leaf: null };
}

function sizeOf({ skus, categories, brands }: Items): number {
  return skus.size + categories.size + brands.size;
}

/** from <= value < to. */
export type Span = MinuteRange;

/** Spans of a number of the sale outside which a test cannot hold; null if it asks for none. */
export function spanNeed(
  test: Test,
  reads: (leaf: LeafTest) => readonly Span[] | null,
): readonly Span[] | null {
  if (!('of' in test)) return reads(test);
  if (test.type === 'none') return null;
  const inner = test.of.map((child) => spanNeed(child, reads));
  const asked = inner.filter((spans) => spans !== null);
  if (test.type === 'all') return asked.length === 0 ? null : asked.reduce(common);
  return asked.length < inner.length ? null : asked.flat();
}

function common(one: readonly Span[], other: readonly Span[]): readonly Span[] {
  const others = merged(other);
  return merged(one).flatMap((a) =>
    others
      .map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }))
      .filter(({ from, to }) => from < to),
  );
}

/** The same numbers, each in one span only. */
function merged(spans: readonly Span[]): readonly Span[] {
  const apart: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else apart.push({ from, to });
  }
  return apart;
}

/** Which sales are counted by the tests within a test. */
export function countedIn(test: Test): readonly Counted[] {
  if ('of' in test) return test.of.flatMap(countedIn);
  if (test.type === 'nth_purchase' || test.type === 'days_since_last') return [ALL_SALES];
  return test.type === 'history' ? [test] : [];
}

/** Types of tests that never hold for an anonymous buyer. */
const OF_MEMBERS: ReadonlySet<Test['type']> = new Set<Test['type']>([
  'member',
  'programme',
  'tier',
  'label',
  'member_for',
  'birthday',
  'nth_purchase',
  'days_since_last',
]);

export function needsMember(test: Test): boolean {
  if (!('of' in test))
    return OF_MEMBERS.has(test.type) || (test.type === 'history' && test.whose === 'member');
  if (test.type === 'none') return false;
  return test.type === 'all' ? test.of.some(needsMember) : test.of.every(needsMember);
}
