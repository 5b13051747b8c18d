import { expect, test } from 'vitest';
import { codeOf, codeShown } from './core.ts';
import { newCode } from './coupon-code.ts';
import {
  type Coupon,
  leftOf,
  spanOf,
  stateOn,
  subjectsOf,
  type Template,
  type Term,
  unusable,
} from './coupon.ts';

const rolling = (days: number, usableFrom: Term['usableFrom'] = 'next_day'): Term => ({
  validity: { type: 'rolling', days },
  usableFrom,
});
const fixed = (from: string, to: string, usableFrom: Term['usableFrom'] = 'next_day'): Term => ({
  validity: { type: 'fixed', from, to },
  usableFrom,
});

test.each<[string, Term, string, string | null]>([
  // what                                  term                            given on      usable
  ['30 days from tomorrow', rolling(30), '2026-11-21', '2026-11-22..2026-12-21'],
  ['30 days from at once', rolling(30, 'at_once'), '2026-11-21', '2026-11-21..2026-12-21'],
  ['one day', rolling(1), '2026-02-28', '2026-03-01..2026-03-01'],
  ['over a leap day', rolling(2), '2028-02-28', '2028-02-29..2028-03-01'],
  [
    'fixed, given before',
    fixed('2026-12-01', '2026-12-31'),
    '2026-11-21',
    '2026-12-01..2026-12-31',
  ],
  [
    'fixed, given within',
    fixed('2026-11-01', '2026-11-30'),
    '2026-11-21',
    '2026-11-22..2026-11-30',
  ],
  [
    'fixed, given the day before the last',
    fixed('2026-11-01', '2026-11-22'),
    '2026-11-21',
    '2026-11-22..2026-11-22',
  ],
  ['fixed, given on the last day', fixed('2026-11-01', '2026-11-21'), '2026-11-21', null],
  [
    'the same at once',
    fixed('2026-11-01', '2026-11-21', 'at_once'),
    '2026-11-21',
    '2026-11-21..2026-11-21',
  ],
  ['fixed, given after', fixed('2026-11-01', '2026-11-20', 'at_once'), '2026-11-21', null],
])('%s', (_what, term, day, usable) => {
  const span = spanOf(term, day);
  expect(span && `${span.from}..${span.to}`).toBe(usable);
});

const template: Template = {
  ...rolling(30),
  id: 't',
  code: 'NEXT',
  name: { zh: '券', en: 'Coupon' },
  quantity: null,
  perMember: null,
  status: 'active',
  createdAt: new Date(0),
  updatedAt: new Date(0),
};

test.each<[string, Partial<Template>, number, number, string | null, number | null]>([
  // what               limits                              in all  to member  member  left
  ['no limit', {}, 100, 100, 'm', null],
  ['no limit, anonymous', {}, 100, 0, null, null],
  ['some of the quantity', { quantity: 100 }, 97, 97, 'm', 3],
  ['nothing of the quantity', { quantity: 100 }, 100, 0, 'm', 0],
  ['some per member', { perMember: 3 }, 500, 2, 'm', 1],
  ['nothing per member', { perMember: 3 }, 500, 3, 'm', 0],
  ['the smaller of both', { perMember: 3, quantity: 10 }, 9, 0, 'm', 1],
  ['per member, anonymous', { perMember: 3 }, 0, 0, null, 0],
  ['stopped', { status: 'stopped' }, 0, 0, 'm', 0],
  ['over', fixed('2026-11-01', '2026-11-21'), 0, 0, 'm', 0],
])('%s is left', (_what, limits, inAll, toMember, member, left) => {
  expect(leftOf({ ...template, ...limits }, { inAll, toMember }, member, '2026-11-21')).toBe(left);
});

test.each<[Partial<Template>, string | null, string[]]>([
  [{}, 'm', []],
  [{ quantity: 1 }, 'm', ['t']],
  [{ perMember: 1 }, 'm', ['m']],
  [{ perMember: 1 }, null, []],
  [{ quantity: 1, perMember: 1 }, 'm', ['t', 'm']],
])('%j is counted for %s under %j', (limits, member, subjects) => {
  expect(subjectsOf({ ...template, ...limits }, member)).toEqual(subjects);
});

const coupon: Coupon = {
  id: 'c',
  org: 1,
  code: 'K7Q2M9XD4T',
  templateId: 't',
  template: 'NEXT',
  name: template.name,
  term: rolling(30),
  memberId: 'm',
  state: 'available',
  from: '2026-11-22',
  to: '2026-11-30',
  source: 'p',
  sourceNo: 0,
  revoked: false,
  used: null,
  moves: 0,
};

test.each<[string, Partial<Coupon>, string | null, string, string | null]>([
  // what                       coupon                    buyer  day           why not
  ['the first day', {}, 'm', '2026-11-22', null],
  ['the last day', {}, 'm', '2026-11-30', null],
  ['the day before the first', {}, 'm', '2026-11-21', 'not_yet'],
  ['the day after the last', {}, 'm', '2026-12-01', 'expired'],
  ['another member', {}, 'n', '2026-11-22', 'not_yours'],
  ['an anonymous buyer', {}, null, '2026-11-22', 'not_yours'],
  ['nobody’s coupon', { memberId: null }, 'n', '2026-11-22', null],
  ['used', { state: 'used' }, 'm', '2026-11-22', 'used'],
  ['used, after its last day', { state: 'used' }, 'm', '2026-12-01', 'used'],
  ['marked as expired', { state: 'expired' }, 'm', '2026-11-22', 'expired'],
  ['taken back', { state: 'reversed' }, 'm', '2026-11-22', 'void'],
  ['voided', { state: 'forfeited' }, 'm', '2026-11-22', 'void'],
])('%s: %#', (_what, change, buyer, day, why) => {
  expect(unusable({ ...coupon, ...change }, buyer, day)).toBe(why);
});

test('a coupon has expired the day after its last, marked or not', () => {
  expect([stateOn(coupon, '2026-11-30'), stateOn(coupon, '2026-12-01')]).toEqual([
    'available',
    'expired',
  ]);
});

test.each([
  ['K7Q2M-9XD4T', 'K7Q2M9XD4T'],
  ['k7q2m9xd4t', 'K7Q2M9XD4T'],
  [' K7Q2M 9XD4T ', 'K7Q2M9XD4T'],
  ['O7Q2M-IXD4L', '07Q2M1XD41'],
  ['K7Q2M-9XD4', undefined],
  ['K7Q2M-9XD4TT', undefined],
  ['U7Q2M-9XD4T', undefined],
  ['', undefined],
])('%j is read as %s', (typed, code) => {
  expect(codeOf(typed)).toBe(code);
});

test('a new code is read as itself', () => {
  const codes = Array.from({ length: 1_000 }, newCode);
  expect(codes.map((code) => codeOf(codeShown(code)))).toEqual(codes);
  expect(new Set(codes).size).toBe(codes.length);
});
