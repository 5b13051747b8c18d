import type { Condition, Definition, Hours, Leaf, Target } from '../rule/definition.ts';
import {
  LAST_DAY,
  type BinRange,
  type Items,
  type LeafTest,
  type MinuteRange,
  type Test,
} from './condition.ts';

/**
 * Every test of a definition, in the order in which a failure is reported; a condition that is an "all"
 * stands as its parts. Those that `isLate` names are decided when the offer's turn comes.
 * @param programmes only members of these; absent: whoever the definition admits
 */
export function testsOf(definition: Definition, programmes?: readonly string[]): Test[] {
  return [
    ...scheduleTests(definition),
    ...scopeTests(definition),
    ...audienceTests(definition, programmes),
    ...targetTests(definition),
    ...(definition.conditions ? conjuncts(prepared(definition.conditions)) : []),
  ];
}

function scheduleTests({ schedule }: Definition): Test[] {
  const tests: Test[] = [{ type: 'day', from: schedule.from, to: schedule.to ?? LAST_DAY }];
  if (schedule.blackout) tests.push({ type: 'blackout', ranges: schedule.blackout });
  if (schedule.day_kinds) tests.push({ type: 'day_kind', kinds: new Set(schedule.day_kinds) });
  if (schedule.weekdays) tests.push({ type: 'weekday', weekdays: new Set(schedule.weekdays) });
  if (schedule.hours) tests.push({ type: 'hours', ranges: rangesOf(schedule.hours) });
  return tests;
}

function scopeTests({ scope }: Definition): Test[] {
  const tests: Test[] = [];
  if (scope.stores) tests.push({ type: 'store', stores: new Set(scope.stores) });
  if (scope.terminals) tests.push({ type: 'terminal', terminals: new Set(scope.terminals) });
  if (scope.channels) tests.push({ type: 'channel', channels: new Set(scope.channels) });
  return tests;
}

function audienceTests(definition: Definition, programmes?: readonly string[]): Test[] {
  const { audience } = definition;
  const tests: Test[] = [];
  if (programmes || needsMember(definition)) tests.push({ type: 'member' });
  if (programmes) tests.push({ type: 'programme', programmes: new Set(programmes) });
  if (audience.tiers) tests.push({ type: 'tier', tiers: new Set(audience.tiers) });
  if (audience.labels) tests.push({ type: 'label', labels: new Set(audience.labels) });
  if (audience.hold_out) tests.push({ type: 'hold_out', ...audience.hold_out });
  return tests;
}

/** An offer whose every benefit is for some goods asks for one of them. */
function targetTests({ benefits }: Definition): Test[] {
  const targets = benefits.map((benefit) => benefit.target);
  return targets.every((target) => target !== undefined)
    ? [{ type: 'target', items: unionOf(targets) }]
    : [];
}

/** What is kept for a member needs one, and a limit per member somebody to count. */
function needsMember({ audience, benefits, limits }: Definition): boolean {
  return (
    audience.members_only === true ||
    limits.each.some(({ per }) => per === 'member') ||
    benefits.some(
      (benefit) =>
        benefit.kind === 'points' ||
        benefit.kind === 'growth' ||
        benefit.kind === 'coupon' ||
        (benefit.kind === 'cashback' && benefit.to !== 'merchant'),
    )
  );
}

function conjuncts(test: Test): Test[] {
  return test.type === 'all' ? test.of.flatMap(conjuncts) : [test];
}

export function prepared(condition: Condition): Test {
  return 'of' in condition
    ? { type: condition.type, of: condition.of.map(prepared) }
    : preparedLeaf(condition);
}

function preparedLeaf(leaf: Leaf): LeafTest {
  switch (leaf.type) {
    case 'basket_amount':
      return { type: leaf.basis === 'net' ? 'basket_net' : 'basket_amount', ...boundsOf(leaf) };
    case 'basket_quantity':
      return { type: 'basket_quantity', ...boundsOf(leaf) };
    case 'contains':
      return {
        type: 'contains',
        items: itemsOf(leaf),
        quantity: leaf.quantity ?? (leaf.amount === undefined ? 1 : 0),
        amount: leaf.amount ?? 0,
      };
    case 'unit_price':
      return {
        type: 'unit_price',
        which: leaf.which,
        items: leaf.target ? itemsOf(leaf.target) : null,
        ...boundsOf(leaf),
      };
    case 'terminal_kind':
      return { type: 'terminal_kind', kinds: new Set(leaf.kinds) };
    case 'mcc':
      return { type: 'mcc', codes: new Set(leaf.codes) };
    case 'code':
      return { type: 'code', codes: new Set(leaf.codes.map((code) => code.toUpperCase())) };
    case 'coupon':
      return { type: 'coupon', templates: new Set(leaf.templates) };
    case 'weekday':
      return { type: 'weekday', weekdays: new Set(leaf.weekdays) };
    case 'hours':
      return { type: 'hours', ranges: rangesOf(leaf.hours) };
    case 'day_kind':
      return { type: 'day_kind', kinds: new Set(leaf.kinds) };
    case 'days_of_month':
      return { type: 'days_of_month', days: new Set(leaf.days) };
    case 'tender':
    case 'issuer':
    case 'bin':
    case 'card_kind':
    case 'scheme':
    case 'wallet':
      return preparedTender(leaf);
    case 'tier':
    case 'label':
    case 'member_for':
    case 'birthday':
    case 'nth_purchase':
    case 'days_since_last':
    case 'history':
      return preparedBuyer(leaf);
  }
}

type TenderLeaf = Extract<Leaf, { match?: 'all' | 'any' | undefined }>;

function preparedTender(leaf: TenderLeaf): LeafTest {
  const every = leaf.match !== 'any';
  switch (leaf.type) {
    case 'tender':
      return { type: 'tender', methods: new Set(leaf.methods), every };
    case 'issuer':
      return { type: 'issuer', issuers: new Set(leaf.issuers), every };
    case 'bin': {
      const prefixes = (leaf.prefixes ?? []).map((prefix): BinRange => ({
        from: prefix,
        to: prefix,
      }));
      return { type: 'bin', ranges: [...prefixes, ...(leaf.ranges ?? [])], every };
    }
    case 'card_kind':
      return { type: 'card_kind', kinds: new Set(leaf.kinds), every };
    case 'scheme':
      return { type: 'scheme', schemes: new Set(leaf.schemes), every };
    case 'wallet':
      return { type: 'wallet', wallets: new Set(leaf.wallets), every };
  }
}

type BuyerLeaf = Extract<
  Leaf,
  {
    type:
      | 'tier'
      | 'label'
      | 'member_for'
      | 'birthday'
      | 'nth_purchase'
      | 'days_since_last'
      | 'history';
  }
>;

function preparedBuyer(leaf: BuyerLeaf): LeafTest {
  switch (leaf.type) {
    case 'tier':
      return { type: 'tier', tiers: new Set(leaf.tiers) };
    case 'label':
      return { type: 'label', labels: new Set(leaf.labels) };
    case 'member_for':
      return { type: 'member_for', min: leaf.min_days ?? 0, max: leaf.max_days ?? Infinity };
    case 'birthday':
      return leaf.within.type === 'month'
        ? { type: 'birthday', month: true }
        : {
            type: 'birthday',
            month: false,
            before: leaf.within.before,
            after: leaf.within.after,
          };
    case 'nth_purchase':
      return { type: 'nth_purchase', numbers: new Set(leaf.numbers), every: leaf.every ?? 0 };
    case 'days_since_last':
      return { type: 'days_since_last', ...boundsOf(leaf) };
    case 'history':
      return {
        type: 'history',
        whose: leaf.whose ?? 'member',
        measure: leaf.measure,
        window: leaf.window,
        items: leaf.target ? itemsOf(leaf.target) : null,
        every: leaf.every ?? 0,
        ...boundsOf(leaf),
      };
  }
}

function boundsOf({ min, max }: { min?: number | undefined; max?: number | undefined }) {
  return { min: min ?? 0, max: max ?? Infinity };
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
