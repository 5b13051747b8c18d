import { describe, expect, test } from 'vitest';
import type { DefinitionInput } from '../rule/definition.ts';
import { exampleDefinition } from '../rule/example.ts';
import { type TermsSection, termsOf } from './terms.ts';

type Fields = Partial<DefinitionInput>;
const TODAY = '2026-11-21';
const from = '2026-01-01';
const month = { type: 'month' } as const;

function said(fields: Fields, key: TermsSection['key'], lang: 'zh' | 'en'): string[] {
  const { sections } = termsOf(exampleDefinition(fields), TODAY);
  return (sections.find((each) => each.key === key)?.sentences ?? []).map((each) => each[lang]);
}

test('the whole terms of an offer, in both languages', () => {
  const offer: Fields = {
    name: { zh: '工行信用卡返现', en: 'ICBC credit cards: 5 % back' },
    schedule: {
      from,
      to: '2026-12-31',
      weekdays: [1, 2, 3, 4, 5],
      hours: [{ from: '10:00', to: '22:00' }],
    },
    scope: { stores: ['南京路店'] },
    audience: { tiers: ['黄金', '钻石'], hold_out: { share: 100_000, salt: 's' } },
    conditions: {
      type: 'all',
      of: [
        { type: 'issuer', issuers: ['ICBC'] },
        { type: 'card_kind', kinds: ['credit'] },
        { type: 'none', of: [{ type: 'contains', categories: ['礼品卡'] }] },
      ],
    },
    benefits: [
      {
        kind: 'cashback',
        earn: { by: 'rate', rate: 50_000 },
        spend: 10_000,
        timing: { type: 'business_days', days: 1 },
      },
    ],
    funding: [
      { party: 'funder', funder_org: 9, budget: 'b', share: 700_000 },
      { party: 'merchant', share: 300_000 },
    ],
    limits: { each: [{ per: 'member', window: { type: 'day' }, amount: 2_000 }] },
    stacking: { group: 'bank' },
    disclosures: [{ zh: '如有疑问请咨询店员。', en: 'Ask at the till.' }],
  };
  const { name, sections } = termsOf(exampleDefinition(offer), TODAY);
  const lines = (lang: 'zh' | 'en') =>
    [
      name[lang],
      ...sections.flatMap(({ title, sentences }) => [
        `# ${title[lang]}`,
        ...sentences.map((each) => each[lang]),
      ]),
    ].join('\n');
  expect(lines('zh')).toBe(ZH);
  expect(lines('en')).toBe(EN);
});

const ZH = `工行信用卡返现
# 活动时间
2026年1月1日至2026年12月31日,含首尾两日。
仅限周一至周五。
仅限 10:00-22:00。
# 适用范围
仅限门店南京路店。
# 参加对象
仅限黄金、钻石等级的会员。
# 参加条件
须使用 ICBC 的银行卡付款。
须使用信用卡付款。
不适用于:购买礼品卡。
# 优惠内容
消费满 100.00 元,按实付金额返现 5%。
# 限制
每位会员每日最多 20.00 元。
活动额度有限,用完即止。
剩余额度不足时,按剩余额度给付。
# 到账与有效期
返现在付款后第 1 个工作日到账(法定节假日不计,调休上班日计入)。
# 退货
退货时按退货金额的占比收回所得的积分、成长值与返现。
部分退货不影响留下的商品已享的优惠。
应收回的奖励已经用掉的,记为欠还,从以后的奖励中扣减。
# 同享
与同类活动不同享,系统自动选用对您最优惠的一项。
# 说明
如有疑问请咨询店员。
# 示例
例:黄金等级的会员于11月23日(周一)12:00 消费 120.00 元,使用 ICBC 的信用卡付款,返现 6.00 元,11月24日(周二)到账。`;

const EN = `ICBC credit cards: 5 % back
# When
1 January 2026 to 31 December 2026, both days included.
Only from Monday to Friday.
Only between 10:00 and 22:00.
# Where
Only in store 南京路店.
# Who
Only for members of tier 黄金 or 钻石.
# What it takes
Only when paying by a card of ICBC.
Only when paying by a credit card.
Not in these cases: with 礼品卡 in the basket.
# What you get
Spend at least 100.00 yuan and get 5% cash back on what is really paid.
# Limits
Each member: at most 20.00 yuan a day.
The offer ends early when its budget is used up.
Where less is left than you would get, you get what is left.
# When you get it
Cash back: available on the 1st business day after you pay; public holidays do not count, make-up days do.
# Returns
Points, growth value and cash back go back in the share of what is returned.
What you keep keeps its benefit after a partial return.
What you have already used of it is owed and taken from later rewards.
# Together with other offers
Of the offers of its kind a sale gets one: the best for you, chosen by itself.
# Please note
Ask at the till.
# Example
Example: on Monday 23 November at 12:00, as a member of tier 黄金, you spend 120.00 yuan paid by a credit card of ICBC and get 6.00 yuan cash back, available on Tuesday 24 November.`;

describe('when, where and who', () => {
  test.each<[Fields, TermsSection['key'], string[], string[]]>([
    [
      { schedule: { from } },
      'when',
      ['2026年1月1日起长期有效。'],
      ['From 1 January 2026 on, without a last day.'],
    ],
    [
      {
        schedule: {
          from,
          day_kinds: ['holiday'],
          blackout: [
            { from: '2026-10-01', to: '2026-10-03' },
            { from: '2026-11-11', to: '2026-11-11' },
          ],
        },
      },
      'when',
      [
        '2026年1月1日起长期有效。',
        '2026年10月1日至2026年10月3日、2026年11月11日暂停。',
        '仅限法定节假日。',
      ],
      [
        'From 1 January 2026 on, without a last day.',
        'Not on these days: 1 October 2026 to 3 October 2026, 11 November 2026.',
        'Only on public holidays.',
      ],
    ],
    [{}, 'where', ['所有门店均可参加。'], ['In all stores.']],
    [
      { scope: { terminals: ['t1'], channels: ['pos'] } },
      'where',
      ['所有门店均可参加。', '仅限指定收银终端。', '仅限门店收银。'],
      ['In all stores.', 'Only at chosen tills.', 'Only for sales at the till.'],
    ],
    [{}, 'who', ['所有顾客均可参加。'], ['Everybody can take part.']],
    [{ audience: { members_only: true } }, 'who', ['仅限会员。'], ['Only for members.']],
    [
      { audience: { labels: ['at-risk'] } },
      'who',
      ['仅限受邀会员。'],
      ['Only for invited members.'],
    ],
    [
      {
        conditions: {
          type: 'any',
          of: [
            { type: 'weekday', weekdays: [2] },
            {
              type: 'all',
              of: [
                { type: 'code', codes: ['SECRET'] },
                { type: 'basket_amount', min: 5_000 },
              ],
            },
          ],
        },
      },
      'how',
      ['须满足以下任一项:周二;出示优惠码且本单满 50.00 元。'],
      [
        'Only in at least one of these cases: on Tuesday; with a promotion code and with a basket of at least 50.00 yuan.',
      ],
    ],
  ])('%j: %s', (fields, key, zh, en) => {
    expect(said(fields, key, 'zh')).toEqual(zh);
    expect(said(fields, key, 'en')).toEqual(en);
  });
});

describe('limits', () => {
  test.each<[Fields['limits'], string, string]>([
    [
      { each: [{ per: 'member', window: month, count: 2, amount: 3_000 }] },
      '每位会员每月最多 2 次、30.00 元。',
      'Each member: at most 2 times and 30.00 yuan a month.',
    ],
    [
      { each: [{ per: 'card', window: { type: 'rolling', days: 7 }, count: 1 }] },
      '每张卡每 7 天最多 1 次。',
      'Each card: at most once in any 7 days.',
    ],
    [
      { each: [{ per: 'offer', window: { type: 'total' }, count: 1_000 }] },
      '全部顾客合计活动期间最多 1,000 次。',
      'All customers together: at most 1,000 times in all.',
    ],
    [
      { each: [{ per: 'sale', amount: 500 }] },
      '每单最多 5.00 元。',
      'Each sale: at most 5.00 yuan.',
    ],
    [
      { each: [{ per: 'line', amount: 500 }] },
      '每行商品最多 5.00 元。',
      'Each line of goods: at most 5.00 yuan.',
    ],
  ])('%j', (limits, zh, en) => {
    expect(said({ limits }, 'limits', 'zh')[0]).toBe(zh);
    expect(said({ limits }, 'limits', 'en')[0]).toBe(en);
  });

  test('what a card or device is counted by has to be known', () => {
    const limits = { each: [{ per: 'card', window: month, count: 1 } as const] };
    expect(said({ limits }, 'limits', 'zh')).toContain('不用银行卡付款的消费不参加。');
  });

  test('points are counted as points', () => {
    const points = {
      kind: 'points',
      earn: { by: 'fixed', amount: 100 },
      expiry: { type: 'none' },
    } as const;
    const limits = { each: [{ per: 'member', window: month, amount: 300 } as const] };
    expect(said({ benefits: [points], limits }, 'limits', 'zh')[0]).toBe(
      '每位会员每月最多 300 积分。',
    );
  });

  test('without partial grants too little is nothing', () => {
    const limits = { each: [{ per: 'sale', amount: 500 } as const], partial_grants: false };
    expect(said({ limits }, 'limits', 'zh').at(-1)).toBe('剩余额度不足时,不再给付。');
  });
});

describe('arrival and expiry', () => {
  const points = (fields: object) =>
    ({
      benefits: [
        {
          kind: 'points',
          earn: { by: 'per_yuan', rate: 1_000_000 },
          expiry: { type: 'none' },
          ...fields,
        },
      ],
    }) as Fields;
  const reach = { amount: 100_000, count: 5 };

  test.each<[Fields, string, string]>([
    [{}, '立减在付款前直接减免。', 'Discount: taken off before you pay.'],
    [points({}), '积分付款后立即到账。', 'Points: available as soon as you have paid.'],
    [
      points({ timing: { type: 'cumulative', window: month, reach } }),
      '积分在自然月内参加活动的消费累计满 1,000.00 元或满 5 笔时一并到账,到期未达到的不予发放。',
      'Points: all available when the purchases that took part reach 1,000.00 yuan or 5 purchases in a calendar month; what has not reached it by then is not granted.',
    ],
    [
      points({
        earn: { by: 'fixed', amount: 100 },
        timing: { type: 'cumulative', window: month, reach: { count: 5 }, whose: 'card' },
      }),
      '积分在同一张卡自然月内参加活动的消费累计满 5 笔时发放一次。',
      'Points: granted once when the purchases that took part with one card reach 5 purchases in a calendar month.',
    ],
    [
      points({ timing: { type: 'after_last', days: 3 } }),
      '积分在最后一次参加活动的消费后第 3 个工作日一并到账,其间每次参加活动的消费都重新计时。',
      'Points: all available on the 3rd business day after the last purchase that took part; each further one starts the clock again.',
    ],
    [points({}), '积分长期有效。', 'Points: usable without end.'],
    [
      points({ expiry: { type: 'rolling', days: 90 } }),
      '积分自到账之日起 90 天内有效。',
      'Points: usable for 90 days from the day of arrival.',
    ],
    [
      points({ expiry: { type: 'rolling', days: 90, round_up_to: 'month' } }),
      '积分有效期至到账满 90 天之日所在月的月末。',
      'Points: usable through the end of the month that holds the day 90 days after arrival.',
    ],
    [
      points({ expiry: { type: 'end_of_year', years: 0 } }),
      '积分有效期至到账当年 12 月 31 日。',
      'Points: usable through 31 December of the year of arrival.',
    ],
    [
      points({ expiry: { type: 'date', day: '2027-06-30' } }),
      '积分有效期至2027年6月30日。',
      'Points: usable through 30 June 2027.',
    ],
    [
      { benefits: [{ kind: 'coupon', template: 'next', quantity: 1 }] },
      '优惠券付款后立即到账,下次消费起可用,不能用于本单。',
      'Coupon: yours as soon as you have paid; for the next purchase on, never for the same one.',
    ],
  ])('%j', (fields, zh, en) => {
    expect(said(fields, 'arrival', 'zh')).toContain(zh);
    expect(said(fields, 'arrival', 'en')).toContain(en);
  });
});

describe('returns and combining', () => {
  const cashback = { kind: 'cashback', earn: { by: 'rate', rate: 50_000 }, spend: 10_000 } as const;
  const coupon = { type: 'coupon', templates: ['next'] } as const;

  test.each<[Fields, TermsSection['key'], string]>([
    [{}, 'returns', '退货时退还该商品的实付金额,即减去其分摊的优惠。'],
    [
      { benefits: [cashback], clawback: { retest: 'threshold' } },
      'returns',
      '部分退货后不再达到门槛的,相应优惠一并收回。',
    ],
    [
      { benefits: [cashback], clawback: { shortage: 'from_refund' } },
      'returns',
      '应收回的奖励已经用掉的,从退款中扣除。',
    ],
    [
      { benefits: [cashback], clawback: { shortage: 'payer' } },
      'returns',
      '应收回的奖励已经用掉的,不再追回。',
    ],
    [
      { conditions: { type: 'coupon', templates: ['next'] } },
      'returns',
      '整单退货的,所用优惠券退回,有效期不变。',
    ],
    [
      { conditions: { ...coupon, templates: ['next'] }, clawback: { coupon: 'forfeit' } },
      'returns',
      '整单退货的,所用优惠券不予退回。',
    ],
    [
      { conditions: { type: 'coupon', templates: ['next'] } },
      'combining',
      '优惠券须在付款前出示,每单用去一张。',
    ],
    [{}, 'combining', '除另有说明外,可与其他活动同享。'],
    [
      { stacking: { group: 'g', pick: 'all', most: 2 } },
      'combining',
      '与同类活动一单最多同享 2 项。',
    ],
    [
      { stacking: { group: 'g', pick: 'first' } },
      'combining',
      '与同类活动不同享,按活动的先后取第一项。',
    ],
    [{ stacking: { not_with: ['A', 'B'] } }, 'combining', '不与活动 A、B 同享。'],
  ])('%j: %s', (fields, key, zh) => {
    expect(said(fields, key, 'zh')).toContain(zh);
  });
});

test('a rebate to the merchant is not promised to members', () => {
  const points = {
    kind: 'points',
    earn: { by: 'fixed', amount: 9 },
    expiry: { type: 'none' },
  } as const;
  const rebate = { kind: 'cashback', to: 'merchant', earn: { by: 'rate', rate: 10_000 } } as const;
  expect(said({ benefits: [rebate, points] }, 'what', 'zh')).toEqual(['得 9 积分。']);
  expect(said({ benefits: [rebate] }, 'what', 'zh')).toEqual(['按实付金额返利 1%。']);
});
