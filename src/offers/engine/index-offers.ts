import type { Day } from '#kernel/day';
import type { LeafTest, Test, View } from './condition.ts';
import { holds } from './holds.ts';
import type { Counted } from './history.ts';
import {
  countedIn,
  itemNeed,
  needsMember,
  setNeed,
  spanNeed,
  type Reads,
  type Span,
} from './needs.ts';

/** One bit per offer, in the set's order. */
export type Bits = Int32Array;

/** For each value the offers that admit it; `any` are the offers that do not ask. */
export interface Dimension {
  readonly any: Bits;
  readonly by: ReadonlyMap<unknown, Bits>;
  /** Room for the offers that admit one of several values. */
  readonly union: Bits;
}

/** The offers that admit a number: `bits[i]` for edges[i] <= number < edges[i + 1]. */
export interface Bands {
  readonly edges: readonly number[];
  readonly bits: readonly Bits[];
}

/** Goods asked for by SKU, category or brand. */
export interface GoodsDimension {
  readonly any: Bits;
  readonly sku: ReadonlyMap<string, Bits>;
  readonly category: ReadonlyMap<string, Bits>;
  readonly brand: ReadonlyMap<string, Bits>;
  /** Room for the offers that admit one of several lines. */
  readonly union: Bits;
}

export type SetName = keyof typeof SETS;
export type BandName = keyof typeof BANDS;

/**
 * Answers which offers may match, by what each necessarily asks for; a superset of those whose tests, but
 * for the late ones, hold.
 */
export interface OfferIndex {
  /** Length of every `Bits`. */
  readonly words: number;
  /** Offers live on a day, remembered per day. */
  readonly liveOn: (day: Day) => Bits;
  /** Offers open to an anonymous buyer; null: all. */
  readonly anonymous: Bits | null;
  /** null where no offer asks. */
  readonly sets: Readonly<Record<SetName, Dimension | null>>;
  readonly bands: Readonly<Record<BandName, Bands | null>>;
  readonly goods: GoodsDimension | null;
  /** Per offer the tests that being a candidate does not imply. */
  readonly rest: readonly (readonly Test[])[];
  /** The same for a sale with one tender and whole pieces. */
  readonly plainRest: readonly (readonly Test[])[];
  /** By rank, for offers that count past sales. */
  readonly counting: ReadonlyMap<number, Counting>;
  /** Room for a search, so that it allocates nothing. */
  readonly asked: { readonly bits: Bits[]; count: number };
}

export interface Counting {
  readonly counted: readonly Counted[];
  /** What must hold for the count to matter. */
  readonly first: readonly Test[];
}

/** What an offer asks for, tested before the sale is decided and when its turn comes. */
export interface Tested {
  readonly tests: readonly Test[];
  readonly lateTests: readonly Test[];
}

/** Digits of a card number by which offers on card numbers are found. */
export const BIN_HEAD = 3;

/** What leaves ask for by value. A sale shows one value of each, or several; an offer asks for one of a set. */
const SETS = {
  store: (leaf) => (leaf.type === 'store' ? leaf.stores : null),
  terminal: (leaf) => (leaf.type === 'terminal' ? leaf.terminals : null),
  channel: (leaf) => (leaf.type === 'channel' ? leaf.channels : null),
  terminalKind: (leaf) => (leaf.type === 'terminal_kind' ? leaf.kinds : null),
  mcc: (leaf) => (leaf.type === 'mcc' ? leaf.codes : null),
  weekday: (leaf) => (leaf.type === 'weekday' ? leaf.weekdays : null),
  dayKind: (leaf) => (leaf.type === 'day_kind' ? leaf.kinds : null),
  programme: (leaf) => (leaf.type === 'programme' ? leaf.programmes : null),
  tier: (leaf) => (leaf.type === 'tier' ? leaf.tiers : null),
  label: (leaf) => (leaf.type === 'label' ? leaf.labels : null),
  method: (leaf) => (leaf.type === 'tender' ? leaf.methods : null),
  issuer: (leaf) => (leaf.type === 'issuer' ? leaf.issuers : null),
  bin: (leaf) => (leaf.type === 'bin' ? headsOf(leaf) : null),
  cardKind: (leaf) => (leaf.type === 'card_kind' ? leaf.kinds : null),
  scheme: (leaf) => (leaf.type === 'scheme' ? leaf.schemes : null),
  wallet: (leaf) => (leaf.type === 'wallet' ? leaf.wallets : null),
  code: (leaf) => (leaf.type === 'code' ? leaf.codes : null),
  coupon: (leaf) => (leaf.type === 'coupon' ? leaf.templates : null),
} as const satisfies Record<string, Reads<unknown>>;

const BANDS = {
  gross: (leaf) => (leaf.type === 'basket_amount' ? [spanOf(leaf)] : null),
  quantity: (leaf) => (leaf.type === 'basket_quantity' ? [spanOf(leaf)] : null),
  minute: (leaf) => (leaf.type === 'hours' ? leaf.ranges : null),
} as const satisfies Record<string, (leaf: LeafTest) => readonly Span[] | null>;

/** Beyond it neighbouring bands are put together, and their offers tested one by one. */
const BANDS_MAX = 1_024;
const DAYS_KEPT = 64;

/** @param offers in the set's order */
export function indexOf(offers: readonly Tested[]): OfferIndex {
  const words = Math.max(1, (offers.length + 31) >>> 5);
  const roots = offers.map(({ tests }): Test => ({ type: 'all', of: tests }));
  const implied = new Set<Test>();
  const plain = new Set<Test>();
  const over = (name: SetName) => dimension(words, roots, SETS[name], implied, plain);
  const along = (name: BandName) => bandsOf(words, roots, BANDS[name], implied);
  const sets = Object.fromEntries(
    Object.keys(SETS).map((name) => [name, over(name as SetName)]),
  ) as OfferIndex['sets'];
  const bands = Object.fromEntries(
    Object.keys(BANDS).map((name) => [name, along(name as BandName)]),
  ) as OfferIndex['bands'];
  const goods = goodsDimension(words, roots, implied, plain);
  return {
    liveOn: liveDays(words, offers, implied),
    anonymous: openToAll(words, roots, implied),
    sets,
    bands,
    goods,
    words,
    rest: offers.map(({ tests }) => tests.filter((test) => !implied.has(test))),
    plainRest: offers.map(({ tests }) =>
      tests.filter((test) => !implied.has(test) && !plain.has(test)),
    ),
    counting: new Map(
      offers.flatMap((offer, rank) => {
        const counting = countingOf(offer, implied);
        return counting.counted.length === 0 ? [] : [[rank, counting] as const];
      }),
    ),
    asked: { bits: [], count: 0 },
  };
}

function countingOf({ tests, lateTests }: Tested, implied: ReadonlySet<Test>): Counting {
  return {
    counted: [...tests, ...lateTests].flatMap((test) => countedIn(test)),
    first: tests.filter((test) => !implied.has(test) && countedIn(test).length === 0),
  };
}

function add(bits: Bits, rank: number): void {
  bits[rank >>> 5]! |= 1 << (rank & 31);
}

function dimension(
  words: number,
  roots: readonly Test[],
  reads: Reads<unknown>,
  implied: Set<Test>,
  plain: Set<Test>,
): Dimension | null {
  const needs = roots.map((root) => setNeed(root, reads));
  if (needs.every((need) => need === null)) return null;
  const any = new Int32Array(words);
  needs.forEach((need, rank) => {
    if (need === null) add(any, rank);
    else if (need.leaf !== null && need.leaf.type !== 'bin')
      (asksOfAll(need.leaf) ? plain : implied).add(need.leaf);
  });
  const by = new Map<unknown, Bits>();
  needs.forEach((need, rank) => {
    for (const value of need?.values ?? []) admit(by, any, value, rank);
  });
  return { any, by, union: new Int32Array(words) };
}

function admit<Value>(by: Map<Value, Bits>, any: Bits, value: Value, rank: number): void {
  let bits = by.get(value);
  if (bits === undefined) by.set(value, (bits = any.slice()));
  add(bits, rank);
}

/** Of several tenders one that shows the value is not enough. */
function asksOfAll(leaf: LeafTest): boolean {
  return 'every' in leaf && leaf.every === true;
}

function goodsDimension(
  words: number,
  roots: readonly Test[],
  implied: Set<Test>,
  plain: Set<Test>,
): GoodsDimension | null {
  const needs = roots.map(itemNeed);
  if (needs.every((need) => need === null)) return null;
  const any = new Int32Array(words);
  needs.forEach((need, rank) => {
    if (need === null) add(any, rank);
    else if (need.leaf?.type === 'target') implied.add(need.leaf);
    else if (need.leaf?.type === 'contains' && need.leaf.quantity <= 1 && need.leaf.amount === 0)
      plain.add(need.leaf);
  });
  const sku = new Map<string, Bits>();
  const category = new Map<string, Bits>();
  const brand = new Map<string, Bits>();
  needs.forEach((need, rank) => {
    if (need === null) return;
    for (const each of need.items.skus) admit(sku, any, each, rank);
    for (const each of need.items.categories) admit(category, any, each, rank);
    for (const each of need.items.brands) admit(brand, any, each, rank);
  });
  return { any, sku, category, brand, union: new Int32Array(words) };
}

function bandsOf(
  words: number,
  roots: readonly Test[],
  reads: (leaf: LeafTest) => readonly Span[] | null,
  implied: Set<Test>,
): Bands | null {
  const needs = roots.map((root) => spanNeed(root, reads));
  if (needs.every((need) => need === null)) return null;
  const all = new Set([-Infinity]);
  for (const { from, to } of needs.flatMap((spans) => spans ?? [])) all.add(from).add(to);
  const exact = [...all].toSorted((a, b) => a - b);
  const every = Math.ceil(exact.length / BANDS_MAX);
  const edges = exact.filter((_, index) => index % every === 0);
  const bits = edges.map((from, band) => {
    const to = edges[band + 1] ?? Infinity;
    const admitted = new Int32Array(words);
    needs.forEach((spans, rank) => {
      if (spans === null || spans.some((span) => span.from < to && from < span.to))
        add(admitted, rank);
    });
    return admitted;
  });
  if (every === 1) for (const leaf of ownLeaves(roots)) if (reads(leaf) !== null) implied.add(leaf);
  return { edges, bits };
}

/** Leaves that stand alone among an offer's tests, not within a group. */
function ownLeaves(roots: readonly Test[]): LeafTest[] {
  return roots.flatMap((root) =>
    'of' in root ? root.of.filter((test): test is LeafTest => !('of' in test)) : [],
  );
}

function spanOf({ min, max }: { min: number; max: number }): Span {
  return { from: min, to: max + 1 };
}

/** The first digits that a card of one of the ranges can have. */
function headsOf({ ranges }: Extract<LeafTest, { type: 'bin' }>): ReadonlySet<string> {
  const heads = new Set<string>();
  for (const { from, to } of ranges) {
    const last = Number(to.slice(0, BIN_HEAD));
    for (let head = Number(from.slice(0, BIN_HEAD)); head <= last; head++)
      heads.add(String(head).padStart(BIN_HEAD, '0'));
  }
  return heads;
}

function openToAll(words: number, roots: readonly Test[], implied: Set<Test>): Bits | null {
  if (!roots.some(needsMember)) return null;
  const bits = new Int32Array(words);
  roots.forEach((root, rank) => {
    if (!needsMember(root)) add(bits, rank);
  });
  for (const leaf of ownLeaves(roots)) if (leaf.type === 'member') implied.add(leaf);
  return bits;
}

const OF_DAYS: ReadonlySet<Test['type']> = new Set<Test['type']>([
  'day',
  'blackout',
  'days_of_month',
]);

function liveDays(
  words: number,
  offers: readonly Tested[],
  implied: Set<Test>,
): (day: Day) => Bits {
  const asked = offers.map(({ tests }) => tests.filter((test) => OF_DAYS.has(test.type)));
  for (const test of asked.flat()) implied.add(test);
  const remembered = new Map<Day, Bits>();
  return (day) => {
    let bits = remembered.get(day);
    if (bits !== undefined) return bits;
    bits = new Int32Array(words);
    const view = { facts: { day } } as View;
    for (const [rank, tests] of asked.entries()) {
      if (tests.every((test) => holds(test, view))) add(bits, rank);
    }
    if (remembered.size >= DAYS_KEPT) remembered.clear();
    remembered.set(day, bits);
    return bits;
  };
}
