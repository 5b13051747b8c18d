import type { LeafTest, Test } from './condition.ts';

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
