import { expect, test } from 'vitest';
import type { DefinitionInput } from '../rule/definition.ts';
import type { Decision } from './decision.ts';
import type { Facts, Usage } from './facts.ts';
import { basket, decided } from './tables.fixture.ts';

type Points = Extract<DefinitionInput['benefits'][number], { kind: 'points' }>;
type Timing = NonNullable<Points['timing']>;

const ONE = 1_000_000;
const card = { bin: '622202', issuer: 'ICBC', kind: 'credit', scheme: null, token: 'k1' } as const;
const paidByCard = [{ method: 'card', amount: 10_000, card }];
const points = (timing: Timing, expiry: Points['expiry'] = { type: 'none' }): Points => ({
  kind: 'points',
  earn: { by: 'per_yuan', rate: ONE },
  expiry,
  timing,
});

function one(benefit: DefinitionInput['benefits'][number], sale: Partial<Facts> = {}) {
  const found = decided(
    { a: { schedule: { from: '2026-01-01', to: '2027-06-30' }, benefits: [benefit] } },
    { lines: basket('tea 1 10000'), tenders: paidByCard, ...sale },
  );
  return { ...found, decision: found.decisions[0], progress: found.progress[0] };
}

function told(arrival: Decision['arrival'] | undefined): string {
  if (arrival === undefined) return 'nothing';
  if (arrival.type === 'instant') return 'instant';
  if (arrival.type === 'reached')
    return `${arrival.now ? 'now' : 'pending'} ${arrival.pool} until ${arrival.until}`;
  return `${arrival.type} ${arrival.days} ${arrival.day}${arrival.provisional ? '?' : ''}`;
}

test.each<[string, Timing, string, string]>([
  // what                        timing                                    sale          arrives
  ['instant', { type: 'instant' }, '2026-11-20', 'instant'],
  ['T+1 on a Friday', { type: 'business_days', days: 1 }, '2026-11-20', 'on 1 2026-11-23'],
  ['T+3 over a weekend', { type: 'business_days', days: 3 }, '2026-11-19', 'on 3 2026-11-24'],
  ['T+1 before National Day', { type: 'business_days', days: 1 }, '2026-09-30', 'on 1 2026-10-08'],
  [
    'T+2 over a make-up Saturday',
    { type: 'business_days', days: 2 },
    '2026-10-08',
    'on 2 2026-10-10',
  ],
  [
    'past the published calendar',
    { type: 'business_days', days: 1 },
    '2026-12-31',
    'on 1 2027-01-04?',
  ],
  ['after the last', { type: 'after_last', days: 3 }, '2026-11-20', 'quiet 3 2026-11-25'],
])('%s', (_what, timing, day, arrives) => {
  expect(told(one(points(timing), { day }).decision?.arrival)).toBe(arrives);
});

test.each<[string, Timing, Points['expiry'], string | null]>([
  // what                          timing                                 expiry                                              last day
  ['never', { type: 'instant' }, { type: 'none' }, null],
  ['30 days', { type: 'instant' }, { type: 'rolling', days: 30 }, '2026-12-21'],
  [
    '30 days, to the end of the month',
    { type: 'instant' },
    { type: 'rolling', days: 30, round_up_to: 'month' },
    '2026-12-31',
  ],
  [
    'a day, to the end of the month',
    { type: 'instant' },
    { type: 'rolling', days: 1, round_up_to: 'month' },
    '2026-11-30',
  ],
  [
    'a day, to the end of the quarter',
    { type: 'instant' },
    { type: 'rolling', days: 1, round_up_to: 'quarter' },
    '2026-12-31',
  ],
  [
    '90 days, to the end of the year',
    { type: 'instant' },
    { type: 'rolling', days: 90, round_up_to: 'year' },
    '2027-12-31',
  ],
  ['end of this year', { type: 'instant' }, { type: 'end_of_year', years: 0 }, '2026-12-31'],
  ['a date', { type: 'instant' }, { type: 'date', day: '2027-03-01' }, '2027-03-01'],
  [
    'counted from the day of arrival',
    { type: 'business_days', days: 1 },
    { type: 'rolling', days: 30 },
    '2026-12-23',
  ],
  [
    'not known before the last sale',
    { type: 'after_last', days: 1 },
    { type: 'rolling', days: 30 },
    null,
  ],
  [
    'not known before it is reached',
    { type: 'cumulative', window: { type: 'month' }, reach: { count: 2 } },
    { type: 'rolling', days: 30 },
    null,
  ],
  [
    'reached by this sale',
    { type: 'cumulative', window: { type: 'month' }, reach: { count: 1 } },
    { type: 'rolling', days: 30 },
    '2026-12-21',
  ],
  [
    'a date is always known',
    { type: 'after_last', days: 1 },
    { type: 'date', day: '2027-03-01' },
    '2027-03-01',
  ],
])('expiry: %s', (_what, timing, expiry, last) => {
  const { decision } = one(points(timing, expiry));
  expect([decision?.expiry, decision?.expires]).toEqual([last, expiry]);
});

type Window = Extract<Timing, { type: 'cumulative' }>['window'];
const pool = (text: string) => `pool:a:0:${text}`;
const MONTH = pool('member:m1:month:2026-11-01');
const used = (count: number, amount: number): Usage => ({ count, amount });

test.each<[string, Window, 'member' | 'card', string]>([
  // window                             whose     pool and last day
  ['day', { type: 'day' }, 'member', 'member:m1:day:2026-11-21 until 2026-11-21'],
  ['week', { type: 'week' }, 'member', 'member:m1:week:2026-11-16 until 2026-11-22'],
  ['month', { type: 'month' }, 'card', 'card:k1:month:2026-11-01 until 2026-11-30'],
  ['quarter', { type: 'quarter' }, 'member', 'member:m1:quarter:2026-10-01 until 2026-12-31'],
  ['year', { type: 'year' }, 'member', 'member:m1:year:2026-01-01 until 2026-12-31'],
  ['rolling', { type: 'rolling', days: 7 }, 'member', 'member:m1:rolling until 2026-11-27'],
  [
    'for ever: to the end of the offer',
    { type: 'total' },
    'member',
    'member:m1:total until 2027-06-30',
  ],
])('pools of a window: %s', (_what, window, whose, where) => {
  const timing = { type: 'cumulative', window, reach: { count: 9 }, whose } as const;
  expect(told(one(points(timing)).decision?.arrival)).toBe(`pending pool:a:0:${where}`);
});

test.each<[string, { amount?: number; count?: number }, Usage, string]>([
  // what                     reach                               before            this sale of 100.00
  ['far from it', { amount: 100_000 }, used(0, 0), 'pending'],
  ['a fen short', { amount: 100_000 }, used(3, 89_999), 'pending'],
  ['reached exactly', { amount: 100_000 }, used(3, 90_000), 'now'],
  ['reached before', { amount: 100_000 }, used(9, 200_000), 'now'],
  ['the fourth of five', { count: 5 }, used(3, 0), 'pending'],
  ['the fifth of five', { count: 5 }, used(4, 0), 'now'],
  ['either of both: the amount', { amount: 100_000, count: 5 }, used(1, 90_000), 'now'],
  ['either of both: the count', { amount: 100_000, count: 5 }, used(4, 0), 'now'],
  ['neither', { amount: 100_000, count: 5 }, used(3, 0), 'pending'],
])('a rate accrues: %s', (_what, reach, before, state) => {
  const timing = { type: 'cumulative', window: { type: 'month' }, reach } as const;
  const { decision } = one(points(timing), { usage: { [MONTH]: before } });
  expect([decision?.amount, told(decision?.arrival).split(' ')[0]]).toEqual([100, state]);
  expect(decision?.counters).toEqual([{ key: MONTH, count: 1, amount: 10_000, lines: [10_000] }]);
});

const thirtyBack = (whose: 'member' | 'card' = 'member') =>
  ({
    kind: 'cashback',
    earn: { by: 'fixed', amount: 3_000 },
    timing: {
      type: 'cumulative',
      window: { type: 'month' },
      reach: { amount: 100_000, count: 5 },
      whose,
    },
  }) as const;

test.each<[string, Record<string, Usage>, number, string]>([
  // what                     counters before                                               given  or why not
  ['first sale', {}, 0, 'not_reached 10000 100000'],
  ['a fen short', { [MONTH]: used(3, 89_999) }, 0, 'not_reached 99999 100000'],
  ['reached by amount', { [MONTH]: used(3, 90_000) }, 3_000, ''],
  ['reached by count', { [MONTH]: used(4, 400) }, 3_000, ''],
  ['reached long ago, never granted', { [MONTH]: used(9, 900_000) }, 3_000, ''],
  [
    'granted before',
    { [MONTH]: used(9, 900_000), [`${MONTH}:granted`]: used(1, 0) },
    0,
    'reached_before 1 1',
  ],
])('a fixed amount once a window: %s', (_what, usage, amount, why) => {
  const { decision, progress, denied } = one(thirtyBack(), { usage });
  expect([decision?.amount ?? 0, denied.join()]).toEqual([amount, why]);
  const counted = { key: MONTH, count: 1, amount: 10_000, lines: [10_000] };
  if (amount > 0) {
    expect(decision?.counters).toEqual([counted, { key: `${MONTH}:granted`, count: 1, amount: 0 }]);
    expect(told(decision?.arrival)).toMatch(/^now /);
    expect(progress).toBeUndefined();
  } else {
    expect(progress).toMatchObject({ kind: 'cashback', amount: 0, counters: [counted] });
  }
});

test('a fixed amount may be more than the sale that reaches it', () => {
  const usage = { [MONTH]: used(4, 99_990) };
  const { decision } = one(thirtyBack(), { lines: basket('tea 1 10'), usage });
  expect(decision).toMatchObject({ amount: 3_000, lineShares: [3_000] });
});

test('only what is really paid of the chosen lines counts towards a window', () => {
  const target = { skus: ['cup'] };
  const found = decided(
    {
      half: { benefits: [{ kind: 'discount', off: { by: 'percent', rate: 500_000 } }] },
      a: { benefits: [{ ...thirtyBack(), target }] },
    },
    { lines: basket('tea 1 10000, cup 1 8000') },
  );
  expect(found.progress[0]?.counters).toEqual([
    { key: MONTH, count: 1, amount: 4_000, lines: [0, 4_000] },
  ]);
});

test.each<[string, DefinitionInput['benefits'][number], Partial<Facts>, string]>([
  ['a pool of a card without one', thirtyBack('card'), { tenders: [] }, 'pool_subject 0 1'],
  [
    'after the last of a card',
    points({ type: 'after_last', days: 3, whose: 'card' }),
    { tenders: [] },
    'pool_subject 0 1',
  ],
])('%s is nobody’s', (_what, benefit, sale, why) => {
  const found = one(benefit, sale);
  expect([found.decision, found.progress, found.denied]).toEqual([undefined, undefined, [why]]);
});
