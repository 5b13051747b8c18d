import fc from 'fast-check';
import type { Condition, DefinitionInput } from '../rule/definition.ts';
import { exampleSale } from '../rule/example.ts';
import type { CardFacts, Facts, History, HistoryAsked, LineFacts, TenderFacts } from './facts.ts';

const STORES = ['s1', 's2'];
const TERMINALS = ['t1', 't2'];
const CHANNELS = ['pos', 'api', 'import'] as const;
const SKUS = ['k1', 'k2', 'k3'];
const CATEGORIES = ['c1', 'c2'];
const BRANDS = ['b1', 'b2'];
const TIERS = ['silver', 'gold'];
const LABELS = ['l1', 'l2'];
const METHODS = ['cash', 'card', 'wallet'];
const ISSUERS = ['ICBC', 'ABC'];
const CARD_KINDS = ['debit', 'credit', 'semi_credit', 'prepaid'] as const;
const SCHEMES = ['unionpay', 'visa', 'jcb'] as const;
const WALLETS = ['wechat', 'alipay', 'unionpay'] as const;
const TERMINAL_KINDS = ['cashier', 'pos', 'plate', 'online'] as const;
const CODES = ['5411', '5812'];
const PROMO = ['SPRING', 'FALL'];
const TEMPLATES = ['tea-10', 'cake-5'];
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const DAY_KINDS = ['holiday', 'workday', 'rest'] as const;
const DAYS = ['2026-11-20', '2026-11-21', '2026-11-30', '2026-12-01'];
const BINS = ['622202', '62280012', '4000000000', '955880'];

export const some = <T>(from: readonly T[]) => fc.subarray<T>([...from], { minLength: 1 });
export const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined });
/** Left out most of the time, so that an offer with many such fields can still match. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
export const fen = fc.integer({ min: 1, max: 20_000 });
const few = fc.integer({ min: 1, max: 6 });

const line: fc.Arbitrary<LineFacts> = fc
  .record({
    sku: fc.constantFrom(...SKUS),
    category: fc.constantFrom(...CATEGORIES, null),
    brand: fc.constantFrom(...BRANDS, null),
    quantity: fc.integer({ min: 1, max: 5 }),
    price: fc.integer({ min: 0, max: 4_000 }),
  })
  .map(({ price, ...rest }) => ({ ...rest, amount: price * rest.quantity }));

const card: fc.Arbitrary<CardFacts> = fc.record({
  bin: fc.constantFrom(...BINS),
  issuer: fc.constantFrom(...ISSUERS, null),
  kind: fc.constantFrom(...CARD_KINDS, null),
  scheme: fc.constantFrom(...SCHEMES, null),
  token: fc.constantFrom('x1', 'x2'),
});
const tender: fc.Arbitrary<TenderFacts> = fc.oneof(
  fc.record({ method: fc.constantFrom(...METHODS), amount: fen }),
  fc.record({ method: fc.constant('card'), amount: fen, card }),
  fc.record({
    method: fc.constant('wallet'),
    amount: fen,
    wallet: fc.constantFrom(...WALLETS),
  }),
);

/** A sale with any of the values that random rules ask for, or others; nobody has bought before. */
export const anySale: fc.Arbitrary<Facts> = fc
  .record({
    store: fc.constantFrom(...STORES),
    terminal: fc.constantFrom(...TERMINALS, null),
    terminalKind: fc.constantFrom(...TERMINAL_KINDS, null),
    device: fc.constantFrom('d1', 'd2', null),
    mcc: fc.constantFrom(...CODES, null),
    channel: fc.constantFrom(...CHANNELS),
    day: fc.constantFrom(...DAYS),
    weekday: fc.constantFrom(...WEEKDAYS),
    minute: fc.integer({ min: 0, max: 1439 }),
    dayKind: fc.constantFrom(...DAY_KINDS),
    lines: fc.array(line, { maxLength: 5 }),
    member: fc.option(
      fc.record({
        id: fc.constantFrom('m1', 'm2', 'm3'),
        programme: fc.constantFrom('p', 'q'),
        tier: fc.constantFrom(...TIERS, 'plain'),
        labels: fc.subarray(LABELS),
        joined: fc.constantFrom('2026-01-01', '2026-11-20', '2024-02-29'),
        birthday: fc.constantFrom('11-21', '12-03', '02-29', '01-01', null),
      }),
    ),
    tenders: fc.array(tender, { maxLength: 2 }),
    codes: fc.subarray([...PROMO, 'OTHER']),
    coupons: fc.subarray(
      [...TEMPLATES, 'other'].map((template) => ({ id: `id-${template}`, template, to: null })),
    ),
    budgets: fc.record({ x: fc.nat(3_000), y: fc.nat(3_000) }),
  })
  .map((fields) => exampleSale(fields as Partial<Facts>));

/** What was bought before: the same for the same question, mostly different for another. */
export function randomPast(asked: Omit<HistoryAsked, 'key'>): History {
  const { whose, subject, from, to: day, target } = asked;
  const question = JSON.stringify([whose, subject, from, target]);
  let chance = 7;
  for (let at = 0; at < question.length; at++)
    chance = (chance * 31 + question.charCodeAt(at)) % 9_973;
  const count = chance % 6;
  if (count === 0) return { amount: 0, count: 0, visits: 0, last: null };
  const visits = 1 + (chance % count);
  return { amount: chance * 3, count, visits, last: chance % 2 === 0 ? day : '2026-11-19' };
}

export const anyItems = fc
  .record({
    skus: maybe(some(SKUS)),
    categories: maybe(some(CATEGORIES)),
    brands: maybe(some(BRANDS)),
  })
  .filter((each) => Boolean(each.skus ?? each.categories ?? each.brands));
const hours = fc.constantFrom(
  [{ from: '08:00', to: '12:00' }],
  [
    { from: '00:00', to: '06:00' },
    { from: '18:00', to: '24:00' },
  ],
);
export const anyWindow = fc.oneof(
  fc.record({ type: fc.constantFrom('day', 'week', 'month', 'quarter', 'year', 'total') }),
  fc.record({ type: fc.constant('rolling'), days: fc.integer({ min: 1, max: 40 }) }),
);
const match = maybe(fc.constantFrom('all', 'any'));

const onBasket = [
  fc.record({
    type: fc.constant('basket_amount'),
    basis: maybe(fc.constantFrom('gross', 'net')),
    min: maybe(fen),
    max: maybe(fen),
  }),
  fc.record({ type: fc.constant('basket_quantity'), min: maybe(few), max: maybe(few) }),
  fc
    .tuple(anyItems, maybe(few), maybe(fen))
    .map(([chosen, quantity, amount]) => ({ type: 'contains', ...chosen, quantity, amount })),
  fc.record({
    type: fc.constant('unit_price'),
    which: fc.constantFrom('cheapest', 'dearest'),
    target: maybe(anyItems),
    min: maybe(fc.integer({ min: 1, max: 4_000 })),
    max: maybe(fc.integer({ min: 1, max: 4_000 })),
  }),
];
const onPayment = [
  fc.record({ type: fc.constant('tender'), methods: some(METHODS), match }),
  fc.record({ type: fc.constant('issuer'), issuers: some(ISSUERS), match }),
  fc.constantFrom(
    { type: 'bin', prefixes: ['6222', '400'] },
    { type: 'bin', prefixes: ['62280012'], match: 'any' },
    { type: 'bin', ranges: [{ from: '6222', to: '6229' }], match: 'any' },
    { type: 'bin', prefixes: ['9558'], ranges: [{ from: '4000000000', to: '4000000009' }] },
  ),
  fc.record({ type: fc.constant('card_kind'), kinds: some(CARD_KINDS), match }),
  fc.record({ type: fc.constant('scheme'), schemes: some(SCHEMES), match }),
  fc.record({ type: fc.constant('wallet'), wallets: some(WALLETS), match }),
  fc.record({ type: fc.constant('terminal_kind'), kinds: some(TERMINAL_KINDS) }),
  fc.record({ type: fc.constant('mcc'), codes: some(CODES) }),
  fc.record({ type: fc.constant('code'), codes: some([...PROMO, 'spring']) }),
  fc.record({ type: fc.constant('coupon'), templates: some(TEMPLATES) }),
];
const onMember = [
  fc.record({ type: fc.constant('tier'), tiers: some(TIERS) }),
  fc.record({ type: fc.constant('label'), labels: some(LABELS) }),
  fc.record({
    type: fc.constant('member_for'),
    min_days: maybe(fc.constantFrom(0, 1, 30, 324)),
    max_days: maybe(fc.constantFrom(0, 1, 30, 324)),
  }),
  fc.constantFrom(
    { type: 'birthday', within: { type: 'month' } },
    { type: 'birthday', within: { type: 'days', before: 0, after: 0 } },
    { type: 'birthday', within: { type: 'days', before: 3, after: 12 } },
    { type: 'birthday', within: { type: 'days', before: 40, after: 0 } },
  ),
  fc.record({
    type: fc.constant('nth_purchase'),
    numbers: maybe(some([1, 2, 3])),
    every: maybe(few),
  }),
  fc.record({
    type: fc.constant('days_since_last'),
    min: maybe(fc.constantFrom(1, 2)),
    max: maybe(fc.constantFrom(1, 2, 12)),
  }),
  fc.record({
    type: fc.constant('history'),
    whose: maybe(fc.constantFrom('member', 'card')),
    measure: fc.constantFrom('count', 'visits', 'amount'),
    window: anyWindow,
    target: maybe(anyItems),
    min: maybe(few),
    max: maybe(fc.constantFrom(3, 5, 20_000)),
    every: maybe(few),
  }),
];
const onTime = [
  fc.record({ type: fc.constant('weekday'), weekdays: some(WEEKDAYS) }),
  fc.record({ type: fc.constant('hours'), hours }),
  fc.record({ type: fc.constant('day_kind'), kinds: some(DAY_KINDS) }),
  fc.record({ type: fc.constant('days_of_month'), days: some([1, 20, 21, 30]) }),
];

const leaf = fc.oneof(
  ...[...onBasket, ...onPayment, ...onMember, ...onTime].map((arb) => arb as fc.Arbitrary<unknown>),
) as fc.Arbitrary<Condition>;
const group = (inner: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
  fc.record({
    type: fc.constantFrom('all', 'any', 'none'),
    of: fc.array(inner, { minLength: 1, maxLength: 3 }),
  });

/** Conditions of every type, up to three deep. */
export const anyCondition = fc.oneof(leaf, group(leaf), group(fc.oneof(leaf, group(leaf))));

/** Whom, where and when an offer is for. */
export const anyAdmission = fc.record({
  schedule: fc.record({
    from: fc.constantFrom('2026-01-01', '2026-01-01', '2026-11-21'),
    to: rarely(fc.constantFrom('2026-11-21', '2026-11-30', '2026-12-31')),
    weekdays: rarely(some(WEEKDAYS)),
    hours: rarely(hours),
    day_kinds: rarely(some(DAY_KINDS)),
    blackout: rarely(fc.constant([{ from: '2026-11-21', to: '2026-11-30' }])),
  }),
  scope: fc.record({
    stores: rarely(some(STORES)),
    terminals: rarely(some(TERMINALS)),
    channels: rarely(some(CHANNELS)),
  }),
  audience: fc.record({
    members_only: rarely(fc.constant(true)),
    tiers: rarely(some(TIERS)),
    labels: rarely(some(LABELS)),
    hold_out: rarely(fc.record({ share: fc.constantFrom(1, 500_000), salt: fc.constant('salt') })),
  }),
  conditions: maybe(anyCondition),
}) as unknown as fc.Arbitrary<Partial<DefinitionInput>>;
