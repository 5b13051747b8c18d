import type { LeafTest, MinuteRange, Test } from './condition.ts';

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
