import { expect, test } from 'vitest';
import type { Coupon, CouponState } from './coupon.ts';
import { type BackPolicy, giveBack, takeBackGranted, useCoupon } from './give-back.ts';

const coupon: Coupon = {
  id: 'a',
  org: 1,
  code: 'K7Q2M9XD4T',
  templateId: 't',
  template: 'NEXT',
  name: { zh: '券', en: 'Coupon' },
  term: { validity: { type: 'rolling', days: 10 }, usableFrom: 'next_day' },
  memberId: 'm',
  state: 'available',
  from: '2026-11-22',
  to: '2026-12-01',
  source: 'p',
  sourceNo: 0,
  revoked: false,
  used: null,
  moves: 0,
};
const used: Coupon = { ...coupon, state: 'used', used: { org: 1, payment: 'q' } };

test('a sale that uses a coupon is named by it', () => {
  expect(useCoupon(coupon, 7, 'q')).toMatchObject({
    kind: 'used',
    state: 'used',
    used: { org: 7, payment: 'q' },
  });
});

test.each<[BackPolicy, string, Partial<Coupon>, string, string, string]>([
  // policy    refunded on    coupon                outcome      becomes      usable
  ['restore', '2026-11-25', {}, 'restored', 'available', '2026-11-22..2026-12-01'],
  ['restore', '2026-12-01', {}, 'restored', 'available', '2026-11-22..2026-12-01'],
  ['restore', '2026-12-02', {}, 'expired', 'available', '2026-11-22..2026-12-01'],
  ['reissue', '2026-12-02', {}, 'reissued', 'available', '2026-12-03..2026-12-12'],
  ['forfeit', '2026-11-25', {}, 'forfeited', 'forfeited', '2026-11-22..2026-12-01'],
  ['restore', '2026-11-25', { revoked: true }, 'reversed', 'reversed', '2026-11-22..2026-12-01'],
  ['reissue', '2026-11-25', { revoked: true }, 'reversed', 'reversed', '2026-11-22..2026-12-01'],
])('%s on %s %j: %s', (policy, day, change, outcome, state, usable) => {
  const back = giveBack({ ...used, ...change }, policy, day);
  expect(back.outcome).toBe(outcome);
  expect(back.move).toMatchObject({ state, used: null });
  expect(`${back.move.from}..${back.move.to}`).toBe(usable);
});

test('a fixed template whose days are over gives none anew', () => {
  const term = {
    validity: { type: 'fixed', from: '2026-11-01', to: '2026-12-01' },
    usableFrom: 'at_once',
  } as const;
  expect(giveBack({ ...used, term }, 'reissue', '2026-12-02').outcome).toBe('expired');
});

const states = (text: string): Coupon[] =>
  text.split(' ').map((state, index) => ({
    ...coupon,
    id: String(index),
    state: (state === 'revoked' ? 'used' : state) as CouponState,
    revoked: state === 'revoked',
  }));

test.each<[string, number, string[], string[]]>([
  // granted                          back  reversed    kept
  ['available available', 1, ['0'], []],
  ['available available', 2, ['0', '1'], []],
  ['used available', 1, ['1'], []],
  ['used available', 2, ['1'], ['0']],
  ['used used', 1, [], ['0']],
  ['expired used forfeited available', 3, ['3', '0', '2'], []],
  ['reversed available', 1, ['1'], []],
  ['revoked used', 1, [], ['1']],
  ['revoked reversed', 1, [], []],
])('of %s, %i taken back: reversed %j, kept %j', (granted, count, reversed, kept) => {
  const taken = takeBackGranted(states(granted), count);
  expect(taken.reversed.map(({ couponId }) => couponId)).toEqual(reversed);
  expect(taken.kept.map(({ couponId }) => couponId)).toEqual(kept);
});

test('any sequence of parts takes back what all at once takes', () => {
  for (const granted of [
    'available used expired',
    'used used available',
    'forfeited available used',
  ]) {
    let left = states(granted);
    for (const count of [1, 1, 1]) {
      const { reversed, kept } = takeBackGranted(left, count);
      const moves = [...reversed, ...kept];
      left = left.map((one) => ({ ...one, ...moves.find(({ couponId }) => couponId === one.id) }));
    }
    const once = takeBackGranted(states(granted), 3);
    const all = [...once.reversed, ...once.kept];
    for (const { id, state, revoked } of left)
      expect(all.find(({ couponId }) => couponId === id)).toMatchObject({ state, revoked });
  }
});
