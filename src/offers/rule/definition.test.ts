import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONDITION_TYPES } from './conditions.ts';
import { anyBenefit } from './benefit.fixture.ts';
import { anyLeaf } from './condition.fixture.ts';
import { anyDefinitionInput } from './definition.fixture.ts';
import { parseDefinition } from './definition.ts';

test('a legal offer is read without a fault, and reading again what was read changes nothing', () => {
  fc.assert(
    fc.property(anyDefinitionInput, (input) => {
      const read = parseDefinition(input);
      expect(read).not.toHaveProperty('faults');
      if ('definition' in read) expect(parseDefinition(read.definition)).toEqual(read);
    }),
    { numRuns: 500 },
  );
});

test('random rules hold every condition and every form of benefit', () => {
  const leaves = fc.sample(anyLeaf, { numRuns: 2_000, seed: 1 });
  expect(new Set(leaves.map(({ type }) => type))).toEqual(new Set(CONDITION_TYPES));
  const forms = fc.sample(anyBenefit, { numRuns: 2_000, seed: 1 }).map((benefit) => {
    if (benefit.kind === 'discount') return `discount ${benefit.off.by}`;
    return 'earn' in benefit ? `${benefit.kind} ${benefit.earn.by}` : benefit.kind;
  });
  expect([...new Set(forms)].toSorted()).toEqual([
    'cashback fixed',
    'cashback rate',
    'cashback tiered',
    'coupon',
    'discount amount',
    'discount bundle',
    'discount buy_get',
    'discount fixed_price',
    'discount nth_item',
    'discount percent',
    'discount tiered',
    'gift',
    'growth fixed',
    'growth per_yuan',
    'points fixed',
    'points multiplier',
    'points per_yuan',
    'points tiered',
  ]);
});
