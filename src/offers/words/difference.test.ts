import { expect, test } from 'vitest';
import type { DefinitionInput } from '../rule/definition.ts';
import { exampleDefinition } from '../rule/example.ts';
import { differenceOf } from './difference.ts';

type Fields = Partial<DefinitionInput>;
const from = '2026-01-01';
const percent = (fields: object = {}) =>
  ({ kind: 'discount', off: { by: 'percent', rate: 50_000 }, ...fields }) as const;
const points = (fields: object = {}) =>
  ({
    kind: 'points',
    earn: { by: 'per_yuan', rate: 1_000_000 },
    expiry: { type: 'none' },
    ...fields,
  }) as const;
const benefits = (...each: object[]) => ({ benefits: each }) as Fields;
const conditions = (condition: object) => ({ conditions: condition }) as Fields;
const limits = (...each: object[]) => ({ limits: { each } }) as Fields;
const funding = (...payers: object[]) => ({ funding: payers }) as Fields;
const daily = { per: 'member', window: { type: 'day' } };
const stacking = (fields: object) => ({ stacking: fields }) as Fields;
const funder = { party: 'funder', funder_org: 9, budget: 'b' };

test.each<[Fields, Fields, string, string, string]>([
  // before, after                              where, and what is said
  [
    limits({ ...daily, amount: 2_000 }),
    limits({ ...daily, amount: 3_000 }),
    '/limits/each/0',
    '每位会员每日上限由 20.00 元提高到 30.00 元。',
    'The limit of amount for each member a day goes up from 20.00 yuan to 30.00 yuan.',
  ],
  [
    limits({ ...daily, count: 3 }),
    limits({ ...daily, count: 1 }),
    '/limits/each/0',
    '每位会员每日次数上限由 3 次降低到 1 次。',
    'The limit of uses for each member a day goes down from 3 times to 1 time.',
  ],
  [
    {},
    limits({ per: 'offer', window: { type: 'total' }, count: 100 }),
    '/limits/each/0',
    '新增全部顾客合计活动期间次数上限:100 次。',
    'New: limit of uses for all customers together in all: 100 times.',
  ],
  [
    limits({ per: 'sale', amount: 500 }),
    {},
    '/limits/each/0',
    '取消每单上限(原为:5.00 元)。',
    'Gone: limit of amount for each sale (before: 5.00 yuan).',
  ],
  [
    {},
    { limits: { partial_grants: false } },
    '/limits/partial_grants',
    '额度不足时由「按剩余额度给付」改为「不给付」。',
    'Grant where too little is left: “what is left is granted” becomes “nothing is granted”.',
  ],
  [
    {},
    { name: { zh: '秋季满减', en: 'Autumn' } },
    '/name',
    '名称由「示例」改为「秋季满减」。',
    'Name: “Example” becomes “Autumn”.',
  ],
  [
    {},
    { priority: 5 },
    '/priority',
    '优先级序号(小者先判)由 100 降低到 5。',
    'The priority number (the smaller goes first) goes down from 100 to 5.',
  ],
  [
    { schedule: { from, to: '2026-11-30' } },
    { schedule: { from, to: '2026-12-31' } },
    '/schedule/to',
    '结束日由「2026年11月30日」改为「2026年12月31日」。',
    'Last day: “30 November 2026” becomes “31 December 2026”.',
  ],
  [
    { schedule: { from, to: '2026-11-30' } },
    { schedule: { from } },
    '/schedule/to',
    '结束日由「2026年11月30日」改为「不限」。',
    'Last day: “30 November 2026” becomes “none”.',
  ],
  [
    { schedule: { from } },
    { schedule: { from, weekdays: [1, 2, 3] } },
    '/schedule/weekdays',
    '新增星期限制:周一至周三。',
    'New: weekdays: Monday to Wednesday.',
  ],
  [
    { schedule: { from, hours: [{ from: '08:00', to: '10:00' }] } },
    { schedule: { from, hours: [{ from: '08:00', to: '11:00' }] } },
    '/schedule/hours',
    '时段限制由「08:00-10:00」改为「08:00-11:00」。',
    'Hours: “between 08:00 and 10:00” becomes “between 08:00 and 11:00”.',
  ],
  [
    { schedule: { from, day_kinds: ['workday'] } },
    { schedule: { from } },
    '/schedule/day_kinds',
    '取消日期类型(原为:工作日(含调休上班日))。',
    'Gone: kinds of day (before: on working days (make-up days included)).',
  ],
  [
    { schedule: { from } },
    { schedule: { from, blackout: [{ from: '2026-11-11', to: '2026-11-11' }] } },
    '/schedule/blackout',
    '新增暂停日期:2026年11月11日。',
    'New: days off: 11 November 2026.',
  ],
  [
    { scope: { stores: ['a', 'b'] } },
    { scope: { stores: ['a', 'b', 'c'] } },
    '/scope/stores',
    '适用门店增加:c。',
    'The stores now include c.',
  ],
  [
    { scope: { stores: ['a', 'b'] } },
    { scope: { stores: ['a'] } },
    '/scope/stores',
    '适用门店去掉:b。',
    'The stores no longer include b.',
  ],
  [
    {},
    { audience: { tiers: ['gold'] } },
    '/audience/tiers',
    '新增会员等级:gold。',
    'New: tiers: gold.',
  ],
  [
    {},
    { audience: { members_only: true } },
    '/audience/members_only',
    '参加对象由「所有顾客」改为「仅限会员」。',
    'Audience: “everybody” becomes “members only”.',
  ],
  [
    { audience: { hold_out: { share: 50_000, salt: 's' } } },
    { audience: { hold_out: { share: 100_000, salt: 's' } } },
    '/audience/hold_out',
    '对照组由「5%(s)」改为「10%(s)」。',
    'Control group: “5% (s)” becomes “10% (s)”.',
  ],
  [
    conditions({ type: 'basket_amount', min: 10_000 }),
    conditions({ type: 'basket_amount', min: 12_000 }),
    '/conditions',
    '条件由「本单满 100.00 元」改为「本单满 120.00 元」。',
    'Condition: “with a basket of at least 100.00 yuan” becomes “with a basket of at least 120.00 yuan”.',
  ],
  [
    conditions({ type: 'basket_amount', min: 10_000 }),
    conditions({
      type: 'all',
      of: [
        { type: 'basket_amount', min: 10_000 },
        { type: 'weekday', weekdays: [2] },
      ],
    }),
    '/conditions/of/1',
    '新增条件:周二。',
    'New: condition: on Tuesday.',
  ],
  [
    conditions({ type: 'weekday', weekdays: [2] }),
    {},
    '/conditions',
    '取消条件(原为:周二)。',
    'Gone: condition (before: on Tuesday).',
  ],
  [
    benefits(percent()),
    benefits(percent({ off: { by: 'percent', rate: 100_000 } })),
    '/benefits/0',
    '立减由「享 9.5 折」改为「享 9 折」。',
    'Discount: “5% off” becomes “10% off”.',
  ],
  [
    benefits(percent()),
    benefits(percent({ off: { by: 'percent', rate: 50_000, rounding: 'down' } })),
    '/benefits/0',
    '立减由「享 9.5 折」改为「享 9.5 折(尾数舍去)」。',
    'Discount: “5% off” becomes “5% off (rounded down)”.',
  ],
  [
    benefits(percent({ cap: 2_000 })),
    benefits(percent({ cap: 3_000 })),
    '/benefits/0/cap',
    '立减每单上限由 20.00 元提高到 30.00 元。',
    'The discount limit per sale goes up from 20.00 yuan to 30.00 yuan.',
  ],
  [
    benefits(percent()),
    benefits(percent({ spend: 10_000 })),
    '/benefits/0/spend',
    '新增立减门槛:100.00 元。',
    'New: discount threshold: 100.00 yuan.',
  ],
  [
    benefits(percent()),
    benefits(percent({ target: { categories: ['tea'] } })),
    '/benefits/0/target',
    '立减适用商品由「全部商品」改为「tea」。',
    'Discount goods: “all goods” becomes “tea”.',
  ],
  [
    benefits(percent()),
    benefits(percent(), points()),
    '/benefits/1',
    '新增积分:每实付 1 元得 1 积分。',
    'New: points: 1 point for every yuan.',
  ],
  [
    benefits(points()),
    benefits(points({ expiry: { type: 'end_of_year', years: 1 } })),
    '/benefits/0/expiry',
    '积分有效期由「长期有效」改为「有效期至到账次年 12 月 31 日」。',
    'Points validity: “usable without end” becomes “usable through 31 December of the year after arrival”.',
  ],
  [
    benefits(points()),
    benefits(points({ timing: { type: 'business_days', days: 3 } })),
    '/benefits/0/timing',
    '积分到账方式由「付款后立即到账」改为「在付款后第 3 个工作日到账(法定节假日不计,调休上班日计入)」。',
    'Points arrival: “available as soon as you have paid” becomes “available on the 3rd business day after you pay; public holidays do not count, make-up days do”.',
  ],
  [
    funding({ ...funder, share: 700_000 }, { party: 'merchant', share: 300_000 }),
    funding({ ...funder, share: 600_000 }, { party: 'merchant', share: 400_000 }),
    '/funding/0/share',
    '机构 9 的出资比例由 70% 降低到 60%。',
    'The share of org 9 goes down from 70% to 60%.',
  ],
  [
    funding({ ...funder, share: 1_000_000, cap: { per_day: 50_000 } }),
    funding({ ...funder, share: 1_000_000, cap: { per_day: 80_000 } }),
    '/funding/0/cap/per_day',
    '机构 9 每日出资上限由 500.00 元提高到 800.00 元。',
    'The most that org 9 pays a day goes up from 500.00 yuan to 800.00 yuan.',
  ],
  [
    funding({ ...funder, share: 1_000_000 }),
    funding({ ...funder, share: 1_000_000, overflow: 'next' }),
    '/funding/0/overflow',
    '机构 9 出资不足的部分由「减少给付」改为「由后面的出资方承担」。',
    'Unpaid rest of org 9: “the grant becomes smaller” becomes “passed to the payers after it”.',
  ],
  [{}, stacking({ group: 'g' }), '/stacking/group', '新增互斥组:g。', 'New: group: g.'],
  [
    {},
    stacking({ not_with: ['X'] }),
    '/stacking/not_with',
    '新增不可同享的活动:X。',
    'New: offers it cannot be combined with: X.',
  ],
  [
    {},
    stacking({ lane: 'tender' }),
    '/stacking/lane',
    '新增判定环节:支付优惠。',
    'New: lane: payment discount.',
  ],
  [
    {},
    { clawback: { shortage: 'payer' } },
    '/clawback/shortage',
    '奖励已用掉的部分由「记为会员欠还」改为「由出资方承担」。',
    'Rule for rewards already used: “owed by the member” becomes “borne by the payers”.',
  ],
  [
    {},
    { disclosures: [{ zh: '限量供应。', en: 'While stocks last.' }] },
    '/disclosures',
    '新增说明:限量供应。',
    'New notice: While stocks last.',
  ],
])('%j to %j', (before, after, pointer, zh, en) => {
  const changes = differenceOf(exampleDefinition(before), exampleDefinition(after));
  expect(changes).toContainEqual({ pointer, text: { zh, en } });
});

test('what only moved is no change', () => {
  const two = [
    { type: 'weekday', weekdays: [2] },
    { type: 'basket_amount', min: 10_000 },
  ];
  const before = exampleDefinition(conditions({ type: 'all', of: two }));
  const after = exampleDefinition(conditions({ type: 'all', of: two.toReversed() }));
  expect(differenceOf(before, after)).toEqual([]);
});

test('the order of payers counts', () => {
  const list = [
    { ...funder, share: 500_000 },
    { party: 'merchant', share: 500_000 },
  ];
  const changes = differenceOf(
    exampleDefinition(funding(...list)),
    exampleDefinition(funding(...list.toReversed())),
  );
  expect(changes.map(({ text }) => text.zh)).toEqual([
    '出资顺序由「机构 9、商户」改为「商户、机构 9」。',
  ]);
});
