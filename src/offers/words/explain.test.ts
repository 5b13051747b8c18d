import { expect, test } from 'vitest';
import { compileOffers } from '../engine/compile.ts';
import type { DefinitionInput } from '../rule/definition.ts';
import { exampleOffer, exampleSale } from '../rule/example.ts';
import { explain } from './explain.ts';
import type { Facts } from '../engine/facts.ts';

type Fields = Partial<DefinitionInput>;
const from = '2026-01-01';
const save = (amount: number, spend: number) =>
  ({ kind: 'discount', off: { by: 'amount', amount }, spend }) as const;
const cashback = { kind: 'cashback', earn: { by: 'rate', rate: 50_000 } } as const;
const used = (count: number, amount: number) => ({
  usage: { 'offer:a:member:m1:day:2026-11-21': { count, amount } },
});

test.each<[Fields, Partial<Facts>, string, string, string]>([
  [{}, {}, 'granted', '已减 9.00 元', '¥9.00 off'],
  [
    { limits: { each: [{ per: 'sale', amount: 500 }] } },
    {},
    'partly',
    '已减 5.00 元(已达单笔上限)',
    '¥5.00 off (the most per sale is reached)',
  ],
  [
    { benefits: [save(1_000, 19_240)] },
    {},
    'spend',
    '再消费 12.40 元可减 10 元',
    'Spend ¥12.40 more to save ¥10',
  ],
  [
    { conditions: { type: 'basket_amount', min: 20_000 } },
    {},
    'basket_amount',
    '再消费 20.00 元可减 5%',
    'Spend ¥20.00 more to save 5%',
  ],
  [
    { conditions: { type: 'basket_amount', max: 9_000 } },
    {},
    'basket_amount',
    '仅限:不超过 90.00 元(本单:180.00 元)',
    'Only for: at most ¥90.00 (here: ¥180.00)',
  ],
  [
    { conditions: { type: 'contains', skus: ['tea'], quantity: 3 } },
    {},
    'contains',
    '再买 1 件「tea」可减 5%',
    'Buy 1 more of tea to save 5%',
  ],
  [
    { conditions: { type: 'none', of: [{ type: 'contains', skus: ['tea'] }] } },
    {},
    'excluded_by',
    '不适用于:含 tea',
    'Does not apply to: a basket with tea',
  ],
  [{ benefits: [cashback] }, { member: null }, 'member', '注册会员即可享受', 'Join to get it'],
  [
    { audience: { tiers: ['black'] } },
    {},
    'tier',
    '仅限:会员等级 black(本单:gold)',
    'Only for: tier black (here: gold)',
  ],
  [
    { schedule: { from, weekdays: [2] } },
    {},
    'weekday',
    '仅限:周二(本单:周六)',
    'Only for: Tuesday (here: Saturday)',
  ],
  [
    { schedule: { from, hours: [{ from: '08:00', to: '10:30' }] } },
    {},
    'hours',
    '仅限:08:00-10:30(本单:12:00)',
    'Only for: 08:00-10:30 (here: 12:00)',
  ],
  [
    { schedule: { from: '2026-12-01' } },
    {},
    'day',
    '仅限:2026-12-01 起(本单:2026-11-21)',
    'Only for: from 2026-12-01 (here: 2026-11-21)',
  ],
  [
    { conditions: { type: 'tender', methods: ['card'] } },
    {},
    'tender',
    '仅限:支付方式 card(本单:cash)',
    'Only for: payment by card (here: cash)',
  ],
  [
    { benefits: [{ ...cashback, target: { skus: ['x'] } }] },
    {},
    'target',
    '仅限:含 x',
    'Only for: a basket with x',
  ],
  [
    { limits: { each: [{ per: 'member', window: { type: 'day' }, count: 1 }] } },
    used(1, 0),
    'limit_count',
    '已用 1 次,上限 1 次',
    'Uses so far: 1; the limit is 1',
  ],
  [
    { limits: { each: [{ per: 'member', window: { type: 'day' }, amount: 2_000 }] } },
    used(1, 2_000),
    'limit_amount',
    '已享 20.00 元,上限 20.00 元',
    '¥20.00 so far; the limit is ¥20.00',
  ],
  [
    { funding: [{ party: 'funder', funder_org: 9, budget: 'b', share: 1_000_000 }] },
    {},
    'budget',
    '活动预算剩余 0.00 元,本单需 9.00 元',
    'The budget has ¥0.00 left; this sale needs ¥9.00',
  ],
])('%j on %j: %s', (fields, sale, reason, zh, en) => {
  const [found] = explain(exampleSale(sale), compileOffers([exampleOffer('a', fields)]));
  expect(found).toMatchObject({ offer: 'a', reason, text: { zh, en } });
});

test('the loser of a group names the winner', () => {
  const set = compileOffers([
    exampleOffer('a', { stacking: { group: 'g' } }),
    exampleOffer('b', {
      stacking: { group: 'g' },
      name: { zh: '大促', en: 'Big sale' },
      benefits: [save(5_000, 10_000)],
    }),
  ]);
  expect(explain(exampleSale(), set)).toMatchObject([
    {
      offer: 'a',
      outcome: 'not',
      reason: 'lost',
      lostTo: 'b',
      text: { zh: '不能同享,已选用「大促」' },
    },
    { offer: 'b', outcome: 'granted', decisions: [{ amount: 5_000 }] },
  ]);
});

test('of alternatives the one that only lacks spending is shown, with the figures', () => {
  const conditions = {
    type: 'any',
    of: [
      { type: 'tier', tiers: ['black'] },
      { type: 'basket_amount', min: 18_500 },
    ],
  } as const;
  const [found] = explain(
    exampleSale(),
    compileOffers([exampleOffer('a', { conditions: structuredClone(conditions) as never })]),
  );
  expect(found).toMatchObject({
    reason: 'basket_amount',
    actual: 18_000,
    required: 18_500,
    missing: 500,
  });
});
