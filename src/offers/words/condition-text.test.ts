import { expect, test } from 'vitest';
import { prepared } from '../engine/prepare-condition.ts';
import type { Condition } from '../rule/definition.ts';
import { treeText } from './tree-text.ts';

const month = { type: 'month' } as const;

test.each<[Condition, string, string]>([
  // what is asked                                     zh                        en
  [
    { type: 'basket_amount', min: 10_000 },
    '本单满 100.00 元',
    'with a basket of at least 100.00 yuan',
  ],
  [
    { type: 'basket_amount', max: 10_000 },
    '本单不超过 100.00 元',
    'with a basket of at most 100.00 yuan',
  ],
  [
    { type: 'basket_amount', min: 5_000, max: 123_456 },
    '本单介于 50.00 元至 1,234.56 元',
    'with a basket of 50.00 yuan to 1,234.56 yuan',
  ],
  [
    { type: 'basket_amount', basis: 'net', min: 10_000 },
    '优惠后实付满 100.00 元',
    'with at least 100.00 yuan to pay after discounts',
  ],
  [{ type: 'basket_quantity', min: 1 }, '本单满 1 件', 'with a basket of at least 1 item'],
  [
    { type: 'basket_quantity', min: 3, max: 3 },
    '本单恰好 3 件',
    'with a basket of exactly 3 items',
  ],
  [{ type: 'contains', skus: ['tea', 'cup'] }, '购买 tea、cup', 'with tea or cup in the basket'],
  [
    { type: 'contains', categories: ['茶'], quantity: 2, amount: 5_000 },
    '购买茶满 2 件且满 50.00 元',
    'with 茶 in the basket, at least 2 items and 50.00 yuan',
  ],
  [
    { type: 'unit_price', which: 'dearest', min: 10_000 },
    '本单最高单价满 100.00 元',
    'where the dearest item costs at least 100.00 yuan',
  ],
  [
    { type: 'unit_price', which: 'cheapest', target: { brands: ['leaf'] }, max: 500 },
    'leaf 最低单价不超过 5.00 元',
    'where the cheapest item of leaf costs at most 5.00 yuan',
  ],
  [{ type: 'tender', methods: ['card'] }, '使用 card 付款', 'when paying by card'],
  [
    { type: 'tender', methods: ['card', 'wechat'], match: 'any' },
    '至少部分使用 card、wechat 付款',
    'when paying at least part by card or wechat',
  ],
  [
    { type: 'issuer', issuers: ['ICBC'] },
    '使用 ICBC 的银行卡付款',
    'when paying by a card of ICBC',
  ],
  [
    { type: 'bin', prefixes: ['622202'], ranges: [{ from: '6217', to: '6219' }] },
    '使用卡号以 622202、6217 至 6219 开头的银行卡付款',
    'when paying by a card whose number begins with 622202 or 6217 to 6219',
  ],
  [
    { type: 'card_kind', kinds: ['debit', 'credit', 'semi_credit', 'prepaid'] },
    '使用借记卡、信用卡、准贷记卡、预付卡付款',
    'when paying by a debit card, a credit card, a semi-credit card or a prepaid card',
  ],
  [
    { type: 'scheme', schemes: ['unionpay', 'visa', 'amex'] },
    '使用银联卡、Visa 卡、美国运通卡付款',
    'when paying by a UnionPay card, a Visa card or an American Express card',
  ],
  [
    { type: 'wallet', wallets: ['wechat', 'alipay', 'unionpay', 'digital_yuan'] },
    '使用微信支付、支付宝、云闪付、数字人民币付款',
    'when paying by WeChat Pay, Alipay, UnionPay QuickPass or digital yuan',
  ],
  [
    { type: 'terminal_kind', kinds: ['self_service', 'online'] },
    '自助收银机、线上',
    'at a self-service till or online',
  ],
  [{ type: 'mcc', codes: ['5812'] }, '商户类别码 5812', 'at merchants of category 5812'],
  [
    { type: 'tier', tiers: ['黄金', '钻石'] },
    '黄金、钻石等级的会员',
    'for members of tier 黄金 or 钻石',
  ],
  [{ type: 'label', labels: ['loyal'] }, '带标签 loyal 的会员', 'for members labelled loyal'],
  [
    { type: 'member_for', min_days: 30 },
    '入会满 30 天的会员',
    'for those who joined at least 30 days ago',
  ],
  [{ type: 'birthday', within: month }, '生日当月', 'in the month of the birthday'],
  [
    { type: 'birthday', within: { type: 'days', before: 0, after: 0 } },
    '生日当天',
    'on the birthday',
  ],
  [
    { type: 'birthday', within: { type: 'days', before: 3, after: 1 } },
    '生日前 3 天至后 1 天',
    'from 3 days before to 1 day after the birthday',
  ],
  [{ type: 'nth_purchase', numbers: [1] }, '首次消费', 'on the first purchase'],
  [
    { type: 'nth_purchase', numbers: [2, 5], every: 10 },
    '第 2 次消费、第 5 次消费、每第 10 次消费',
    'on the 2nd purchase, the 5th purchase or every 10th purchase',
  ],
  [
    { type: 'days_since_last', min: 30 },
    '距上次消费满 30 天',
    'at least 30 days after the last purchase',
  ],
  [
    { type: 'history', measure: 'count', window: month, every: 3 },
    '自然月内消费每满 3 笔(含本单)',
    'with every 3 purchases in a calendar month, this one included',
  ],
  [
    { type: 'history', measure: 'visits', window: month, min: 5 },
    '自然月内到店消费满 5 天(含本单)',
    'with at least 5 days with a purchase in a calendar month, this one included',
  ],
  [
    {
      type: 'history',
      whose: 'card',
      measure: 'amount',
      window: { type: 'rolling', days: 30 },
      target: { categories: ['茶'] },
      min: 100_000,
    },
    '同一张卡近 30 天购买茶满 1,000.00 元(含本单)',
    'with at least 1,000.00 yuan of purchases of 茶 with one card in the last 30 days, this one included',
  ],
  [{ type: 'code', codes: ['SPRING'] }, '输入优惠码 SPRING', 'with the code SPRING'],
  [{ type: 'coupon', templates: ['20/next'] }, '使用优惠券「next」', 'with the coupon next'],
  [{ type: 'weekday', weekdays: [5, 1, 2, 3, 4] }, '周一至周五', 'from Monday to Friday'],
  [{ type: 'weekday', weekdays: [2, 6] }, '周二、周六', 'on Tuesday or Saturday'],
  [
    {
      type: 'hours',
      hours: [
        { from: '08:00', to: '10:30' },
        { from: '22:00', to: '24:00' },
      ],
    },
    '08:00-10:30、22:00-24:00',
    'between 08:00 and 10:30 or between 22:00 and 24:00',
  ],
  [
    { type: 'day_kind', kinds: ['holiday', 'rest'] },
    '法定节假日、周末等休息日',
    'on public holidays or weekends and other days off',
  ],
  [
    { type: 'day_kind', kinds: ['workday'] },
    '工作日(含调休上班日)',
    'on working days (make-up days included)',
  ],
  [
    { type: 'days_of_month', days: [11, 1, 22] },
    '每月 1、11、22 日',
    'on the 1st, the 11th or the 22nd of the month',
  ],
  [
    {
      type: 'all',
      of: [
        { type: 'tier', tiers: ['gold'] },
        {
          type: 'any',
          of: [
            { type: 'weekday', weekdays: [2] },
            { type: 'basket_amount', min: 10_000 },
          ],
        },
        { type: 'none', of: [{ type: 'contains', skus: ['tea'] }] },
      ],
    },
    'gold 等级的会员且(周二或本单满 100.00 元)且非(购买 tea)',
    'for members of tier gold and (on Tuesday or with a basket of at least 100.00 yuan) and not (with tea in the basket)',
  ],
])('%j', (condition, zh, en) => {
  expect(treeText(prepared(condition))).toEqual({ zh, en });
});

test.each<[Condition, string, string]>([
  [{ type: 'code', codes: ['SPRING'] }, '出示优惠码', 'with a promotion code'],
  [{ type: 'label', labels: ['at-risk'] }, '受邀会员', 'for invited members'],
  [{ type: 'mcc', codes: ['5812'] }, '指定行业的商户', 'at merchants of chosen trades'],
])('the public does not hear how things are called inside: %j', (condition, zh, en) => {
  expect(treeText(prepared(condition), 'public')).toEqual({ zh, en });
});

test('of many names the first five are said, and how many there are', () => {
  const skus = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  expect(treeText(prepared({ type: 'contains', skus }))).toEqual({
    zh: '购买 a、b、c、d、e 等 7 项',
    en: 'with a, b, c, d, e or 2 more in the basket',
  });
});
