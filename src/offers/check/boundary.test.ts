import { expect, test } from 'vitest';
import { parseDefinition } from '../rule/definition.ts';
import { exampleDefinition } from '../rule/example.ts';

/** A field of an offer with a value; the offer is otherwise legal. */
type Put = (value: unknown) => object;

const gives = (benefit: object) => ({ benefits: [benefit] });
const discount = (off: object, more: object = {}) => gives({ kind: 'discount', off, ...more });
const points = (earn: object, more: object = {}) =>
  gives({ kind: 'points', earn, expiry: { type: 'none' }, ...more });
const cashback = (more: object) =>
  gives({ kind: 'cashback', earn: { by: 'rate', rate: 1 }, ...more });
const when = (conditions: object) => ({ conditions });
const payer = (more: object) => ({ funding: [{ party: 'merchant', ...more }] });

const puts: Record<string, Put> = {
  'discount rate': (rate) => discount({ by: 'percent', rate }),
  'discount amount': (amount) => discount({ by: 'amount', amount }),
  'fixed price': (price) => discount({ by: 'fixed_price', price }),
  'nth of': (nth) => discount({ by: 'nth_item', nth, rate: 1 }),
  'units got': (get) => discount({ by: 'buy_get', buy: 1, get, rate: 1 }),
  cap: (cap) => cashback({ cap }),
  spend: (spend) => cashback({ spend }),
  'step from': (at) => discount({ by: 'tiered', steps: [{ from: at, rate: 1 }] }),
  'points per yuan': (rate) => points({ by: 'per_yuan', rate }),
  points: (amount) => points({ by: 'fixed', amount }),
  'points cap': (cap) => points({ by: 'fixed', amount: 1 }, { cap }),
  multiplier: (factor) => points({ by: 'multiplier', factor }),
  'rolling expiry': (days) =>
    points({ by: 'fixed', amount: 1 }, { expiry: { type: 'rolling', days } }),
  'expiry years': (years) =>
    points({ by: 'fixed', amount: 1 }, { expiry: { type: 'end_of_year', years } }),
  'expiry day': (day) => points({ by: 'fixed', amount: 1 }, { expiry: { type: 'date', day } }),
  'business days': (days) => cashback({ timing: { type: 'business_days', days } }),
  coupons: (quantity) => gives({ kind: 'coupon', template: 't', quantity }),
  gifts: (quantity) => gives({ kind: 'gift', sku: 's', quantity }),
  share: (share) => payer({ share }),
  fixed: (fixed) => payer({ fixed }),
  'payer cap': (total) => payer({ share: 1_000_000, cap: { total } }),
  'funder org': (org) => ({ funding: [{ party: 'funder', funder_org: org, share: 1_000_000 }] }),
  'limit count': (count) => ({
    limits: { each: [{ per: 'card', window: { type: 'day' }, count }] },
  }),
  'limit amount': (amount) => ({ limits: { each: [{ per: 'sale', amount }] } }),
  'limit window': (days) => ({
    limits: { each: [{ per: 'card', window: { type: 'rolling', days }, count: 1 }] },
  }),
  'hold-out': (share) => ({ audience: { hold_out: { share, salt: 's' } } }),
  priority: (priority) => ({ priority }),
  'first day': (from) => ({ schedule: { from } }),
  'last day': (to) => ({ schedule: { from: '2000-01-01', to } }),
  'from o’clock': (at) => ({
    schedule: { from: '2026-01-01', hours: [{ from: at, to: '24:00' }] },
  }),
  weekday: (day) => ({ schedule: { from: '2026-01-01', weekdays: [day] } }),
  'basket from': (min) => when({ type: 'basket_amount', min }),
  'units from': (min) => when({ type: 'basket_quantity', min }),
  'card number': (prefix) => when({ type: 'bin', prefixes: [prefix] }),
  'days a member': (days) => when({ type: 'member_for', min_days: days }),
  'days around': (before) => when({ type: 'birthday', within: { type: 'days', before, after: 0 } }),
  'nth purchase': (nth) => when({ type: 'nth_purchase', numbers: [nth] }),
  'history of': (min) =>
    when({ type: 'history', measure: 'amount', window: { type: 'total' }, min }),
  'day of the month': (day) => when({ type: 'days_of_month', days: [day] }),
  code: (code) => ({ code }),
  name: (zh) => ({ name: { zh, en: 'x' } }),
  disclosure: (zh) => ({ disclosures: [{ zh, en: 'x' }] }),
};

const long = (length: number) => 'x'.repeat(length);
const YUAN_E9 = 100_000_000_000;

test.each<[string, readonly unknown[], readonly unknown[]]>([
  // field             legal, to its bounds                        refused, next to them and of other kinds
  ['discount rate', [1, 1_000_000], [0, -1, 1_000_001, 0.5, Number.NaN, Infinity, '1', null]],
  ['discount amount', [1, YUAN_E9], [0, -1, YUAN_E9 + 1, 0.01, 2 ** 53, '100', null, [1]]],
  ['fixed price', [0, 1, YUAN_E9], [-1, YUAN_E9 + 1, 0.5, null]],
  ['nth of', [2, 1_000_000], [1, 0, 1_000_001, 2.5]],
  ['units got', [1, 1_000_000], [0, 1_000_001, 1.5]],
  ['cap', [1, YUAN_E9], [0, -1, YUAN_E9 + 1]],
  ['spend', [1, YUAN_E9], [0, YUAN_E9 + 1]],
  ['step from', [1, YUAN_E9], [0, YUAN_E9 + 1]],
  ['points per yuan', [1, 1_000_000_000], [0, 1_000_000_001, 0.1]],
  ['points', [1, 1_000_000_000], [0, -1, 1_000_000_001]],
  ['points cap', [1, 1_000_000_000], [0, 1_000_000_001]],
  ['multiplier', [1_000_001, 100_000_000], [1_000_000, 0, 100_000_001]],
  ['rolling expiry', [1, 3_660], [0, 3_661, -1]],
  ['expiry years', [0, 10], [-1, 11, 0.5]],
  [
    'expiry day',
    ['2000-01-01', '2199-12-31', '2028-02-29'],
    ['1999-12-31', '2200-01-01', '2027-02-29', '0000-01-01', '', 5],
  ],
  ['business days', [1, 366], [0, 367, -1]],
  ['coupons', [1, 100], [0, 101]],
  ['gifts', [1, 100], [0, 101, 1.5]],
  ['share', [1, 1_000_000], [0, 1_000_001]],
  ['fixed', [1, YUAN_E9], [0, YUAN_E9 + 1]],
  ['payer cap', [1, YUAN_E9], [0, YUAN_E9 + 1]],
  ['funder org', [1, Number.MAX_SAFE_INTEGER], [0, -1, 1.5, '1']],
  ['limit count', [1, 1_000_000], [0, 1_000_001]],
  ['limit amount', [1, 1_000_000_000], [0, 1_000_000_001]],
  ['limit window', [1, 366], [0, 367]],
  ['hold-out', [1, 500_000], [0, 500_001]],
  ['priority', [0, 10_000], [-1, 10_001, 0.5]],
  [
    'first day',
    ['2000-01-01', '2199-12-31'],
    [
      '1999-12-31',
      '2200-01-01',
      '0000-01-01',
      '-0001-01-01',
      '2026-02-30',
      '2026-1-1',
      '20260101',
      '2026-01-01T00:00:00Z',
      null,
    ],
  ],
  [
    'last day',
    ['2000-01-01', '2024-02-29'],
    ['0000-12-31', '2023-02-29', '2100-02-29', '2200-01-01'],
  ],
  ['from o’clock', ['00:00', '23:59'], ['24:01', '23:60', '9:00', '', 900]],
  ['weekday', [1, 7], [0, 8, 1.5, '1']],
  ['basket from', [1, YUAN_E9], [0, YUAN_E9 + 1]],
  ['units from', [1, 1_000_000], [0, 1_000_001]],
  ['card number', ['622', '6222021234'], ['62', '62220212345', '62a', 622]],
  ['days a member', [0, 367, 36_600], [-1, 36_601]],
  ['days around', [0, 366], [-1, 367]],
  ['nth purchase', [1, 1_000_000], [0, 1_000_001]],
  ['history of', [1, 1_000_000_000], [0, 1_000_000_001]],
  ['day of the month', [1, 31], [0, 32]],
  ['code', ['A', long(40)], ['', long(41), '-A', 'A B', '优惠', 5]],
  ['name', ['字', long(100)], ['', long(101), 5]],
  ['disclosure', ['字', long(500)], ['', long(501)]],
])('%s takes %j and refuses %j', (field, legal, refused) => {
  const read = (value: unknown) =>
    parseDefinition({ ...exampleDefinition(), ...puts[field]!(value) });
  for (const value of legal) expect(read(value)).toHaveProperty('definition');
  for (const value of refused) {
    const found = read(value);
    const faults = 'faults' in found ? found.faults : [];
    expect([value, faults.length > 0]).toEqual([value, true]);
    for (const { pointer, detail } of faults) {
      expect(pointer).not.toBe('');
      expect(detail.zh).toMatch(/\p{Script=Han}/u);
      expect(`${detail.zh}${detail.en}`).not.toMatch(/Invalid|Too (small|big)/);
    }
  }
});

const deep = (depth: number): unknown =>
  depth === 0 ? { type: 'weekday', weekdays: [1] } : { type: 'all', of: [deep(depth - 1)] };

test.each<[string, object, string, string]>([
  ['no benefit', { benefits: [] }, '/benefits', 'an offer needs at least one benefit'],
  [
    'unknown benefit',
    gives({ kind: 'lottery' }),
    '/benefits/0/kind',
    'must be discount, points, growth, cashback, coupon or gift',
  ],
  ['nothing said', { benefits: undefined }, '/benefits', 'must be given'],
  ['half a benefit', discount({ by: 'amount' }), '/benefits/0/off/amount', 'must be given'],
  ['a list where one is', { schedule: [] }, '/schedule', 'must be an object'],
  ['unknown field', { colour: 'red' }, '', 'unknown fields: colour; remove them'],
  [
    'empty list',
    { scope: { stores: [] } },
    '/scope/stores',
    'must name at least one; leave it out for "any"',
  ],
  ['no rest', payer({ remainder: false }), '/funding/0/remainder', 'must be true, or left out'],
  [
    'five groups deep',
    when(deep(5) as object),
    '/conditions/of/0/of/0/of/0/of/0/type',
    'must be all, any, none, basket_amount',
  ],
])('malformed: %s', (_, fields, pointer, en) => {
  const parsed = parseDefinition({ ...exampleDefinition(), ...fields });
  const [fault] = 'faults' in parsed ? parsed.faults : [];
  expect(fault).toMatchObject({ pointer, detail: { en: expect.stringContaining(en) } });
});

test('hostile nesting is refused without exhausting the stack, four groups are legal', () => {
  const read = (depth: number) =>
    parseDefinition({ ...exampleDefinition(), conditions: deep(depth) });
  expect(read(4)).toHaveProperty('definition');
  expect(read(5_000)).toHaveProperty('faults');
});

test('a stored definition reads back as itself', () => {
  const stored = exampleDefinition({ conditions: { type: 'tier', tiers: ['gold'] } });
  expect(parseDefinition(JSON.parse(JSON.stringify(stored)))).toEqual({ definition: stored });
});
