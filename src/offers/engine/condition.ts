import type { Day } from '#kernel/day';
import type { Condition, Definition, Hours, Leaf, Target } from '../rule/definition.ts';
import type { LineFacts, SaleFacts } from './facts.ts';

/** A choice of lines: a line belongs if any of the sets names it. */
export interface Items {
  readonly skus: ReadonlySet<string>;
  readonly categories: ReadonlySet<string>;
  readonly brands: ReadonlySet<string>;
}

/** Minutes since midnight, from <= minute < to. */
export interface MinuteRange {
  readonly from: number;
  readonly to: number;
}

/** A condition ready to be tested: lists are sets, times are minutes, absent bounds are infinite. */
export type Test =
  | { readonly type: 'day'; readonly from: Day; readonly to: Day }
  | { readonly type: 'weekday'; readonly weekdays: ReadonlySet<number> }
  | { readonly type: 'hours'; readonly ranges: readonly MinuteRange[] }
  | { readonly type: 'store'; readonly stores: ReadonlySet<string> }
  | { readonly type: 'channel'; readonly channels: ReadonlySet<string> }
  | { readonly type: 'member' }
  | { readonly type: 'programme'; readonly programmes: ReadonlySet<string> }
  | { readonly type: 'tier'; readonly tiers: ReadonlySet<string> }
  | { readonly type: 'label'; readonly labels: ReadonlySet<string> }
  | { readonly type: 'tender'; readonly methods: ReadonlySet<string>; readonly every: boolean }
  | { readonly type: 'basket_amount'; readonly min: number; readonly max: number }
  | { readonly type: 'basket_quantity'; readonly min: number; readonly max: number }
  | {
      readonly type: 'contains';
      readonly items: Items;
      readonly quantity: number;
      readonly amount: number;
    }
  | { readonly type: 'target'; readonly items: Items }
  | { readonly type: 'all' | 'any' | 'none'; readonly of: readonly Test[] };

export type LeafTest = Exclude<Test, { readonly of: readonly Test[] }>;

/** The facts with the sums that several conditions ask for. */
export interface View {
  readonly facts: SaleFacts;
  /** fen before discounts. */
  readonly gross: number;
  readonly quantity: number;
}

export const LAST_DAY: Day = '9999-12-31';

/** @throws RangeError on a line whose amount or quantity is not a whole number of at least 0. */
export function viewOf(facts: SaleFacts): View {
  let gross = 0;
  let quantity = 0;
  for (const line of facts.lines) {
    if (!(Number.isSafeInteger(line.amount) && line.amount >= 0 && line.quantity >= 0)) {
      throw new RangeError(`not a sale line: ${line.sku} ${line.quantity} ${line.amount}`);
    }
    gross += line.amount;
    quantity += line.quantity;
  }
  return { facts, gross, quantity };
}

/**
 * Every test of a definition, in the order in which a failure is reported.
 * @param programmes only members of these; absent: whoever the definition admits
 */
export function testsOf(definition: Definition, programmes?: readonly string[]): Test[] {
  const { schedule, scope, audience, conditions } = definition;
  const tests: Test[] = [{ type: 'day', from: schedule.from, to: schedule.to ?? LAST_DAY }];
  if (schedule.weekdays) tests.push({ type: 'weekday', weekdays: new Set(schedule.weekdays) });
  if (schedule.hours) tests.push({ type: 'hours', ranges: rangesOf(schedule.hours) });
  if (scope.stores) tests.push({ type: 'store', stores: new Set(scope.stores) });
  if (scope.channels) tests.push({ type: 'channel', channels: new Set(scope.channels) });
  if (programmes || needsMember(definition)) tests.push({ type: 'member' });
  if (programmes) tests.push({ type: 'programme', programmes: new Set(programmes) });
  if (audience.tiers) tests.push({ type: 'tier', tiers: new Set(audience.tiers) });
  if (audience.labels) tests.push({ type: 'label', labels: new Set(audience.labels) });
  const targets = definition.benefits.map((benefit) => benefit.target);
  if (targets.every((target) => target !== undefined)) {
    tests.push({ type: 'target', items: unionOf(targets) });
  }
  if (conditions) tests.push(prepared(conditions));
  return tests;
}

/** Points and cashback need somebody to receive them, and a limit per member somebody to count. */
function needsMember({ audience, benefits, limits }: Definition): boolean {
  return (
    audience.members_only === true ||
    limits.per_member_day !== undefined ||
    benefits.some((benefit) => benefit.kind !== 'discount')
  );
}

export function prepared(condition: Condition): Test {
  return 'of' in condition
    ? { type: condition.type, of: condition.of.map(prepared) }
    : preparedLeaf(condition);
}

function preparedLeaf(leaf: Leaf): Test {
  switch (leaf.type) {
    case 'basket_amount':
    case 'basket_quantity':
      return { type: leaf.type, min: leaf.min ?? 0, max: leaf.max ?? Infinity };
    case 'contains':
      return {
        type: 'contains',
        items: itemsOf(leaf),
        quantity: leaf.quantity ?? (leaf.amount === undefined ? 1 : 0),
        amount: leaf.amount ?? 0,
      };
    case 'tender':
      return { type: 'tender', methods: new Set(leaf.methods), every: leaf.match !== 'any' };
    case 'tier':
      return { type: 'tier', tiers: new Set(leaf.tiers) };
    case 'label':
      return { type: 'label', labels: new Set(leaf.labels) };
    case 'weekday':
      return { type: 'weekday', weekdays: new Set(leaf.weekdays) };
    case 'hours':
      return { type: 'hours', ranges: rangesOf(leaf.hours) };
  }
}

export function itemsOf(target: Target): Items {
  return {
    skus: new Set(target.skus),
    categories: new Set(target.categories),
    brands: new Set(target.brands),
  };
}

function unionOf(targets: readonly Target[]): Items {
  return itemsOf({
    skus: targets.flatMap((target) => target.skus ?? []),
    categories: targets.flatMap((target) => target.categories ?? []),
    brands: targets.flatMap((target) => target.brands ?? []),
  });
}

function rangesOf(hours: Hours): MinuteRange[] {
  return hours.map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) }));
}

/** "08:30" -> 510; "24:00" -> 1440. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

export function chosen(items: Items, line: LineFacts): boolean {
  return (
    items.skus.has(line.sku) ||
    (line.category !== null && items.categories.has(line.category)) ||
    (line.brand !== null && items.brands.has(line.brand))
  );
}

/** Quantity and gross fen of the lines that `items` chooses. */
export function sumOf(
  items: Items,
  lines: readonly LineFacts[],
): { quantity: number; amount: number } {
  let quantity = 0;
  let amount = 0;
  for (const line of lines) {
    if (!chosen(items, line)) continue;
    quantity += line.quantity;
    amount += line.amount;
  }
  return { quantity, amount };
}

/** Whether a test holds. A tier or label never holds for an anonymous buyer, a tender test never without tenders. */
export function holds(test: Test, view: View): boolean {
  const { facts } = view;
  switch (test.type) {
    case 'day':
      return test.from <= facts.day && facts.day <= test.to;
    case 'weekday':
      return test.weekdays.has(facts.weekday);
    case 'hours':
      return test.ranges.some(({ from, to }) => from <= facts.minute && facts.minute < to);
    case 'store':
      return test.stores.has(facts.store);
    case 'channel':
      return test.channels.has(facts.channel);
    case 'member':
      return facts.member !== null;
    case 'programme':
      return facts.member !== null && test.programmes.has(facts.member.programme);
    case 'tier':
      return facts.member !== null && test.tiers.has(facts.member.tier);
    case 'label':
      return facts.member !== null && facts.member.labels.some((label) => test.labels.has(label));
    case 'tender':
      return tendersHold(test.methods, test.every, facts);
    case 'basket_amount':
      return test.min <= view.gross && view.gross <= test.max;
    case 'basket_quantity':
      return test.min <= view.quantity && view.quantity <= test.max;
    case 'contains': {
      const sum = sumOf(test.items, facts.lines);
      return sum.quantity >= test.quantity && sum.amount >= test.amount;
    }
    case 'target':
      return facts.lines.some((line) => chosen(test.items, line));
    case 'all':
      return test.of.every((inner) => holds(inner, view));
    case 'any':
      return test.of.some((inner) => holds(inner, view));
    case 'none':
      return !test.of.some((inner) => holds(inner, view));
  }
}

function tendersHold(methods: ReadonlySet<string>, every: boolean, facts: SaleFacts): boolean {
  const { tenders } = facts;
  if (tenders.length === 0) return false;
  return every
    ? tenders.every(({ method }) => methods.has(method))
    : tenders.some(({ method }) => methods.has(method));
}
