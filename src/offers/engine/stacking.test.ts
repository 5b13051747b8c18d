import { expect, test } from 'vitest';
import { exampleSale } from '../rule/example.ts';
import { compileOffers } from './compile.ts';
import { decide } from './evaluate.ts';
import type { CouponFacts } from './facts.ts';
import { blockerOf } from './stacking.ts';
import { basket, decided, type Fields, off, offersOf, type Off } from './tables.fixture.ts';

const fen = (amount: number, more: Partial<Off> = {}) => off({ by: 'amount', amount }, more);
const offer = (benefit: Off, stacking: Fields['stacking'] = {}, more: Fields = {}): Fields => ({
  benefits: [benefit],
  stacking,
  ...more,
});
const best = { group: 'g' } as const;
const first = { group: 'g', pick: 'first' } as const;
const upTo = (most: number) => ({ group: 'g', pick: 'all', most }) as const;
const not = (...codes: string[]) => ({ not_with: codes });
const until = (to: string): Fields => ({ schedule: { from: '2026-01-01', to } });
const lines = basket('tea 1 10000');

const granted = (offers: Record<string, Fields>, sale = {}) =>
  decided(offers, { lines, ...sale })
    .decisions.map((each) => each.offer)
    .toSorted()
    .join(' ');

test.each<[string, Record<string, Fields>, string]>([
  // what                   offers                                                                       granted
  ['no groups: all', { a: offer(fen(10)), b: offer(fen(20)) }, 'a b'],
  ['the best', { a: offer(fen(10), best), b: offer(fen(20), best) }, 'b'],
  [
    'two groups, the best of each',
    { a: offer(fen(10), best), b: offer(fen(20), best), c: offer(fen(30), { group: 'h' }) },
    'b c',
  ],
  [
    'tie: the higher threshold',
    { a: offer(fen(10), best), b: offer(fen(10, { spend: 5_000 }), best) },
    'b',
  ],
  [
    'tie: the earlier end',
    { a: offer(fen(10), best), b: offer(fen(10), best, until('2026-12-30')) },
    'b',
  ],
  ['tie: the lower id', { b: offer(fen(10), best, { priority: 1 }), a: offer(fen(10), best) }, 'a'],
  [
    'the first',
    { a: offer(fen(90), first, { priority: 2 }), b: offer(fen(10), first, { priority: 1 }) },
    'b',
  ],
  [
    'the first, though one behind it would take all before its lane',
    {
      a: offer(fen(10_000), { ...first, lane: 'line' }, { priority: 2 }),
      b: offer(fen(10), { ...first, lane: 'tender' }, { priority: 1 }),
    },
    'b',
  ],
  [
    'the first that gives anything',
    {
      a: offer(fen(90), first, { priority: 2 }),
      b: offer(fen(10, { spend: 90_000 }), first, { priority: 1 }),
    },
    'a',
  ],
  [
    'the best two of three',
    { a: offer(fen(10), upTo(2)), b: offer(fen(30), upTo(2)), c: offer(fen(20), upTo(2)) },
    'b c',
  ],
  [
    'all of a group without a number',
    {
      a: offer(fen(10), { group: 'g', pick: 'all' }),
      b: offer(fen(30), { group: 'g', pick: 'all' }),
    },
    'a b',
  ],
  ['not with: the better', { a: offer(fen(10), not('b')), b: offer(fen(20)) }, 'b'],
  ['not with, said by the other', { a: offer(fen(30)), b: offer(fen(20), not('a')) }, 'a'],
  [
    'one against two that are worth more',
    { a: offer(fen(30), not('b', 'c')), b: offer(fen(20)), c: offer(fen(20)) },
    'b c',
  ],
  [
    'one against two that are worth less',
    { a: offer(fen(50), not('b', 'c')), b: offer(fen(20)), c: offer(fen(20)) },
    'a',
  ],
  [
    'a chain: both ends',
    { a: offer(fen(20)), b: offer(fen(30), not('a', 'c')), c: offer(fen(20)) },
    'a c',
  ],
  [
    'a chain: its middle',
    { a: offer(fen(20)), b: offer(fen(50), not('a', 'c')), c: offer(fen(20)) },
    'b',
  ],
  [
    'a group and an exclusion together',
    { a: offer(fen(50), { ...best, ...not('c') }), b: offer(fen(40), best), c: offer(fen(20)) },
    'b c',
  ],
  [
    'the first steps back for what it may not stand with',
    {
      a: offer(fen(10), { ...first, ...not('c') }, { priority: 1 }),
      b: offer(fen(20), first, { priority: 2 }),
      c: offer(fen(90)),
    },
    'b c',
  ],
  ['unknown codes exclude nobody', { a: offer(fen(10), not('zzz')), b: offer(fen(20)) }, 'a b'],
  [
    'a discount that a later one needs is left out',
    {
      a: offer(fen(10), { ...best, lane: 'line' }),
      b: offer(fen(5), best),
      c: offer(fen(90, { spend: 9_995 })),
    },
    'b c',
  ],
  [
    'who gives nothing makes room',
    { a: offer(fen(90, { spend: 90_000 }), best), b: offer(fen(10), best) },
    'b',
  ],
  [
    'who gives nothing excludes nobody',
    { a: offer(fen(90, { spend: 90_000 }), not('b')), b: offer(fen(10)) },
    'b',
  ],
  [
    'nobody gives anything',
    { a: offer(fen(1, { spend: 90_000 }), best), b: offer(fen(1, { spend: 80_000 }), best) },
    '',
  ],
])('%s', (_what, offers, winners) => {
  expect(granted(offers)).toBe(winners);
});

const points = (amount: number): Fields => ({
  benefits: [{ kind: 'points', earn: { by: 'fixed', amount }, expiry: { type: 'none' } }],
  stacking: best,
});

test.each<[string, number | undefined, string]>([
  ['a point is a fen unless its value is known', undefined, 'points'],
  ['a point of half a fen', 500_000, 'money'],
  ['a point of two fen', 2_000_000, 'points'],
])('%s', (_what, pointValuePpm, winner) => {
  const versions = offersOf({ points: points(100), money: offer(fen(90), best) }).map((version) =>
    pointValuePpm === undefined ? version : { ...version, pointValuePpm },
  );
  const { evaluation } = decide(exampleSale({ lines }), compileOffers(versions));
  expect(evaluation.decisions.map((each) => each.offer)).toEqual([winner]);
});

test('a rebate to the merchant is worth nothing to the customer', () => {
  const rebate: Fields = {
    benefits: [{ kind: 'cashback', to: 'merchant', earn: { by: 'fixed', amount: 900 } }],
    stacking: best,
  };
  expect(granted({ rebate, money: offer(fen(1), best) })).toBe('money');
});

test('the loser knows who won, and one that would give nothing anyway has its own reason', () => {
  const found = decided(
    {
      a: offer(fen(10), best),
      b: offer(fen(20), best),
      c: offer(fen(90, { spend: 90_000 }), best),
      d: offer(fen(5), not('b')),
    },
    { lines },
  );
  const order = ['a', 'b', 'c', 'd'];
  const named = [...found.lost].map(([loser, winner]) => `${order[loser]} to ${order[winner]}`);
  expect([named.toSorted(), found.denied]).toEqual([['a to b', 'd to b'], ['spend 10000 90000']]);
});

const coupon = (id: string, template: string, to: string | null = null): CouponFacts => ({
  id,
  template,
  to,
});
const by = (template: string, amount: number, stacking: Fields['stacking'] = {}): Fields =>
  offer(fen(amount), stacking, { conditions: { type: 'coupon', templates: [template] } });
const used = (offers: Record<string, Fields>, coupons: CouponFacts[]) =>
  decided(offers, { lines, coupons }).decisions.map((each) => `${each.offer} ${each.coupon}`);

test.each<[string, Record<string, Fields>, CouponFacts[], string[]]>([
  [
    'the first of its template',
    { a: by('x', 10) },
    [coupon('1', 'y'), coupon('2', 'x'), coupon('3', 'x')],
    ['a 2'],
  ],
  ['none of it', { a: by('x', 10) }, [coupon('1', 'y')], []],
  [
    'one coupon, two offers: the first takes it',
    { a: by('x', 10), b: by('x', 20) },
    [coupon('1', 'x')],
    ['a 1'],
  ],
  [
    'two coupons, two offers',
    { a: by('x', 10), b: by('x', 20) },
    [coupon('1', 'x'), coupon('2', 'x')],
    ['a 1', 'b 2'],
  ],
  [
    'nothing given, none used',
    { a: by('x', 10), b: { ...by('x', 20), priority: 1, benefits: [fen(9, { spend: 90_000 })] } },
    [coupon('1', 'x')],
    ['a 1'],
  ],
  [
    'one coupon for an offer of two benefits',
    { a: { ...by('x', 10), benefits: [fen(10), fen(5)] } },
    [coupon('1', 'x')],
    ['a 1', 'a undefined'],
  ],
  [
    'tie: the coupon that ends earlier',
    { a: by('x', 10, best), b: by('y', 10, best) },
    [coupon('1', 'x', '2026-12-31'), coupon('2', 'y', '2026-11-30')],
    ['b 2'],
  ],
  [
    'tie: a coupon with an end',
    { a: by('x', 10, best), b: by('y', 10, best) },
    [coupon('1', 'x'), coupon('2', 'y', '2026-11-30')],
    ['b 2'],
  ],
  [
    'held without it, none used',
    {
      a: offer(
        fen(10),
        {},
        {
          conditions: {
            type: 'any',
            of: [
              { type: 'coupon', templates: ['x'] },
              { type: 'tier', tiers: ['gold'] },
            ],
          },
        },
      ),
    },
    [coupon('1', 'x')],
    ['a undefined'],
  ],
  [
    'not held without it, used',
    {
      a: offer(
        fen(10),
        {},
        {
          conditions: {
            type: 'any',
            of: [
              { type: 'coupon', templates: ['x'] },
              { type: 'tier', tiers: ['jade'] },
            ],
          },
        },
      ),
    },
    [coupon('1', 'x')],
    ['a 1'],
  ],
])('coupons: %s', (_what, offers, coupons, taken) => {
  expect(used(offers, coupons)).toEqual(taken);
});

test('a coupon is decided after the thresholds, unless its offer says', () => {
  const offers = { a: by('x', 10), b: offer(fen(20, { spend: 10_000 })) };
  const { decisions } = decided(offers, { lines, coupons: [coupon('1', 'x')] });
  expect(decisions.map((each) => each.offer)).toEqual(['b', 'a']);
});

const net = (min: number) => ({ type: 'basket_amount', basis: 'net', min }) as const;

test.each<[string, Record<string, Fields>, string]>([
  [
    'met by what is left to pay',
    { a: offer(fen(100), { lane: 'line' }), b: offer(fen(5), {}, { conditions: net(9_900) }) },
    'a b',
  ],
  [
    'missed by a fen',
    { a: offer(fen(100), { lane: 'line' }), b: offer(fen(5), {}, { conditions: net(9_901) }) },
    'a',
  ],
  [
    'asked at its own turn',
    { a: offer(fen(100), { lane: 'tender' }), b: offer(fen(5), {}, { conditions: net(10_000) }) },
    'a b',
  ],
  [
    'asked once for all its benefits',
    { b: { benefits: [fen(100), fen(5)], conditions: net(10_000) } },
    'b b',
  ],
])('a condition on what is to pay: %s', (_what, offers, winners) => {
  expect(granted(offers)).toBe(winners);
});

test('a search over many contenders is legal, deterministic and no worse than one after the other', () => {
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [
      `o${String(at).padStart(2, '0')}`,
      offer(fen(10 + ((at * 37) % 23)), {
        ...(at % 3 === 0
          ? { group: 'g' }
          : at % 3 === 1
            ? { group: 'h', pick: 'all', most: 3 }
            : {}),
        not_with: [`o${String((at * 7 + 1) % 40).padStart(2, '0')}`],
      }),
    ]),
  );
  const set = compileOffers(offersOf(many));
  const once = decide(exampleSale({ lines }), set);
  const chosen = set.offers.filter(({ id }) =>
    once.evaluation.decisions.some((each) => each.offer === id),
  );
  for (const each of set.offers) {
    const others = chosen.filter((other) => other !== each);
    expect(blockerOf(each, others, set.groups) === null).toBe(chosen.includes(each));
  }
  expect(decide(exampleSale({ lines }), compileOffers(offersOf(many).toReversed()))).toEqual(once);
  expect(once.evaluation.discount).toBeGreaterThanOrEqual(200);
});
