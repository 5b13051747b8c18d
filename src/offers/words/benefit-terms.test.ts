import { expect, test } from 'vitest';
import type { DefinitionInput } from '../rule/definition.ts';
import { exampleDefinition } from '../rule/example.ts';
import { benefitTerms } from './benefit-terms.ts';
import { givesText } from './gives-text.ts';

type Input = DefinitionInput['benefits'][number];
const tea = { skus: ['tea'] };
const none = { type: 'none' } as const;
const off = (by: object, fields: object = {}) =>
  ({ kind: 'discount', off: by, ...fields }) as Input;
const points = (earn: object, fields: object = {}) =>
  ({ kind: 'points', earn, expiry: none, ...fields }) as Input;
const back = (earn: object, fields: object = {}) =>
  ({ kind: 'cashback', earn, ...fields }) as Input;

function read(input: Input) {
  return exampleDefinition({ benefits: [input] }).benefits[0]!;
}

test.each<[Input, string, string]>([
  // the benefit, as the first sentence of its terms
  [off({ by: 'percent', rate: 50_000 }), '本单享 9.5 折。', 'Get 5% off.'],
  [off({ by: 'percent', rate: 125_000 }), '本单减 12.5%。', 'Get 12.5% off.'],
  [
    off({ by: 'percent', rate: 500_000 }, { target: tea, cap: 2_000 }),
    '购买 tea,享 5 折,每单最多 20.00 元。',
    'Buy tea and get 50% off, at most 20.00 yuan a sale.',
  ],
  [
    off({ by: 'percent', rate: 1_000_000 }, { select: { order: 'cheapest', units: 1 } }),
    '本单最低价的 1 件免费。',
    'Get the cheapest item free.',
  ],
  [
    off({ by: 'percent', rate: 300_000 }, { target: tea, select: { order: 'dearest', units: 2 } }),
    '购买 tea,其中最高价的 2 件享 7 折。',
    'Buy tea and get 30% off the dearest 2 items.',
  ],
  [
    off({ by: 'amount', amount: 1_000 }, { spend: 10_000 }),
    '消费满 100.00 元,减 10.00 元。',
    'Spend at least 100.00 yuan and get 10.00 yuan off.',
  ],
  [
    off({ by: 'amount', amount: 1_000, times: 3 }, { spend: 10_000, target: tea }),
    '购买 tea 每满 100.00 元,减 10.00 元,最多减 3 次。',
    'Spend 100.00 yuan on tea and get 10.00 yuan off, as often as that is reached, at most 3 times.',
  ],
  [
    off({ by: 'fixed_price', price: 990, units: 2 }, { target: tea }),
    '购买 tea,每件 9.90 元,每单限 2 件。',
    'Buy tea and get every item at 9.90 yuan, at most 2 items a sale.',
  ],
  [
    off({
      by: 'tiered',
      steps: [
        { from: 10_000, amount: 1_000 },
        { from: 20_000, rate: 200_000 },
      ],
    }),
    '本单满 100.00 元减 10.00 元,满 200.00 元享 8 折。',
    'Get 10.00 yuan off from 100.00 yuan spent and 20% off from 200.00 yuan spent.',
  ],
  [
    off({ by: 'nth_item', nth: 2, rate: 500_000 }),
    '本单每第 2 件 5 折。',
    'Get every 2nd item at 50% off.',
  ],
  [
    off({ by: 'buy_get', buy: 2, get: 1, rate: 1_000_000, times: 2 }, { target: tea }),
    '购买 tea,每买 2 件送 1 件,每单限 2 组。',
    'Buy tea and get 1 free for every 2 bought, at most 2 sets a sale.',
  ],
  [
    off({ by: 'buy_get', buy: 1, get: 1, rate: 500_000, of: { skus: ['cup'] } }, { target: tea }),
    '购买 tea,每买 1 件,另 1 件「cup」5 折。',
    'Buy tea and get 1 more of cup at 50% off for every 1 bought.',
  ],
  [
    off({
      by: 'bundle',
      parts: [
        { skus: ['tea'], quantity: 1 },
        { skus: ['cup'], quantity: 2 },
      ],
      price: 3_900,
    }),
    'tea 1 件 + cup 2 件,组合价 39.00 元。',
    'Get 1 of tea and 2 of cup together for 39.00 yuan.',
  ],
  [
    points({ by: 'per_yuan', rate: 2_000_000 }),
    '每实付 1 元得 2 积分。',
    'Get 2 points for every yuan.',
  ],
  [
    points({ by: 'per_yuan', rate: 100_000 }),
    '每实付 10 元得 1 积分。',
    'Get 1 point for every 10 yuan.',
  ],
  [points({ by: 'fixed', amount: 100 }), '得 100 积分。', 'Get 100 points.'],
  [points({ by: 'multiplier', factor: 2_000_000 }), '得 2 倍积分。', 'Get 2 times the points.'],
  [
    points({
      by: 'tiered',
      steps: [
        { from: 10_000, amount: 50 },
        { from: 50_000, rate: 2_000_000 },
      ],
    }),
    '满 100.00 元得 50 积分,满 500.00 元每 1 元得 2 积分。',
    'Get 50 points from 100.00 yuan spent and 2 points for every yuan from 500.00 yuan spent.',
  ],
  [
    { kind: 'growth', earn: { by: 'per_yuan', rate: 1_000_000 } },
    '每实付 1 元得 1 成长值。',
    'Get 1 growth value for every yuan.',
  ],
  [
    back({ by: 'rate', rate: 50_000 }, { cap: 2_000 }),
    '按实付金额返现 5%,每单最多 20.00 元。',
    'Get 5% cash back on what is really paid, at most 20.00 yuan a sale.',
  ],
  [back({ by: 'fixed', amount: 3_000 }), '返现 30.00 元。', 'Get 30.00 yuan cash back.'],
  [
    back({ by: 'rate', rate: 10_000 }, { to: 'merchant' }),
    '按实付金额返利 1%。',
    'Get 1% rebate on what is really paid.',
  ],
  [
    { kind: 'coupon', template: 'next-visit', quantity: 2, spend: 5_000 },
    '消费满 50.00 元,得优惠券「next-visit」2 张。',
    'Spend at least 50.00 yuan and get 2 coupons next-visit.',
  ],
  [
    { kind: 'gift', sku: 'cup', quantity: 1, target: tea },
    '购买 tea,获赠「cup」1 件。',
    'Buy tea and get 1 of cup as a gift.',
  ],
])('%j', (benefit, zh, en) => {
  expect(benefitTerms(read(benefit), false)[0]).toEqual({ zh, en });
});

test.each<[Input, boolean, string]>([
  [off({ by: 'nth_item', nth: 2, rate: 500_000 }), false, '件数按单价从高到低计。'],
  [
    off({ by: 'buy_get', buy: 2, get: 1, rate: 1_000_000 }, { target: tea }),
    false,
    '优惠的是价格最低的商品。',
  ],
  [off({ by: 'percent', rate: 50_000 }), true, '折扣按其他优惠前的价格计算。'],
  [points({ by: 'per_yuan', rate: 1_000_000 }), false, '不足 1 积分的部分不计。'],
])('%j has a remark', (benefit, initial, zh) => {
  expect(benefitTerms(read(benefit), initial).map((each) => each.zh)).toContain(zh);
});

test.each<[Input, string, string]>([
  // the benefit, after "可" and "to"
  [off({ by: 'percent', rate: 50_000 }), '享 9.5 折', 'save 5%'],
  [off({ by: 'percent', rate: 1_000_000 }), '免费', 'get it free'],
  [off({ by: 'amount', amount: 1_050 }, { spend: 9_000 }), '减 10.50 元', 'save 10.50 yuan'],
  [off({ by: 'fixed_price', price: 990 }), '按每件 9.90 元购买', 'pay 9.90 yuan each'],
  [off({ by: 'nth_item', nth: 2, rate: 500_000 }), '享第 2 件 5 折', 'get every 2nd item 50% off'],
  [
    off({ by: 'buy_get', buy: 2, get: 1, rate: 1_000_000 }, { target: tea }),
    '享买 2 送 1',
    'get 1 free for 2 bought',
  ],
  [
    points({ by: 'per_yuan', rate: 1_000_000 }),
    '得积分(每 1 元得 1 积分)',
    'earn 1 point for every yuan',
  ],
  [back({ by: 'rate', rate: 50_000 }), '返 5%', 'get 5% back'],
  [{ kind: 'gift', sku: 'cup', quantity: 1 }, '获赠「cup」1 件', 'get 1 of cup as a gift'],
])('in short: %j', (benefit, zh, en) => {
  expect(givesText(read(benefit))).toEqual({ zh, en });
});
