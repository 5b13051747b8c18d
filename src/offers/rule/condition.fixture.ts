import fc from 'fast-check';
import type { Condition, Leaf, Window } from './definition.ts';
import { anyBounds, anyHours, anyItems, anyMoney, some, world } from './world.fixture.ts';

const match = { match: fc.constantFrom('all', 'any') } as const;
const count = fc.integer({ min: 1, max: 6 });
const fewDays = fc.integer({ min: 0, max: 60 });

/** Without "total" where something ends with the window. */
export const anyWindow: fc.Arbitrary<Window> = fc.oneof(
  fc.constantFrom<Window>(
    { type: 'day' },
    { type: 'week' },
    { type: 'month' },
    { type: 'quarter' },
    { type: 'year' },
    { type: 'total' },
  ),
  fc.integer({ min: 1, max: 90 }).map((days) => ({ type: 'rolling' as const, days })),
);

const kind = <T extends Leaf['type']>(type: T) => ({ type: fc.constant(type) });

function ofCard(): fc.Arbitrary<unknown>[] {
  const sized = fc
    .tuple(fc.integer({ min: 6_000, max: 6_299 }), fc.integer({ min: 0, max: 50 }))
    .map(([from, more]) => ({ from: String(from), to: String(from + more) }));
  return [
    fc
      .record(
        {
          ...kind('bin'),
          prefixes: some(world.bins),
          ranges: fc.array(sized, { minLength: 1, maxLength: 2 }),
          ...match,
        },
        { requiredKeys: ['type'] },
      )
      .filter((each) => Boolean(each.prefixes ?? each.ranges)),
    fc.record(
      { ...kind('tender'), methods: some(world.methods), ...match },
      { requiredKeys: ['type', 'methods'] },
    ),
    fc.record(
      { ...kind('issuer'), issuers: some(world.issuers), ...match },
      { requiredKeys: ['type', 'issuers'] },
    ),
    fc.record(
      {
        ...kind('card_kind'),
        kinds: some(['debit', 'credit', 'semi_credit', 'prepaid']),
        ...match,
      },
      { requiredKeys: ['type', 'kinds'] },
    ),
    fc.record(
      {
        ...kind('scheme'),
        schemes: some(['unionpay', 'visa', 'mastercard', 'amex', 'jcb', 'diners']),
        ...match,
      },
      { requiredKeys: ['type', 'schemes'] },
    ),
    fc.record(
      {
        ...kind('wallet'),
        wallets: some(['wechat', 'alipay', 'unionpay', 'digital_yuan']),
        ...match,
      },
      { requiredKeys: ['type', 'wallets'] },
    ),
  ];
}

function ofBasket(): fc.Arbitrary<unknown>[] {
  return [
    fc
      .tuple(anyBounds('min', 'max', anyMoney), fc.constantFrom('gross', 'net', undefined))
      .map(([bounds, basis]) => ({ type: 'basket_amount', ...bounds, ...(basis && { basis }) })),
    anyBounds('min', 'max', count).map((bounds) => ({ type: 'basket_quantity', ...bounds })),
    fc
      .tuple(anyItems, fc.record({ quantity: count, amount: anyMoney }, { requiredKeys: [] }))
      .map(([items, least]) => ({ type: 'contains', ...items, ...least })),
    fc
      .tuple(
        fc.record(
          { which: fc.constantFrom('cheapest', 'dearest'), target: anyItems },
          { requiredKeys: ['which'] },
        ),
        anyBounds('min', 'max', anyMoney),
      )
      .map(([chosen, bounds]) => ({ type: 'unit_price', ...chosen, ...bounds })),
    fc.record({
      ...kind('terminal_kind'),
      kinds: some(['cashier', 'pos', 'self_service', 'plate', 'online']),
    }),
    fc.record({ ...kind('mcc'), codes: some(world.mccs) }),
    fc.record({ ...kind('code'), codes: some(world.codes) }),
    fc.record({ ...kind('coupon'), templates: some(world.templates) }),
  ];
}

function ofMember(): fc.Arbitrary<unknown>[] {
  const measured = fc.oneof(
    anyBounds('min', 'max', fc.integer({ min: 1, max: 9 })),
    count.map((every) => ({ every })),
  );
  const history = fc
    .tuple(
      fc.record(
        {
          whose: fc.constantFrom('member', 'card'),
          measure: fc.constantFrom('amount', 'count', 'visits'),
          window: anyWindow,
          target: anyItems,
        },
        { requiredKeys: ['measure', 'window'] },
      ),
      measured,
    )
    .map(([asked, bounds]) => ({ type: 'history', ...asked, ...bounds }));
  return [
    history,
    history,
    fc.record({ ...kind('tier'), tiers: some(world.tiers) }),
    fc.record({ ...kind('label'), labels: some(world.labels) }),
    anyBounds('min_days', 'max_days', fewDays).map((bounds) => ({ type: 'member_for', ...bounds })),
    fc
      .oneof(
        fc.constant({ type: 'month' }),
        fc.record({ type: fc.constant('days'), before: fewDays, after: fewDays }),
      )
      .map((within) => ({ type: 'birthday', within })),
    fc
      .oneof(
        some([1, 2, 3, 5]).map((numbers) => ({ numbers })),
        count.map((every) => ({ every })),
      )
      .map((which) => ({ type: 'nth_purchase', ...which })),
    anyBounds('min', 'max', fc.integer({ min: 1, max: 60 })).map((bounds) => ({
      type: 'days_since_last',
      ...bounds,
    })),
  ];
}

function ofTime(): fc.Arbitrary<unknown>[] {
  return [
    fc.record({ ...kind('weekday'), weekdays: some([1, 2, 3, 4, 5, 6, 7]) }),
    fc.record({ ...kind('hours'), hours: anyHours }),
    fc.record({ ...kind('day_kind'), kinds: some(['holiday', 'workday', 'rest']) }),
    fc.record({ ...kind('days_of_month'), days: some([1, 10, 20, 21, 31]) }),
  ];
}

/** A condition of any type, legal by itself, over the names of `world`. */
export const anyLeaf = fc.oneof(
  ...ofBasket(),
  ...ofCard(),
  ...ofMember(),
  ...ofTime(),
) as fc.Arbitrary<Leaf>;

function grouped(inner: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
  return fc.record({
    type: fc.constantFrom('all', 'any', 'none'),
    of: fc.array(inner, { minLength: 1, maxLength: 3 }),
  });
}

/** A tree of at most three levels; its parts may contradict each other. */
export const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  { arbitrary: anyLeaf, weight: 3 },
  { arbitrary: grouped(anyLeaf), weight: 2 },
  { arbitrary: grouped(fc.oneof(anyLeaf, grouped(anyLeaf))), weight: 1 },
);
