import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileOffers } from './compile.ts';
import type { DefinitionInput } from '../rule/definition.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { budgetsOf, countersOf } from './reads.ts';
import { exampleOffer } from '../rule/example.ts';
import { explain } from '../words/explain.ts';
import type { Facts } from './facts.ts';
import { anyAdmission, anyItems, anySale, fen, maybe } from './random-rules.fixture.ts';

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
  target: maybe(anyItems),
  spend: maybe(fen),
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
      amount: fen,
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
  benefits: fc.array(benefit, { minLength: 1, maxLength: 2 }),
  limits: fc.record({
    each: fc.array(
      fc.oneof(
        fc.record({
          per: fc.constant('member'),
          window: fc.constant({ type: 'day' }),
          count: maybe(fc.integer({ min: 1, max: 3 })),
          amount: maybe(fc.integer({ min: 1, max: 3_000 })),
        }),
        fc.record({ per: fc.constant('sale'), amount: fc.integer({ min: 1, max: 3_000 }) }),
      ),
      { maxLength: 2 },
    ),
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
const admitted = fc
  .tuple(fields, anyAdmission)
  .map(([terms, admission]) => ({ ...terms, ...admission }));
const versions = fc
  .array(fc.oneof(admitted, relaxed), { maxLength: 40 })
  .map((list) => list.map((each, index) => exampleOffer(`o${index}`, each)));

const runs = { numRuns: 300 };
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

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
    fc.property(versions, anySale, (offers, sale) => {
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
    fc.property(versions, anySale, (offers, sale) => {
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
    fc.property(versions, anySale, (offers, sale) => {
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
    fc.property(versions, fc.array(anySale, { maxLength: 12 }), (offers, sales) => {
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
        const { limits } = set.offers.find(({ id }) => key.startsWith(`offer:${id}:`))!;
        for (const limit of limits.filter(({ per }) => per === 'member')) {
          expect(used.count).toBeLessThanOrEqual(limit.count);
          expect(used.amount).toBeLessThanOrEqual(limit.amount);
        }
      }
    }),
    runs,
  );
});
