import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileOffers } from './compile.ts';
import { viewOf } from './condition.ts';
import type { Condition, DefinitionInput } from '../rule/definition.ts';
import { budgetsOf, countersOf, evaluate, matching, type Evaluation } from './evaluate.ts';
import { exampleOffer, exampleSale } from '../rule/example.ts';
import { explain } from '../words/explain.ts';
import type { Facts, LineFacts } from './facts.ts';

const stores = ['s1', 's2'];
const skus = ['k1', 'k2', 'k3'];
const categories = ['c1', 'c2'];
const brands = ['b1', 'b2'];
const tiers = ['silver', 'gold'];
const labels = ['l1', 'l2'];
const methods = ['cash', 'card', 'wallet'];

const some = <T>(from: readonly T[]) => fc.subarray<T>([...from], { minLength: 1 });
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined });
const amount = fc.integer({ min: 1, max: 20_000 });

const line: fc.Arbitrary<LineFacts> = fc.record({
  sku: fc.constantFrom(...skus),
  category: fc.constantFrom(...categories, null),
  brand: fc.constantFrom(...brands, null),
  quantity: fc.integer({ min: 1, max: 5 }),
  amount: fc.integer({ min: 0, max: 20_000 }),
});

const facts: fc.Arbitrary<Facts> = fc
  .record({
    store: fc.constantFrom(...stores),
    channel: fc.constantFrom('pos', 'api', 'import'),
    day: fc.constantFrom('2026-11-20', '2026-11-21', '2026-11-22'),
    weekday: fc.integer({ min: 1, max: 7 }),
    minute: fc.integer({ min: 0, max: 1439 }),
    lines: fc.array(line, { maxLength: 5 }),
    member: fc.option(
      fc.record({
        id: fc.constantFrom('m1', 'm2'),
        programme: fc.constant('p'),
        tier: fc.constantFrom(...tiers, 'plain'),
        labels: fc.subarray(labels),
        joined: fc.constant('2026-01-01'),
      }),
    ),
    tenders: fc.array(fc.record({ method: fc.constantFrom(...methods), amount }), { maxLength: 2 }),
    budgets: fc.record({ x: fc.nat(3_000), y: fc.nat(3_000) }),
  })
  .map((fields) => exampleSale(fields as Partial<Facts>));

const items = fc
  .record({
    skus: maybe(some(skus)),
    categories: maybe(some(categories)),
    brands: maybe(some(brands)),
  })
  .filter((each) => Boolean(each.skus ?? each.categories ?? each.brands));
const hours = fc.constantFrom(
  [{ from: '08:00', to: '12:00' }],
  [
    { from: '00:00', to: '06:00' },
    { from: '18:00', to: '24:00' },
  ],
);

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ type: fc.constant('basket_amount'), min: maybe(amount), max: maybe(amount) }),
  fc.record({ type: fc.constant('basket_quantity'), min: fc.integer({ min: 1, max: 9 }) }),
  fc
    .tuple(items, maybe(fc.integer({ min: 1, max: 4 })), maybe(amount))
    .map(([chosen, quantity, least]) => ({
      type: 'contains',
      ...chosen,
      quantity,
      amount: least,
    })),
  fc.record({
    type: fc.constant('tender'),
    methods: some(methods),
    match: maybe(fc.constantFrom('all', 'any')),
  }),
  fc.record({ type: fc.constant('tier'), tiers: some(tiers) }),
  fc.record({ type: fc.constant('label'), labels: some(labels) }),
  fc.record({ type: fc.constant('weekday'), weekdays: some([1, 2, 3, 4, 5, 6, 7]) }),
  fc.record({ type: fc.constant('hours'), hours }),
) as fc.Arbitrary<Condition>;
const group = (inner: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
  fc.record({
    type: fc.constantFrom('all', 'any', 'none'),
    of: fc.array(inner, { minLength: 1, maxLength: 3 }),
  });
const condition = fc.oneof(leaf, group(leaf), group(fc.oneof(leaf, group(leaf))));

const merchant = [{ party: 'merchant', share: 1_000_000 }] as const;
const fundings = [
  merchant,
  [
    { party: 'funder', funder_org: 9, budget: 'x', share: 700_000 },
    { party: 'merchant', share: 300_000 },
  ],
  [
    { party: 'funder', funder_org: 9, budget: 'x', share: 333_333 },
    { party: 'funder', funder_org: 8, budget: 'y', share: 333_333 },
    { party: 'merchant', share: 333_334 },
  ],
] as const;
const rate = fc.integer({ min: 1, max: 1_000_000 });
const common = {
  target: maybe(items),
  spend: maybe(amount),
  cap: maybe(fc.integer({ min: 1, max: 3_000 })),
};
const benefit = fc.oneof(
  fc.record({
    ...common,
    kind: fc.constant('discount'),
    off: fc.record({ by: fc.constant('percent'), rate }),
    funding: fc.constantFrom(...fundings),
  }),
  fc.record({
    ...common,
    kind: fc.constant('discount'),
    off: fc.record({
      by: fc.constant('amount'),
      amount,
      times: maybe(fc.integer({ min: 1, max: 4 })),
    }),
    funding: fc.constantFrom(...fundings),
  }),
  fc.record({
    ...common,
    kind: fc.constant('cashback'),
    earn: fc.record({ by: fc.constant('rate'), rate }),
    funding: fc.constantFrom(...fundings),
  }),
  fc.record({
    ...common,
    kind: fc.constant('points'),
    earn: fc.record({ by: fc.constant('per_yuan'), rate: fc.integer({ min: 1, max: 5_000_000 }) }),
    expiry: fc.constant({ type: 'none' }),
    funding: fc.constant(merchant),
  }),
);
const fields = fc.record({
  priority: fc.nat(5),
  schedule: fc.record({
    from: fc.constantFrom('2026-01-01', '2026-11-21'),
    to: maybe(fc.constantFrom('2026-11-20', '2026-11-21', '2026-12-31')),
    weekdays: maybe(some([1, 2, 3, 4, 5, 6, 7])),
  }),
  scope: fc.record({
    stores: maybe(some(stores)),
    channels: maybe(some(['pos', 'api', 'import'])),
  }),
  audience: fc.record({
    members_only: maybe(fc.boolean()),
    tiers: maybe(some(tiers)),
    labels: maybe(some(labels)),
  }),
  conditions: maybe(condition),
  benefits: fc.array(benefit, { minLength: 1, maxLength: 2 }),
  limits: fc.record({
    per_member_day: maybe(
      fc.record({
        count: maybe(fc.integer({ min: 1, max: 3 })),
        amount: maybe(fc.integer({ min: 1, max: 3_000 })),
      }),
    ),
    per_sale: maybe(fc.integer({ min: 1, max: 3_000 })),
    partial_grants: fc.boolean(),
  }),
  stacking: fc.record({
    group: fc.constantFrom(undefined, undefined, 'g', 'h'),
    pick: fc.constantFrom('best', 'first'),
  }),
}) as unknown as fc.Arbitrary<Partial<DefinitionInput>>;
const relaxed = fields.map(
  ({ benefits, limits, stacking, priority }) =>
    ({ benefits, limits, stacking, priority }) as Partial<DefinitionInput>,
);
const versions = fc
  .array(fc.oneof(fields, relaxed), { maxLength: 40 })
  .map((list) => list.map((each, index) => exampleOffer(`o${index}`, each)));

const runs = { numRuns: 300 };
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** The rule read naively, from the definition as written and without index or compilation. */
function matchesNaively(
  written: ReturnType<typeof exampleOffer>['definition'],
  sale: Facts,
): boolean {
  const { schedule, scope, audience, benefits, limits } = written;
  const { member } = sale;
  const inTarget = (
    { sku, category, brand }: LineFacts,
    of: {
      skus?: string[] | undefined;
      categories?: string[] | undefined;
      brands?: string[] | undefined;
    },
  ) =>
    (of.skus ?? []).includes(sku) ||
    (of.categories ?? []).includes(String(category)) ||
    (of.brands ?? []).includes(String(brand));
  const inHours = (list: readonly { from: string; to: string }[]) => {
    const now = `${String(Math.floor(sale.minute / 60)).padStart(2, '0')}:${String(sale.minute % 60).padStart(2, '0')}`;
    return list.some(({ from, to }) => from <= now && now < to);
  };
  const gross = sum(sale.lines.map((each) => each.amount));
  const count = sum(sale.lines.map((each) => each.quantity));
  const between = (value: number, min?: number, max?: number) =>
    value >= (min ?? 0) && value <= (max ?? Infinity);
  const is = (each: Condition): boolean => {
    switch (each.type) {
      case 'all':
        return each.of.map(is).every(Boolean);
      case 'any':
        return each.of.map(is).some(Boolean);
      case 'none':
        return each.of.map(is).every((held) => !held);
      case 'basket_amount':
        return between(gross, each.min, each.max);
      case 'basket_quantity':
        return between(count, each.min, each.max);
      case 'contains': {
        const lines = sale.lines.filter((one) => inTarget(one, each));
        if (lines.length === 0) return false;
        return (
          sum(lines.map((one) => one.quantity)) >= (each.quantity ?? 1) &&
          sum(lines.map((one) => one.amount)) >= (each.amount ?? 0)
        );
      }
      case 'tender': {
        const held = sale.tenders.map(({ method }) => each.methods.includes(method));
        return (
          held.length > 0 && (each.match === 'any' ? held.includes(true) : !held.includes(false))
        );
      }
      case 'tier':
        return member !== null && each.tiers.includes(member.tier);
      case 'label':
        return member !== null && member.labels.some((label) => each.labels.includes(label));
      case 'weekday':
        return each.weekdays.includes(sale.weekday);
      case 'hours':
        return inHours(each.hours);
    }
  };
  const forMembers =
    audience.members_only === true ||
    limits.per_member_day !== undefined ||
    benefits.some(({ kind }) => kind !== 'discount');
  return [
    schedule.from <= sale.day && (schedule.to === undefined || sale.day <= schedule.to),
    !schedule.weekdays || schedule.weekdays.includes(sale.weekday),
    !schedule.hours || inHours(schedule.hours),
    !scope.stores || scope.stores.includes(sale.store),
    !scope.channels || scope.channels.includes(sale.channel),
    !forMembers || member !== null,
    !audience.tiers || is({ type: 'tier', tiers: audience.tiers }),
    !audience.labels || is({ type: 'label', labels: audience.labels }),
    benefits.some(({ target }) => !target) ||
      sale.lines.some((each) => benefits.some(({ target }) => inTarget(each, target!))),
    !written.conditions || is(written.conditions),
  ].every(Boolean);
}

test('the index finds exactly the offers that a naive reading of the rules finds', () => {
  fc.assert(
    fc.property(versions, facts, (offers, sale) => {
      const found = matching(viewOf(sale), compileOffers(offers)).map(({ id }) => id);
      const naive = offers
        .filter(({ definition }) => matchesNaively(definition, sale))
        .map(({ offer }) => offer);
      expect(found.toSorted()).toEqual(naive.toSorted());
    }),
    { numRuns: 600 },
  );
});

function checkSums(sale: Facts, { gross, discount, due, lines, decisions }: Evaluation): void {
  expect(due).toBeGreaterThanOrEqual(0);
  expect(gross - discount).toBe(due);
  expect(sum(lines.map(({ net }) => net))).toBe(due);
  const discounts = decisions.filter(({ kind }) => kind === 'discount');
  lines.forEach(({ amount: base, discount: off, net }, index) => {
    expect(base).toBe(sale.lines[index]!.amount);
    expect(net).toBe(base - off);
    expect(net).toBeGreaterThanOrEqual(0);
    expect(sum(discounts.map(({ lineShares }) => lineShares[index]!))).toBe(off);
  });
  for (const decision of decisions) {
    expect(decision.amount).toBeGreaterThan(0);
    expect(decision.amount).toBeLessThanOrEqual(decision.wanted);
    expect(decision.partly !== undefined).toBe(decision.amount < decision.wanted);
    expect(sum(decision.lineShares)).toBe(decision.amount);
    expect(sum(decision.funding.map((part) => part.amount))).toBe(decision.amount);
    for (const part of [...decision.lineShares, ...decision.funding.map((each) => each.amount)]) {
      expect(Number.isSafeInteger(part) && part >= 0).toBe(true);
    }
  }
}

test('every split is exact, nothing is negative, groups give one, budgets are not overdrawn, the same facts decide the same', () => {
  fc.assert(
    fc.property(versions, facts, (offers, sale) => {
      const set = compileOffers(offers);
      const result = evaluate(sale, set);
      checkSums(sale, result);
      expect(evaluate(structuredClone(sale), compileOffers(offers.toReversed()))).toEqual(result);
      for (const name of ['g', 'h']) {
        const inGroup = set.offers.filter(({ group: each }) => each === name).map(({ id }) => id);
        const winners = new Set(
          result.decisions.map(({ offer }) => offer).filter((id) => inGroup.includes(id)),
        );
        expect(winners.size).toBeLessThanOrEqual(1);
      }
      const parts = result.decisions.flatMap(({ funding }) => funding);
      for (const [budget, left] of Object.entries(sale.budgets)) {
        expect(
          sum(parts.filter((part) => part.budget === budget).map((part) => part.amount)),
        ).toBeLessThanOrEqual(left);
      }
    }),
    runs,
  );
});

test('explain and evaluate agree on every offer, and every offer has a sentence', () => {
  fc.assert(
    fc.property(versions, facts, (offers, sale) => {
      const set = compileOffers(offers);
      const { decisions } = evaluate(sale, set);
      const explained = explain(sale, set);
      expect(explained.map(({ offer }) => offer)).toEqual(set.offers.map(({ id }) => id));
      for (const each of explained) {
        const own = decisions.filter(({ offer }) => offer === each.offer);
        expect(each.decisions).toEqual(own);
        expect(each.outcome !== 'not').toBe(own.length > 0);
        expect(each.text.zh.length * each.text.en.length).toBeGreaterThan(0);
        expect(`${each.text.zh}${each.text.en}`).not.toMatch(/undefined|NaN|Infinity/);
        if (each.reason === 'lost')
          expect(decisions.some(({ offer }) => offer === each.lostTo)).toBe(true);
        if (each.missing !== null) expect(each.missing).toBeGreaterThan(0);
      }
    }),
    runs,
  );
});

test('only the counters and budgets named beforehand are read', () => {
  fc.assert(
    fc.property(versions, facts, (offers, sale) => {
      const set = compileOffers(offers);
      const read = new Set<string>();
      const spied = <T extends object>(record: T): T =>
        new Proxy(record, {
          get: (target, key) => (read.add(String(key)), Reflect.get(target, key)),
        });
      const { decisions } = evaluate(
        { ...sale, usage: spied({}), budgets: spied(sale.budgets) },
        set,
      );
      const named = new Set([...countersOf(sale, set), ...budgetsOf(sale, set)]);
      for (const key of read) expect(named).toContain(key);
      for (const { counters } of decisions)
        for (const { key } of counters) expect(named).toContain(key);
    }),
    runs,
  );
});

test('fed back sale after sale, no member passes a limit of the day and no budget goes under zero', () => {
  fc.assert(
    fc.property(versions, fc.array(facts, { maxLength: 12 }), (offers, sales) => {
      const set = compileOffers(offers);
      const usage: Record<string, { count: number; amount: number }> = {};
      const budgets: Record<string, number> = { x: 2_000, y: 1_500 };
      for (const sale of sales) {
        for (const { counters, funding } of evaluate({ ...sale, usage, budgets }, set).decisions) {
          for (const { key, count, amount: used } of counters) {
            const was = usage[key] ?? { count: 0, amount: 0 };
            usage[key] = { count: was.count + count, amount: was.amount + used };
          }
          for (const { budget, amount: part } of funding) if (budget) budgets[budget]! -= part;
        }
      }
      for (const left of Object.values(budgets)) expect(left).toBeGreaterThanOrEqual(0);
      for (const [key, used] of Object.entries(usage)) {
        const { memberDay } = set.offers.find(({ id }) => key.startsWith(`offer:${id}:`))!;
        expect(used.count).toBeLessThanOrEqual(memberDay!.count);
        expect(used.amount).toBeLessThanOrEqual(memberDay!.amount);
      }
    }),
    runs,
  );
});
