import type { Day } from '#kernel/day';
import type { Items, Test } from './condition.ts';
import type { SaleFacts } from './facts.ts';

/** One bit per offer, in the set's order. */
type Bits = Int32Array;

/** For each value the offers that admit it; `any` are the offers that do not ask. */
interface Dimension<Value> {
  readonly any: Bits;
  readonly by: ReadonlyMap<Value, Bits>;
}

/** Answers which offers may match, by what each necessarily asks for; a superset of those that do. */
export interface OfferIndex {
  readonly words: number;
  /** Offers live on a day, remembered per day. */
  readonly liveOn: (day: Day) => Bits;
  /** Offers open to an anonymous buyer. */
  readonly anonymous: Bits;
  readonly store: Dimension<string>;
  readonly channel: Dimension<string>;
  readonly weekday: Dimension<number>;
  readonly programme: Dimension<string>;
  readonly tier: Dimension<string>;
  readonly label: Dimension<string>;
  readonly method: Dimension<string>;
  readonly sku: Dimension<string>;
  readonly category: Dimension<string>;
  readonly brand: Dimension<string>;
}

const DAYS_KEPT = 64;
const MEMBER_TESTS = new Set<Test['type']>(['member', 'programme', 'tier', 'label']);

/** @param offers the tests of each offer, in the set's order. */
export function indexOf(offers: readonly (readonly Test[])[]): OfferIndex {
  const words = Math.max(1, (offers.length + 31) >>> 5);
  const root = offers.map((tests): Test => ({ type: 'all', of: tests }));
  const items = root.map((test) => itemNeed(test));
  const anonymous = new Int32Array(words);
  root.forEach((test, rank) => {
    if (!needsMember(test)) add(anonymous, rank);
  });
  const over = <Value>(read: (test: Test) => ReadonlySet<Value> | null): Dimension<Value> =>
    dimension(
      words,
      root.map((test) => need(test, read)),
    );
  return {
    words,
    liveOn: liveDays(words, offers),
    anonymous,
    store: over((test) => (test.type === 'store' ? test.stores : null)),
    channel: over((test) => (test.type === 'channel' ? test.channels : null)),
    weekday: over((test) => (test.type === 'weekday' ? test.weekdays : null)),
    programme: over((test) => (test.type === 'programme' ? test.programmes : null)),
    tier: over((test) => (test.type === 'tier' ? test.tiers : null)),
    label: over((test) => (test.type === 'label' ? test.labels : null)),
    method: over((test) => (test.type === 'tender' ? test.methods : null)),
    sku: dimension(
      words,
      items.map((need) => need && need.skus),
    ),
    category: dimension(
      words,
      items.map((need) => need && need.categories),
    ),
    brand: dimension(
      words,
      items.map((need) => need && need.brands),
    ),
  };
}

/** Ranks of the offers that may match, ascending. */
export function candidates(index: OfferIndex, facts: SaleFacts): number[] {
  const bits = index.liveOn(facts.day).slice();
  meet(bits, index.store, facts.store);
  meet(bits, index.channel, facts.channel);
  meet(bits, index.weekday, facts.weekday);
  const { member } = facts;
  if (member === null) {
    for (let word = 0; word < bits.length; word++) bits[word]! &= index.anonymous[word]!;
  } else {
    meet(bits, index.programme, member.programme);
    meet(bits, index.tier, member.tier);
    if (index.label.by.size > 0) meetAny(bits, index.label, member.labels);
  }
  if (index.method.by.size > 0) {
    const { tenders } = facts;
    if (tenders.length === 1) meet(bits, index.method, tenders[0]!.method);
    else
      meetAny(
        bits,
        index.method,
        tenders.map((tender) => tender.method),
      );
  }
  meetLines(bits, index, facts);
  return ranksOf(bits);
}

function meet<Value>(bits: Bits, { any, by }: Dimension<Value>, value: Value): void {
  const admitted = by.get(value) ?? any;
  for (let word = 0; word < bits.length; word++) bits[word]! &= admitted[word]!;
}

function meetAny<Value>(bits: Bits, { any, by }: Dimension<Value>, values: readonly Value[]): void {
  const admitted = any.slice();
  for (const value of values) join(admitted, by.get(value));
  for (let word = 0; word < bits.length; word++) bits[word]! &= admitted[word]!;
}

function meetLines(bits: Bits, { sku, category, brand }: OfferIndex, facts: SaleFacts): void {
  if (sku.by.size === 0 && category.by.size === 0 && brand.by.size === 0) return;
  // The three maps share one `any`: an offer that asks for items asks through one of them.
  const admitted = sku.any.slice();
  for (const line of facts.lines) {
    join(admitted, sku.by.get(line.sku));
    if (line.category !== null) join(admitted, category.by.get(line.category));
    if (line.brand !== null) join(admitted, brand.by.get(line.brand));
  }
  for (let word = 0; word < bits.length; word++) bits[word]! &= admitted[word]!;
}

function join(into: Bits, bits: Bits | undefined): void {
  if (bits === undefined) return;
  for (let word = 0; word < into.length; word++) into[word]! |= bits[word]!;
}

function ranksOf(bits: Bits): number[] {
  const ranks: number[] = [];
  for (let word = 0; word < bits.length; word++) {
    let rest = bits[word]!;
    while (rest !== 0) {
      const lowest = rest & -rest;
      ranks.push((word << 5) + 31 - Math.clz32(lowest));
      rest ^= lowest;
    }
  }
  return ranks;
}

function add(bits: Bits, rank: number): void {
  bits[rank >>> 5]! |= 1 << (rank & 31);
}

/** @param needs per offer the values it asks for; null if it does not ask. */
function dimension<Value>(
  words: number,
  needs: readonly (ReadonlySet<Value> | null)[],
): Dimension<Value> {
  const any = new Int32Array(words);
  needs.forEach((values, rank) => {
    if (values === null) add(any, rank);
  });
  const by = new Map<Value, Bits>();
  needs.forEach((values, rank) => {
    for (const value of values ?? []) {
      let bits = by.get(value);
      if (bits === undefined) by.set(value, (bits = any.slice()));
      add(bits, rank);
    }
  });
  return { any, by };
}

function liveDays(words: number, offers: readonly (readonly Test[])[]): (day: Day) => Bits {
  const remembered = new Map<Day, Bits>();
  return (day) => {
    let bits = remembered.get(day);
    if (bits !== undefined) return bits;
    bits = new Int32Array(words);
    for (const [rank, tests] of offers.entries()) {
      const out = tests.some(
        (test) => test.type === 'day' && !(test.from <= day && day <= test.to),
      );
      if (!out) add(bits, rank);
    }
    if (remembered.size >= DAYS_KEPT) remembered.clear();
    remembered.set(day, bits);
    return bits;
  };
}

/** Values of which the sale must show at least one for the test to hold; null if it need not. */
function need<Value>(
  test: Test,
  read: (leaf: Test) => ReadonlySet<Value> | null,
): ReadonlySet<Value> | null {
  if (!('of' in test)) return read(test);
  if (test.type === 'none') return null;
  const inner = test.of.map((child) => need(child, read));
  if (test.type === 'all') {
    const asked = inner.filter((values) => values !== null);
    return asked.length === 0 ? null : asked.reduce((a, b) => (b.size < a.size ? b : a));
  }
  const union = new Set<Value>();
  for (const values of inner) {
    if (values === null) return null;
    for (const value of values) union.add(value);
  }
  return union;
}

function itemNeed(test: Test): Items | null {
  if (!('of' in test))
    return test.type === 'contains' || test.type === 'target' ? test.items : null;
  if (test.type === 'none') return null;
  const inner = test.of.map((child) => itemNeed(child));
  if (test.type === 'all') {
    const asked = inner.filter((items) => items !== null);
    return asked.length === 0 ? null : asked.reduce((a, b) => (sizeOf(b) < sizeOf(a) ? b : a));
  }
  const asked = inner.filter((items) => items !== null);
  if (asked.length < inner.length) return null;
  return {
    skus: new Set(asked.flatMap((items) => [...items.skus])),
    categories: new Set(asked.flatMap((items) => [...items.categories])),
    brands: new Set(asked.flatMap((items) => [...items.brands])),
  };
}

function sizeOf({ skus, categories, brands }: Items): number {
  return skus.size + categories.size + brands.size;
}

function needsMember(test: Test): boolean {
  if (!('of' in test)) return MEMBER_TESTS.has(test.type);
  if (test.type === 'none') return false;
  return test.type === 'all' ? test.of.some(needsMember) : test.of.every(needsMember);
}
