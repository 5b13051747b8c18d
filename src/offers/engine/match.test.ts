import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleOffer } from '../rule/example.ts';
import type { DefinitionInput } from '../rule/definition.ts';
import { historyOf } from './ask-history.ts';
import { compileOffers } from './compile.ts';
import { viewOf } from './condition.ts';
import { holds } from './holds.ts';
import { matchesNaively } from './match-naively.fixture.ts';
import { matching } from './match.ts';
import { anyAdmission, anyItems, anySale, maybe, randomPast } from './random-rules.fixture.ts';

type Gives = DefinitionInput['benefits'][number];

const benefit = fc
  .tuple(fc.constantFrom('discount', 'growth', 'consumer', 'merchant'), maybe(anyItems))
  .map(([gives, target]): Gives => {
    const aimed = target && { target };
    if (gives === 'discount')
      return { kind: 'discount', off: { by: 'percent', rate: 1 }, ...aimed };
    if (gives === 'growth') return { kind: 'growth', earn: { by: 'fixed', amount: 1 }, ...aimed };
    return { kind: 'cashback', to: gives, earn: { by: 'fixed', amount: 1 }, ...aimed };
  });
const benefits = fc.array(benefit, { minLength: 1, maxLength: 2 });
const versions = fc
  .array(fc.tuple(anyAdmission, benefits), { minLength: 10, maxLength: 40, size: 'max' })
  .map((list) =>
    list.map(([admission, gives], index) =>
      exampleOffer(`o${index}`, { ...admission, benefits: gives }),
    ),
  );

test('the index and the tests it leaves find what a naive reading of every rule finds', () => {
  fc.assert(
    fc.property(versions, anySale, (offers, facts) => {
      const set = compileOffers(offers);
      const history = Object.fromEntries(
        historyOf(facts, set).map(({ key, ...asked }) => [key, randomPast(asked)]),
      );
      const view = viewOf({ ...facts, history });
      const found = matching(view, set)
        .filter(({ lateTests }) => lateTests.every((late) => holds(late, view)))
        .map(({ id }) => id);
      const naive = offers
        .filter(({ definition }) => matchesNaively(definition, facts, randomPast))
        .map(({ offer }) => offer);
      expect(found.toSorted()).toEqual(naive.toSorted());
    }),
    { numRuns: 200 },
  );
});
