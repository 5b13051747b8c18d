import type { LeafTest, Test } from '../engine/condition.ts';
import { testsOf } from '../engine/prepare-tests.ts';
import type { Definition } from '../rule/definition.ts';

/** A dimension in which an offer's conditions can never hold together. */
export type Contradiction =
  | 'basket_amount'
  | 'basket_quantity'
  | 'weekday'
  | 'hours'
  | 'tier'
  | 'tender';

/** Values of one dimension of a sale, and whether a leaf holds for them; null if the leaf asks for something else. */
interface Probe {
  readonly name: Contradiction;
  readonly values: readonly unknown[];
  readonly holds: (leaf: LeafTest, value: unknown) => boolean | null;
  /** True: a sale may show more than one value, so that a leaf can also be false at a value it names. */
  readonly several?: boolean;
}

const OTHER = Symbol('any value that no condition names');

/**
 * The first dimension in which no value at all lets the conditions hold, whatever the rest of the
 * sale; null if there is none. Each dimension is tried alone at every boundary that a condition names.
 */
export function contradictionOf(definition: Definition): Contradiction | null {
  const root: Test = { type: 'all', of: testsOf(definition) };
  for (const probe of probesOf(leavesOf(root), leastSpend(definition))) {
    if (!probe.values.some((value) => reach(root, probe, value).true)) return probe.name;
  }
  return null;
}

function leastSpend({ benefits }: Definition): number {
  return Math.min(...benefits.map(({ spend }) => spend ?? 0));
}

function leavesOf(test: Test): LeafTest[] {
  return 'of' in test ? test.of.flatMap((inner) => leavesOf(inner)) : [test];
}

interface Reach {
  readonly true: boolean;
  readonly false: boolean;
}

/** Which results a test can have at one value of a dimension, the rest of the sale being free. */
function reach(test: Test, probe: Probe, value: unknown): Reach {
  if (!('of' in test)) {
    const held = probe.holds(test, value);
    return held === null
      ? { true: true, false: true }
      : { true: held, false: !held || probe.several === true };
  }
  const inner = test.of.map((each) => reach(each, probe, value));
  switch (test.type) {
    case 'all':
      return { true: inner.every((each) => each.true), false: inner.some((each) => each.false) };
    case 'any':
      return { true: inner.some((each) => each.true), false: inner.every((each) => each.false) };
    case 'none':
      return { true: inner.every((each) => each.false), false: inner.some((each) => each.true) };
  }
}

/** @param least fen that every benefit needs at least, and so the basket too */
function probesOf(leaves: readonly LeafTest[], least: number): Probe[] {
  return [
    bounded('basket_amount', leaves, Math.max(1, least)),
    bounded('basket_quantity', leaves, 1),
    {
      name: 'weekday',
      values: [1, 2, 3, 4, 5, 6, 7],
      holds: (leaf, value) => (leaf.type === 'weekday' ? leaf.weekdays.has(value as number) : null),
    },
    {
      name: 'hours',
      values: [0, ...leaves.flatMap((leaf) => (leaf.type === 'hours' ? edges(leaf) : []))],
      holds: (leaf, value) => (leaf.type === 'hours' ? within(leaf, value as number) : null),
    },
    {
      name: 'tier',
      values: [OTHER, ...leaves.flatMap((leaf) => (leaf.type === 'tier' ? [...leaf.tiers] : []))],
      holds: (leaf, value) => (leaf.type === 'tier' ? leaf.tiers.has(value as string) : null),
    },
    tenders(leaves),
  ];
}

function bounded(
  name: 'basket_amount' | 'basket_quantity',
  leaves: readonly LeafTest[],
  least: number,
): Probe {
  const edge = leaves.flatMap((leaf) =>
    leaf.type === name ? [leaf.min - 1, leaf.min, leaf.max, leaf.max + 1] : [],
  );
  return {
    name,
    values: [least, Number.MAX_SAFE_INTEGER, ...edge].filter(
      (value) => value >= least && Number.isFinite(value),
    ),
    holds: (leaf, value) =>
      leaf.type === name ? leaf.min <= (value as number) && (value as number) <= leaf.max : null,
  };
}

type HoursTest = Extract<LeafTest, { type: 'hours' }>;

function edges({ ranges }: HoursTest): number[] {
  return ranges.flatMap(({ from, to }) => [from, to]).filter((minute) => minute < 1440);
}

function within({ ranges }: HoursTest, minute: number): boolean {
  return ranges.some(({ from, to }) => from <= minute && minute < to);
}

/** Only "all": what a sale of several tenders meets there, it meets with the first of them alone. */
function tenders(leaves: readonly LeafTest[]): Probe {
  const asked = leaves.filter((leaf) => leaf.type === 'tender');
  return {
    name: 'tender',
    values: [OTHER, ...asked.flatMap(({ methods }) => [...methods])],
    holds: (leaf, value) =>
      leaf.type === 'tender' && leaf.every ? leaf.methods.has(value as string) : null,
    several: true,
  };
}
