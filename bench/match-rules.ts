import { compileOffers, type Definition, definition, type Facts, type OfferSet } from '#offers';

/** The same rules twice: compiled by the engine, and as JSON Logic over the flat facts below. */
export interface MatchRules {
  readonly set: OfferSet;
  readonly logic: readonly Logic[];
}

/** A payment as either side reads it. */
export interface MatchPayment {
  readonly facts: Facts;
  readonly flat: FlatFacts;
}

interface FlatFacts {
  readonly tier: string;
  readonly labels: readonly string[];
  readonly weekday: number;
  readonly minute: number;
  readonly method: string;
  readonly issuer: string;
  readonly kind: string;
  readonly mcc: string;
  readonly gross: number;
  readonly quantity: number;
  readonly lines: readonly { readonly category: string }[];
}

type Leaf = NonNullable<Definition['conditions']>;
type Written = readonly [Leaf, Logic];
type Chance = () => number;
/** A rule of JSON Logic. */
type Logic = { readonly [operator: string]: unknown };

const named = (head: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${head}${index}`);
const TIERS = named('tier', 5);
const LABELS = named('label', 10);
const METHODS = named('method', 5);
const ISSUERS = named('BANK', 10);
const MCCS = named('58', 10);
const CATEGORIES = named('category', 20);
const KINDS = ['debit', 'credit', 'semi_credit', 'prepaid'] as const;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const CONDITIONS = 5;

/** A generator of equal sequences for equal seeds (mulberry32). */
export function seeded(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function below(chance: Chance, count: number): number {
  return Math.floor(chance() * count);
}

function some<T>(chance: Chance, from: readonly T[], count: number): T[] {
  const left = [...from];
  return Array.from({ length: count }, () => left.splice(below(chance, left.length), 1)[0] as T);
}

function among<T>(chance: Chance, from: readonly T[]): T {
  return from[below(chance, from.length)] as T;
}

/** Each holds for about two payments in five, so that five of them hold for one in a hundred. */
const KINDS_OF_CONDITIONS: readonly ((chance: Chance) => Written)[] = [
  (chance) => {
    const tiers = some(chance, TIERS, 2);
    return [{ type: 'tier', tiers }, { in: [{ var: 'tier' }, tiers] }];
  },
  (chance) => {
    const labels = some(chance, LABELS, 2);
    const has = { in: [{ var: '' }, labels] };
    return [{ type: 'label', labels }, { some: [{ var: 'labels' }, has] }];
  },
  (chance) => {
    const weekdays = some(chance, WEEKDAYS, 3);
    return [{ type: 'weekday', weekdays }, { in: [{ var: 'weekday' }, weekdays] }];
  },
  (chance) => {
    const from = below(chance, 16);
    const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
    return [
      { type: 'hours', hours: [{ from: clock(from), to: clock(from + 8) }] },
      {
        and: [
          { '>=': [{ var: 'minute' }, from * 60] },
          { '<': [{ var: 'minute' }, (from + 8) * 60] },
        ],
      },
    ];
  },
  (chance) => {
    const methods = some(chance, METHODS, 2);
    return [{ type: 'tender', methods }, { in: [{ var: 'method' }, methods] }];
  },
  (chance) => {
    const issuers = some(chance, ISSUERS, 3);
    return [{ type: 'issuer', issuers }, { in: [{ var: 'issuer' }, issuers] }];
  },
  (chance) => {
    const kinds = some(chance, KINDS, 2);
    return [{ type: 'card_kind', kinds }, { in: [{ var: 'kind' }, kinds] }];
  },
  (chance) => {
    const codes = some(chance, MCCS, 3);
    return [{ type: 'mcc', codes }, { in: [{ var: 'mcc' }, codes] }];
  },
  (chance) => {
    const min = 100 * (230 + below(chance, 200));
    return [{ type: 'basket_amount', min }, { '>=': [{ var: 'gross' }, min] }];
  },
  (chance) => {
    const min = 8 + below(chance, 2);
    return [{ type: 'basket_quantity', min }, { '>=': [{ var: 'quantity' }, min] }];
  },
  (chance) => {
    const categories = some(chance, CATEGORIES, 3);
    const has = { in: [{ var: 'category' }, categories] };
    return [{ type: 'contains', categories }, { some: [{ var: 'lines' }, has] }];
  },
];

const BENEFITS = [
  { kind: 'discount', off: { by: 'percent', rate: 10_000 } },
  { kind: 'points', earn: { by: 'per_yuan', rate: 1_000_000 }, expiry: { type: 'none' } },
  { kind: 'cashback', earn: { by: 'rate', rate: 5_000 } },
] as const;

/** Offers of five different conditions each. */
export function matchRules(chance: Chance, count: number): MatchRules {
  const written = Array.from({ length: count }, () =>
    some(chance, KINDS_OF_CONDITIONS, CONDITIONS).map((kind) => kind(chance)),
  );
  const versions = written.map((conditions, index) => ({
    offer: `offer-${String(index).padStart(4, '0')}`,
    version: 1,
    status: 'live' as const,
    definition: definition.parse({
      code: `offer-${index}`,
      name: { zh: `方案${index}`, en: `Offer ${index}` },
      schedule: { from: '2026-01-01' },
      conditions: { type: 'all', of: conditions.map(([condition]) => condition) },
      benefits: [BENEFITS[index % BENEFITS.length]],
    }),
  }));
  return {
    set: compileOffers(versions),
    logic: written.map((conditions) => ({ and: conditions.map(([, logic]) => logic) })),
  };
}

/** A member's card payment of three lines on one day of a fortnight. */
export function matchPayment(chance: Chance): MatchPayment {
  const lines = [0, 1, 2].map((index) => {
    const quantity = 1 + below(chance, 4);
    return {
      sku: `sku${below(chance, 500)}-${index}`,
      category: among(chance, CATEGORIES),
      brand: null,
      quantity,
      amount: quantity * 100 * (1 + below(chance, 80)),
    };
  });
  const gross = lines.reduce((sum, { amount }) => sum + amount, 0);
  const tier = among(chance, TIERS);
  const labels = some(chance, LABELS, 2);
  const weekday = among(chance, WEEKDAYS);
  const minute = below(chance, 1_440);
  const method = among(chance, METHODS);
  const issuer = among(chance, ISSUERS);
  const kind = among(chance, KINDS);
  const mcc = among(chance, MCCS);
  const card = { bin: '622202', issuer, kind, scheme: 'unionpay', token: 'card' } as const;
  const facts: Facts = {
    store: 'store-1',
    terminal: null,
    terminalKind: 'pos',
    device: null,
    mcc,
    channel: 'pos',
    day: `2026-11-${10 + below(chance, 14)}`,
    weekday,
    minute,
    dayKind: 'workday',
    lines,
    member: {
      id: `member-${below(chance, 10_000)}`,
      programme: 'programme',
      tier,
      labels,
      joined: '2025-05-01',
      birthday: null,
    },
    tenders: [{ method, amount: gross, card }],
    codes: [],
    coupons: [],
    usage: {},
    budgets: {},
    history: {},
  };
  const quantity = lines.reduce((sum, each) => sum + each.quantity, 0);
  return {
    facts,
    flat: { tier, labels, weekday, minute, method, issuer, kind, mcc, gross, quantity, lines },
  };
}
