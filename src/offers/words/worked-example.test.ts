import { expect, test } from 'vitest';
import type { DefinitionInput } from '../rule/definition.ts';
import { exampleDefinition } from '../rule/example.ts';
import { workedExample } from './worked-example.ts';

type Fields = Partial<DefinitionInput>;
const TODAY = '2026-11-21';
const from = '2026-01-01';
const month = { type: 'month' } as const;
const percent = { kind: 'discount', off: { by: 'percent', rate: 120_000 } } as const;
const cashback = (fields: object = {}) =>
  ({ kind: 'cashback', earn: { by: 'rate', rate: 50_000 }, ...fields }) as const;
const points = {
  kind: 'points',
  earn: { by: 'per_yuan', rate: 1_000_000 },
  expiry: { type: 'end_of_year', years: 1 },
} as const;
const benefits = (...each: object[]) => ({ benefits: each }) as Fields;
const asks = (condition: object) => ({ ...benefits(cashback()), conditions: condition }) as Fields;

test.each<[Fields, string, string]>([
  [
    benefits(cashback({ timing: { type: 'business_days', days: 2 } })),
    '例:11月21日(周六)消费 120.00 元,返现 6.00 元,11月24日(周二)到账。',
    'Example: on Saturday 21 November you spend 120.00 yuan and get 6.00 yuan cash back, available on Tuesday 24 November.',
  ],
  [
    {
      ...benefits(percent, points),
      audience: { tiers: ['gold'] },
      schedule: { from, weekdays: [2] },
    },
    '例:gold 等级的会员于11月24日(周二)消费 120.00 元,减 14.40 元,实付 105.60 元;得 105 积分,有效期至2027年12月31日。',
    'Example: on Tuesday 24 November, as a member of tier gold, you spend 120.00 yuan and get 14.40 yuan off, 105.60 yuan to pay; 105 points, usable through 31 December 2027.',
  ],
  [
    benefits({ kind: 'discount', off: { by: 'amount', amount: 1_000 }, spend: 10_000 }),
    '例:11月21日(周六)消费 120.00 元,减 10.00 元,实付 110.00 元。',
    'Example: on Saturday 21 November you spend 120.00 yuan and get 10.00 yuan off, 110.00 yuan to pay.',
  ],
  [
    asks({
      type: 'all',
      of: [
        { type: 'issuer', issuers: ['ICBC'] },
        { type: 'card_kind', kinds: ['credit'] },
        { type: 'basket_amount', min: 20_000 },
      ],
    }),
    '例:11月21日(周六)消费 240.00 元,使用 ICBC 的信用卡付款,返现 12.00 元。',
    'Example: on Saturday 21 November you spend 240.00 yuan paid by a credit card of ICBC and get 12.00 yuan cash back.',
  ],
  [
    benefits({
      kind: 'cashback',
      earn: { by: 'fixed', amount: 3_000 },
      timing: { type: 'cumulative', window: month, reach: { amount: 100_000 } },
    }),
    '例:11月21日(周六)消费 120.00 元(当月此前参加活动的消费已有 880.00 元),返现 30.00 元,已达标,立即到账。',
    'Example: on Saturday 21 November you spend 120.00 yuan (after 880.00 yuan of purchases that took part in the same month) and get 30.00 yuan cash back, the target is reached: available now.',
  ],
  [
    benefits(cashback({ timing: { type: 'after_last', days: 3, whose: 'card' } })),
    '例:11月21日(周六)消费 120.00 元,返现 6.00 元,11月25日(周三)到账,再次消费则顺延。',
    'Example: on Saturday 21 November you spend 120.00 yuan and get 6.00 yuan cash back, available on Wednesday 25 November, later if you buy again.',
  ],
  [
    asks({ type: 'history', measure: 'count', window: month, every: 3 }),
    '例:11月21日(周六)消费 120.00 元(当月此前已消费 2 笔),返现 6.00 元。',
    'Example: on Saturday 21 November you spend 120.00 yuan (after 2 purchases in the same month) and get 6.00 yuan cash back.',
  ],
  [
    asks({ type: 'nth_purchase', numbers: [3] }),
    '例:11月21日(周六)消费 120.00 元(第 3 次消费),返现 6.00 元。',
    'Example: on Saturday 21 November you spend 120.00 yuan (your 3rd purchase) and get 6.00 yuan cash back.',
  ],
  [
    asks({ type: 'birthday', within: { type: 'days', before: 0, after: 0 } }),
    '例:11月21日(周六)消费 120.00 元(当天生日),返现 6.00 元。',
    'Example: on Saturday 21 November you spend 120.00 yuan (on your birthday) and get 6.00 yuan cash back.',
  ],
  [
    asks({ type: 'coupon', templates: ['next'] }),
    '例:11月21日(周六)消费 120.00 元,使用优惠券「next」,返现 6.00 元。',
    'Example: on Saturday 21 November you spend 120.00 yuan with the coupon next and get 6.00 yuan cash back.',
  ],
  [
    asks({
      type: 'any',
      of: [{ type: 'wallet', wallets: ['alipay'] }],
    }),
    '例:11月21日(周六)消费 120.00 元,使用支付宝付款,返现 6.00 元。',
    'Example: on Saturday 21 November you spend 120.00 yuan paid by Alipay and get 6.00 yuan cash back.',
  ],
  [
    benefits({
      kind: 'discount',
      off: { by: 'buy_get', buy: 2, get: 1, rate: 1_000_000 },
      target: { skus: ['tea'] },
    }),
    '例:11月21日(周六)购买 tea 3 件,共 120.00 元,减 40.00 元,实付 80.00 元。',
    'Example: on Saturday 21 November you buy 3 of tea for 120.00 yuan and get 40.00 yuan off, 80.00 yuan to pay.',
  ],
  [
    benefits({
      kind: 'discount',
      off: {
        by: 'bundle',
        parts: [
          { skus: ['tea'], quantity: 1 },
          { categories: ['ware'], quantity: 2 },
        ],
        price: 3_900,
      },
    }),
    '例:11月21日(周六)购买 tea 1 件、ware 2 件,共 120.00 元,减 81.00 元,实付 39.00 元。',
    'Example: on Saturday 21 November you buy 1 of tea and 2 of ware for 120.00 yuan and get 81.00 yuan off, 39.00 yuan to pay.',
  ],
  [
    {
      ...benefits(cashback()),
      schedule: { from: '2027-02-01', hours: [{ from: '14:00', to: '17:00' }] },
    },
    '例:2027年2月1日(周一)14:00 消费 120.00 元,返现 6.00 元。',
    'Example: on Monday 1 February 2027 at 14:00 you spend 120.00 yuan and get 6.00 yuan cash back.',
  ],
  [
    { ...benefits(cashback()), audience: { hold_out: { share: 500_000, salt: 's' } } },
    '例:11月21日(周六)消费 120.00 元,返现 6.00 元。',
    'Example: on Saturday 21 November you spend 120.00 yuan and get 6.00 yuan cash back.',
  ],
])('%j', (fields, zh, en) => {
  expect(workedExample(exampleDefinition(fields), TODAY)).toEqual({ zh, en });
});

test.each<[string, Fields]>([
  [
    'points that only double those of another offer',
    benefits({ ...points, earn: { by: 'multiplier', factor: 2_000_000 } }),
  ],
  [
    'conditions that exclude each other',
    asks({
      type: 'all',
      of: [
        { type: 'weekday', weekdays: [1] },
        { type: 'weekday', weekdays: [2] },
      ],
    }),
  ],
  [
    'an offer that ended',
    { ...benefits(cashback()), schedule: { from: '2026-11-21', to: '2026-11-21', weekdays: [2] } },
  ],
])('of %s there is no example rather than a wrong one', (_, fields) => {
  expect(workedExample(exampleDefinition(fields), TODAY)).toBeNull();
});
