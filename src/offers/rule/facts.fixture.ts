import fc from 'fast-check';
import { addDays } from '#kernel/day';
import type { CardFacts, Facts, LineFacts, TenderFacts } from '../engine/facts.ts';
import { world, worldDays } from './world.fixture.ts';

const line: fc.Arbitrary<LineFacts> = fc
  .record({
    sku: fc.constantFrom(...world.skus),
    category: fc.constantFrom(...world.categories, null),
    brand: fc.constantFrom(...world.brands, null),
    quantity: fc.integer({ min: 1, max: 5 }),
    price: fc.integer({ min: 0, max: 9_000 }),
  })
  .map(({ price, ...rest }) => ({ ...rest, amount: price * rest.quantity }));

const card: fc.Arbitrary<CardFacts> = fc.record({
  bin: fc.constantFrom(...world.bins, '6010'),
  issuer: fc.constantFrom(...world.issuers, null),
  kind: fc.constantFrom('debit', 'credit', 'semi_credit', 'prepaid', null),
  scheme: fc.constantFrom('unionpay', 'visa', null),
  token: fc.constantFrom('card-1', 'card-2'),
});

const tender: fc.Arbitrary<Omit<TenderFacts, 'amount'>> = fc.oneof(
  fc.constant({ method: 'cash' }),
  card.map((each) => ({ method: 'card', card: each })),
  fc.constant({ method: 'wallet', wallet: 'wechat' as const }),
);

const member: fc.Arbitrary<NonNullable<Facts['member']>> = fc.record({
  id: fc.constantFrom('m1', 'm2'),
  programme: fc.constant('p1'),
  tier: fc.constantFrom('plain', ...world.tiers),
  labels: fc.subarray([...world.labels]),
  joined: fc.constantFrom('2025-05-01', '2025-12-31'),
  birthday: fc.constantFrom(null, '11-21', '02-29', '01-05'),
});

const coupon = fc.record({
  id: fc.constantFrom('c1', 'c2', 'c3'),
  template: fc.constantFrom(...world.templates),
  to: fc.constantFrom(null, '2026-12-31'),
});

/** The gross split at will over up to two tenders. */
function tendersOf(gross: number): fc.Arbitrary<TenderFacts[]> {
  return fc.tuple(fc.array(tender, { maxLength: 2 }), fc.nat(gross)).map(([kinds, cut]) =>
    kinds.map((kind, index) => ({
      ...kind,
      amount: kinds.length === 1 ? gross : index === 0 ? cut : gross - cut,
    })),
  );
}

/** A sale over the names of `world` with nothing counted yet: usage and history are empty. */
export const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    when: fc.constantFrom(...worldDays),
    store: fc.constantFrom(...world.stores),
    terminal: fc.constantFrom(...world.terminals, null),
    terminalKind: fc.constantFrom('cashier', 'pos', 'self_service', 'plate', 'online', null),
    device: fc.constantFrom('device-1', null),
    mcc: fc.constantFrom(...world.mccs, null),
    channel: fc.constantFrom('pos', 'api', 'import'),
    minute: fc.integer({ min: 0, max: 1_439 }),
    lines: fc.array(line, { maxLength: 5 }),
    member: fc.option(member, { freq: 4 }),
    codes: fc.subarray([...world.codes]),
    coupons: fc.uniqueArray(coupon, { maxLength: 2, selector: ({ id }) => id }),
    budgets: fc.record({ spring: fc.nat(5_000), summer: fc.nat(5_000) }),
  })
  .chain(({ when, ...rest }) => {
    const gross = rest.lines.reduce((sum, { amount }) => sum + amount, 0);
    return tendersOf(gross).map((tenders) => ({
      ...when,
      ...rest,
      tenders,
      usage: {},
      history: {},
    }));
  });

/** What a buyer may have behind him in a window that ends the day before the sale. */
export function anyHistory(day: string): fc.Arbitrary<Facts['history'][string]> {
  return fc
    .record({ count: fc.nat(8), each: fc.nat(5_000), ago: fc.integer({ min: 1, max: 40 }) })
    .chain(({ count, each, ago }) =>
      fc.integer({ min: Math.min(1, count), max: count }).map((visits) => ({
        amount: count * each,
        count,
        visits,
        last: count === 0 ? null : addDays(day, -ago),
      })),
    );
}

/** What a counter may hold already. */
export const anyUsage: fc.Arbitrary<Facts['usage'][string]> = fc.record({
  count: fc.nat(4),
  amount: fc.nat(5_000),
});
