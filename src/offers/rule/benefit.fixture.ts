import fc from 'fast-check';
import type { DefinitionInput } from './definition.ts';
import { anyWindow } from './condition.fixture.ts';
import { anyFunding } from './funding.fixture.ts';
import { anyItems, anyMoney, world } from './world.fixture.ts';

type BenefitInput = DefinitionInput['benefits'][number];

const ppm = fc.integer({ min: 1, max: 1_000_000 });
const perYuan = fc.integer({ min: 1, max: 5_000_000 });
const few = fc.integer({ min: 1, max: 4 });
const points = fc.integer({ min: 1, max: 500 });
const rounding = fc.constantFrom('down', 'half_up');

const timing = fc.oneof(
  fc.constant({ type: 'instant' }),
  fc.record({ type: fc.constant('business_days'), days: fc.integer({ min: 1, max: 10 }) }),
  fc.record(
    {
      type: fc.constant('cumulative'),
      window: anyWindow,
      reach: fc
        .record({ amount: anyMoney, count: few }, { requiredKeys: [] })
        .filter((reach) => Object.keys(reach).length > 0),
      whose: fc.constantFrom('member', 'card'),
    },
    { requiredKeys: ['type', 'window', 'reach'] },
  ),
  fc.record(
    {
      type: fc.constant('after_last'),
      days: fc.integer({ min: 1, max: 10 }),
      whose: fc.constantFrom('member', 'card'),
    },
    { requiredKeys: ['type', 'days'] },
  ),
);

const expiry = fc.oneof(
  fc.constant({ type: 'none' }),
  fc.record(
    {
      type: fc.constant('rolling'),
      days: fc.integer({ min: 1, max: 400 }),
      round_up_to: fc.constantFrom('month', 'quarter', 'year'),
    },
    { requiredKeys: ['type', 'days'] },
  ),
  fc.record({ type: fc.constant('end_of_year'), years: fc.integer({ min: 0, max: 3 }) }),
  fc.constant({ type: 'date', day: '2028-12-31' }),
);

/** Ascending steps, each with a rate or an amount. */
function steps(rate: fc.Arbitrary<number>, amount: fc.Arbitrary<number>) {
  return fc
    .array(
      fc.oneof(
        rate.map((each) => ({ rate: each })),
        amount.map((each) => ({ amount: each })),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .chain((gives) =>
      fc.uniqueArray(anyMoney, { minLength: gives.length, maxLength: gives.length }).map((from) => {
        const sorted = from.toSorted((a, b) => a - b);
        return gives.map((give, index) => ({ from: sorted[index]!, ...give }));
      }),
    );
}

const target = { target: anyItems };
const spend = { spend: anyMoney };
const common = { ...target, ...spend };
type Fields = Record<string, fc.Arbitrary<unknown>>;
const optional = (fixed: Fields, at_will: Fields) =>
  fc.record(
    { ...fixed, ...at_will },
    {
      requiredKeys: Object.keys(fixed),
    },
  );
const by = (name: string) => ({ by: fc.constant(name) });

/** Discounts of every form. */
export const anyDiscount = (() => {
  const select = {
    select: fc.record({ order: fc.constantFrom('cheapest', 'dearest'), units: few }),
  };
  const form = (off: fc.Arbitrary<unknown>, more: object = {}) =>
    optional({ kind: fc.constant('discount'), off }, { cap: anyMoney, ...common, ...more });
  const amountOff = fc
    .tuple(anyMoney, fc.integer({ min: 1, max: 9_000 }), few)
    .chain(([amount, more, times]) =>
      fc.constantFrom(
        { off: { by: 'amount', amount } },
        { off: { by: 'amount', amount }, spend: amount + more },
        { off: { by: 'amount', amount, times }, spend: amount + more },
      ),
    );
  const bundle = fc.record({
    ...by('bundle'),
    parts: fc.array(
      fc.tuple(anyItems, few).map(([items, quantity]) => ({ ...items, quantity })),
      { minLength: 1, maxLength: 3 },
    ),
    price: anyMoney,
  });
  return fc.oneof(
    form(optional({ ...by('percent'), rate: ppm }, { rounding }), select),
    fc
      .tuple(amountOff, fc.record({ ...target, cap: anyMoney }, { requiredKeys: [] }))
      .map(([off, more]) => ({ kind: 'discount', ...off, ...more })),
    form(optional({ ...by('fixed_price'), price: fc.nat(5_000) }, { units: few }), select),
    form(optional({ ...by('tiered'), steps: steps(ppm, anyMoney) }, { rounding })),
    form(
      optional(
        { ...by('nth_item'), nth: fc.integer({ min: 2, max: 4 }), rate: ppm },
        { times: few, rounding },
      ),
    ),
    form(
      optional(
        { ...by('buy_get'), buy: few, get: few, rate: ppm },
        { of: anyItems, times: few, rounding },
      ),
    ),
    optional({ kind: fc.constant('discount'), off: bundle }, { cap: anyMoney }),
  );
})() as fc.Arbitrary<BenefitInput>;

/** Points, growth value and cashback of every form, with every timing and expiry. */
export const anyEarning = (() => {
  const pointsEarn = fc.oneof(
    optional({ ...by('per_yuan'), rate: perYuan }, { rounding }),
    fc.record({ ...by('fixed'), amount: points }),
    optional(
      { ...by('multiplier'), factor: fc.integer({ min: 1_000_001, max: 5_000_000 }) },
      { rounding },
    ),
    optional({ ...by('tiered'), steps: steps(perYuan, points) }, { rounding }),
  );
  const growthEarn = fc.oneof(
    optional({ ...by('per_yuan'), rate: perYuan }, { rounding }),
    fc.record({ ...by('fixed'), amount: points }),
  );
  const cashbackEarn = fc.oneof(
    optional({ ...by('rate'), rate: ppm }, { rounding }),
    fc.record({ ...by('fixed'), amount: anyMoney }),
    optional({ ...by('tiered'), steps: steps(ppm, anyMoney) }, { rounding }),
  );
  const kind = (name: string) => ({ kind: fc.constant(name) });
  return fc.oneof(
    // Points are never paid from a budget: their payers stand with them.
    optional(
      { ...kind('points'), earn: pointsEarn, expiry, funding: anyFunding(false) },
      { cap: points, timing, ...common },
    ),
    optional({ ...kind('growth'), earn: growthEarn }, { cap: points, ...common }),
    optional(
      { ...kind('cashback'), earn: cashbackEarn },
      {
        to: fc.constantFrom('consumer', 'merchant'),
        cap: anyMoney,
        timing,
        funding: anyFunding(true),
        ...common,
      },
    ),
  );
})() as fc.Arbitrary<BenefitInput>;

const anyThing = fc.oneof(
  optional(
    { kind: fc.constant('coupon'), template: fc.constantFrom(...world.templates), quantity: few },
    common,
  ),
  optional(
    { kind: fc.constant('gift'), sku: fc.constantFrom(...world.skus), quantity: few },
    common,
  ),
) as fc.Arbitrary<BenefitInput>;

export const anyBenefit: fc.Arbitrary<BenefitInput> = fc.oneof(
  { arbitrary: anyDiscount, weight: 3 },
  { arbitrary: anyEarning, weight: 3 },
  { arbitrary: anyThing, weight: 1 },
);

/** At most three, of one unit or several. */
export const anyBenefits = fc.array(anyBenefit, { minLength: 1, maxLength: 3 });
