const name = (zh: string, en: string) => ({ name: { zh, en }, schedule: { from: '2010-01-01' } });
const members = { audience: { members_only: true } };

/**
 * Offers of many kinds that live off what was counted and drawn before: limits per window, payers with caps, a
 * budget that closes and is refilled by refunds, offers that compete.
 */
export const RICH_OFFERS = {
  budgets: [
    {
      code: 'brand-fund',
      name: { zh: '品牌预算', en: 'Brand fund' },
      total: 150_000,
      chunk: 20_000,
    },
  ],
  offers: [
    {
      code: 'POINTS',
      ...name('每元一分', 'A point per yuan'),
      ...members,
      benefits: [
        {
          kind: 'points',
          earn: { by: 'per_yuan', rate: 1_000_000 },
          expiry: { type: 'end_of_year', years: 1 },
        },
      ],
    },
    {
      code: 'THIRTY-OFF',
      ...name('满 300 减 30，每月至多 2 次', '30 off above 300, twice a month'),
      ...members,
      benefits: [{ kind: 'discount', off: { by: 'amount', amount: 3_000 }, spend: 30_000 }],
      limits: { each: [{ per: 'member', window: { type: 'month' }, count: 2 }] },
      stacking: { group: 'order', pick: 'best' },
    },
    {
      code: 'FIVE-PERCENT',
      ...name('周末 95 折', '5 % off at weekends'),
      conditions: { type: 'weekday', weekdays: [4, 5, 7] },
      benefits: [{ kind: 'discount', off: { by: 'percent', rate: 50_000 } }],
      limits: {
        each: [
          { per: 'sale', amount: 2_500 },
          { per: 'offer', window: { type: 'week' }, amount: 6_000 },
        ],
      },
      stacking: { group: 'order' },
    },
    {
      code: 'THREE-PAYERS',
      ...name('三方返现', 'Cashback of three payers'),
      ...members,
      conditions: { type: 'basket_amount', min: 20_000 },
      benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 30_000 }, cap: 2_000 }],
      funding: [
        { party: 'funder', budget: 'brand-fund', share: 500_000, overflow: 'next' },
        { party: 'store', share: 200_000, cap: { per_day: 500 }, overflow: 'next' },
        { party: 'merchant', share: 300_000, cap: { per_month: 20_000 } },
      ],
    },
    {
      code: 'ROLLING',
      ...name('30 天内至多返 10 元', 'At most 10 back in 30 days'),
      ...members,
      benefits: [{ kind: 'cashback', earn: { by: 'rate', rate: 10_000 } }],
      limits: {
        each: [{ per: 'member', window: { type: 'rolling', days: 30 }, amount: 1_000 }],
        partial_grants: true,
      },
    },
    {
      code: 'EVERY-THIRD',
      ...name('每月第三单返 5 元', '5 back on every third sale of a month'),
      conditions: {
        type: 'history',
        whose: 'member',
        measure: 'count',
        window: { type: 'month' },
        every: 3,
      },
      benefits: [
        {
          kind: 'cashback',
          earn: { by: 'fixed', amount: 500 },
          timing: { type: 'business_days', days: 3 },
        },
      ],
    },
    {
      code: 'LOYAL-90',
      ...name('90 天内买满 2000 元再打 98 折', '2 % off after 2,000 in 90 days'),
      conditions: {
        type: 'history',
        measure: 'amount',
        window: { type: 'rolling', days: 90 },
        min: 200_000,
      },
      benefits: [
        { kind: 'discount', off: { by: 'percent', rate: 20_000 }, cap: 1_500 },
        { kind: 'growth', earn: { by: 'per_yuan', rate: 1_000_000 } },
      ],
      clawback: { retest: 'threshold' },
    },
    {
      code: 'BACK-AGAIN',
      ...name('隔 60 天回来得 200 分', '200 points after 60 days away'),
      conditions: { type: 'days_since_last', min: 60 },
      benefits: [
        {
          kind: 'points',
          earn: { by: 'fixed', amount: 200 },
          expiry: { type: 'rolling', days: 90 },
        },
      ],
    },
    {
      code: 'MONTH-1000',
      ...name('月满 1000 元返 3%', '3 % back of a month that reaches 1,000'),
      ...members,
      benefits: [
        {
          kind: 'cashback',
          earn: { by: 'rate', rate: 30_000 },
          timing: { type: 'cumulative', window: { type: 'month' }, reach: { amount: 100_000 } },
        },
      ],
    },
    {
      code: 'MONTH-THREE',
      ...name('月满 3 单奖 10 元', '10 back once a month has three sales'),
      ...members,
      benefits: [
        {
          kind: 'cashback',
          earn: { by: 'fixed', amount: 1_000 },
          timing: { type: 'cumulative', window: { type: 'month' }, reach: { count: 3 } },
        },
      ],
    },
    {
      code: 'QUIET',
      ...name('最后一单后第 5 个工作日返 1%', '1 % back five business days after the last sale'),
      ...members,
      benefits: [
        {
          kind: 'cashback',
          earn: { by: 'rate', rate: 10_000 },
          timing: { type: 'after_last', days: 5 },
        },
      ],
      limits: { each: [{ per: 'member', window: { type: 'total' }, amount: 5_000 }] },
    },
  ],
};
