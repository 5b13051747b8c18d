import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#kernel/day';
import { compileOffers } from '../engine/compile.ts';
import { evaluate } from '../engine/evaluate.ts';
import { type Test, viewOf } from '../engine/condition.ts';
import type { Facts, History } from '../engine/facts.ts';
import { askedOf, countedIn } from '../engine/history.ts';
import { holds } from '../engine/holds.ts';
import { testsOf } from '../engine/prepare-tests.ts';
import { anyCondition, anyLeaf } from '../rule/condition.fixture.ts';
import { CONDITION_TYPES } from '../rule/conditions.ts';
import type { Condition, DefinitionInput } from '../rule/definition.ts';
import { exampleDefinition } from '../rule/example.ts';
import { anyDefinition } from '../rule/definition.fixture.ts';
import { anyFacts } from '../rule/facts.fixture.ts';
import { world } from '../rule/world.fixture.ts';
import { checkDefinition } from './check.ts';
import { neverFaults } from './never.ts';

/** A purchase before the sale: so many days ago, of one thing. */
const purchase = fc.record({
  ago: fc.integer({ min: 0, max: 120 }),
  amount: fc.integer({ min: 0, max: 9_000 }),
  sku: fc.constantFrom(...world.skus),
});
type Purchase = { readonly ago: number; readonly amount: number; readonly sku: string };

/** What the purchases come to in every window that the tests ask for. */
function historyOf(tests: readonly Test[], facts: Facts, bought: readonly Purchase[]) {
  const history: Record<string, History> = {};
  for (const counted of tests.flatMap(countedIn)) {
    const asked = askedOf(counted, facts);
    if (!asked) continue;
    const { from, target } = asked;
    const within = bought
      .map((each) => ({ ...each, day: addDays(facts.day, -each.ago) }))
      .filter(({ day }) => from === null || day >= from)
      .filter(({ sku }) => target === null || target.skus.includes(sku));
    const days = new Set(within.map(({ day }) => day));
    history[asked.key] = {
      amount: within.reduce((sum, { amount }) => sum + amount, 0),
      count: within.length,
      visits: days.size,
      last: [...days].toSorted().at(-1) ?? null,
    };
  }
  return history;
}

const sales = fc.array(fc.tuple(anyFacts, fc.array(purchase, { maxLength: 6 })), {
  minLength: 15,
  maxLength: 15,
});

/** Two to four conditions of one type, or of any, some of which must not hold. */
const together: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom(...CONDITION_TYPES), fc.boolean())
  .chain(([type, mixed]) =>
    fc.array(
      fc.tuple(mixed ? anyLeaf : anyLeaf.filter((leaf) => leaf.type === type), fc.boolean()),
      { minLength: 2, maxLength: 4 },
    ),
  )
  .map((leaves) => ({
    type: 'all',
    of: leaves.map(([leaf, negated]) => (negated ? { type: 'none', of: [leaf] } : leaf)),
  }));

const RUNS = Number(process.env['RUNS'] ?? 100);

test('no offer whose conditions some sale meets is called impossible', () => {
  let met = 0;
  let called = 0;
  fc.assert(
    fc.property(fc.oneof(anyCondition, together), sales, (conditions, tried) => {
      const definition = exampleDefinition({
        conditions: conditions as NonNullable<DefinitionInput['conditions']>,
      });
      const tests = testsOf(definition);
      const found = checkDefinition(definition);
      if (found.length > 0) called++;
      for (const [facts, bought] of tried) {
        if (facts.lines.every(({ amount }) => amount === 0)) continue;
        const view = viewOf({ ...facts, history: historyOf(tests, facts, bought) });
        if (!tests.every((each) => holds(each, view))) continue;
        met++;
        expect(found).toEqual([]);
      }
    }),
    { numRuns: RUNS },
  );
  expect(met).toBeGreaterThan(RUNS / 2);
  expect(called).toBeGreaterThan(RUNS / 50);
}, 20_000);

test('no benefit that some sale is granted is said to be never given', () => {
  let granted = 0;
  fc.assert(
    fc.property(anyDefinition, sales, (definition, tried) => {
      const faults = neverFaults(definition);
      const tests = testsOf(definition);
      const set = compileOffers([{ offer: 'o', version: 1, status: 'live', definition }]);
      for (const [facts, bought] of tried) {
        const history = historyOf(tests, facts, bought);
        for (const { benefit } of evaluate({ ...facts, history }, set).decisions) {
          granted++;
          const dead = faults.filter(
            ({ pointer, detail }) =>
              pointer.startsWith('/conditions') ||
              `${pointer}/ ${detail.en}`.includes(`/benefits/${benefit}`),
          );
          expect(dead).toEqual([]);
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(granted).toBeGreaterThan(0);
}, 20_000);
