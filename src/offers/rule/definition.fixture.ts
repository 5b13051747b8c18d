import fc from 'fast-check';
import { anyBenefits } from './benefit.fixture.ts';
import { anyCondition, anyWindow } from './condition.fixture.ts';
import { definition, type Definition, type DefinitionInput } from './definition.ts';
import { anyFunding } from './funding.fixture.ts';
import { anyHours, anyMoney, some, world } from './world.fixture.ts';

const kinds = ['holiday', 'workday', 'rest'] as const;

/** Holds on most days of `worldDays`. */
const schedule = fc.record(
  {
    from: fc.constantFrom('2025-06-01', '2026-01-01', '2026-02-28'),
    to: fc.constantFrom('2026-11-21', '2026-12-31', '2027-12-31'),
    weekdays: some([1, 2, 3, 4, 5, 6, 7]),
    hours: anyHours,
    day_kinds: some(kinds),
    blackout: fc.constantFrom<{ from: string; to: string }[]>(
      [{ from: '2026-11-11', to: '2026-11-11' }],
      [
        { from: '2026-02-01', to: '2026-02-28' },
        { from: '2026-10-10', to: '2026-10-10' },
      ],
    ),
  },
  { requiredKeys: ['from'] },
);

const scope = fc.record(
  {
    stores: some(world.stores),
    terminals: some(world.terminals),
    channels: some(['pos', 'api', 'import'] as const),
  },
  { requiredKeys: [] },
);

const audience = fc.record(
  {
    members_only: fc.boolean(),
    tiers: some(world.tiers),
    labels: some(world.labels),
    hold_out: fc.record({
      share: fc.integer({ min: 1, max: 500_000 }),
      salt: fc.constantFrom('s1', 's2'),
    }),
  },
  { requiredKeys: [] },
);

const perSale = fc.constantFrom('sale', 'line');
const perWindow = fc.constantFrom('member', 'card', 'device', 'store', 'terminal', 'offer');
const count = fc.integer({ min: 1, max: 5 });

/** @param amounts whether the offer's benefits have one unit, so that an amount means something */
function limits(amounts: boolean): fc.Arbitrary<NonNullable<DefinitionInput['limits']>> {
  const room = amounts
    ? fc
        .record({ count, amount: anyMoney }, { requiredKeys: [] })
        .filter((each) => Object.keys(each).length > 0)
    : fc.record({ count });
  const windowed = fc
    .tuple(perWindow, anyWindow, room)
    .map(([per, window, most]) => ({ per, window, ...most }));
  const direct = fc.tuple(perSale, anyMoney).map(([per, amount]) => ({ per, amount }));
  const each = fc.uniqueArray(amounts ? fc.oneof(windowed, direct) : windowed, {
    maxLength: 3,
    selector: (limit) => JSON.stringify([limit.per, 'window' in limit ? limit.window : null]),
  });
  return fc.record({ each, partial_grants: fc.boolean() });
}

function stacking(discounts: boolean): fc.Arbitrary<NonNullable<DefinitionInput['stacking']>> {
  const group = { group: fc.constantFrom('g1', 'g2') };
  return fc
    .tuple(
      fc.oneof(
        fc.constant({}),
        fc.record({ ...group, pick: fc.constantFrom('best', 'first') }),
        fc.record({ ...group, pick: fc.constant('all'), most: fc.integer({ min: 1, max: 3 }) }),
      ),
      fc.record(
        {
          ...(discounts && { lane: fc.constantFrom('line', 'order', 'tender') }),
          base: fc.constantFrom('initial', 'running'),
          not_with: fc.constantFrom<string[]>(['OTHER'], ['OTHER', 'THIRD']),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([one, other]) => ({ ...one, ...other }));
}

const clawback = fc.record({
  retest: fc.constantFrom('none', 'threshold'),
  shortage: fc.constantFrom('member_debt', 'from_refund', 'payer'),
  coupon: fc.constantFrom('restore', 'reissue', 'forfeit'),
}) as fc.Arbitrary<NonNullable<DefinitionInput['clawback']>>;

function unitOf({ kind }: DefinitionInput['benefits'][number]): string {
  return kind === 'discount' || kind === 'cashback' ? 'fen' : kind;
}

/** An offer as somebody may write it: every field, legal by itself and with its neighbours, over `world`. */
export const anyDefinitionInput: fc.Arbitrary<DefinitionInput> = anyBenefits.chain((benefits) =>
  fc.record(
    {
      code: fc.constantFrom('A', 'B', 'C'),
      name: fc.constant({ zh: '示例', en: 'Example' }),
      priority: fc.integer({ min: 0, max: 5 }),
      schedule,
      scope,
      audience,
      conditions: anyCondition,
      benefits: fc.constant(benefits),
      funding: anyFunding(true),
      limits: limits(new Set(benefits.map(unitOf)).size === 1),
      stacking: stacking(benefits.every(({ kind }) => kind === 'discount')),
      clawback,
      disclosures: fc.constant([{ zh: '最终解释以门店公示为准。', en: 'Ask at the till.' }]),
    },
    { requiredKeys: ['code', 'name', 'schedule', 'benefits'] },
  ),
) as fc.Arbitrary<DefinitionInput>;

/** As `anyDefinitionInput`, read: with the defaults filled in. */
export const anyDefinition: fc.Arbitrary<Definition> = anyDefinitionInput.map((input) =>
  definition.parse(input),
);

/** As `anyDefinition`, for any time, place and buyer but what its conditions say: many sales match it. */
export const anyOpenDefinition: fc.Arbitrary<Definition> = anyDefinition.map((definition) => ({
  ...definition,
  schedule: { from: '2025-06-01' },
  scope: {},
  audience: {},
}));
