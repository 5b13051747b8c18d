import { describe, expect, test } from 'vitest';
import type { Facts } from '../engine/facts.ts';
import { type Reader } from './reader.ts';
import {
  from,
  month,
  cashback,
  used,
  today,
  limit,
  daily,
  member,
  told,
  type Fields,
} from './told.fixture.ts';

const held = { hold_out: { share: 500_000, salt: 's' } };
const shared = [
  { party: 'funder', funder_org: 9, budget: 'b', share: 700_000 },
  { party: 'merchant', share: 300_000 },
] as const;

describe('who reads', () => {
  test.each<[string, Fields, Partial<Facts>, Record<Reader, string | undefined>]>([
    [
      'of a grant only the merchant hears who pays, and what the limits counted',
      { funding: [...shared], limits: { each: [{ ...daily, count: 3 }] } },
      { budgets: { b: 10_000 }, ...used(today, 1, 500) },
      {
        consumer: '已减 9.00 元',
        cashier: '已减 9.00 元',
        merchant:
          '已减 9.00 元,出资:机构 9(预算 b)6.30 元、商户 2.70 元;每位会员每日:已用 1/3 次(不含本单)',
      },
    ],
    [
      'of a cut only the merchant hears that a budget made it',
      { funding: [...shared] },
      { budgets: { b: 300 } },
      {
        consumer: '已减 4.28 元(活动额度所剩不多)',
        cashier: '已减 4.28 元(活动额度所剩不多)',
        merchant:
          '已减 4.28 元(预算余额不足),按规则应得 9.00 元,出资:机构 9(预算 b)3.00 元、商户 1.28 元',
      },
    ],
    [
      'of an empty budget only the merchant hears',
      { funding: [...shared] },
      {},
      {
        consumer: '活动额度已用完',
        cashier: '活动额度已用完',
        merchant: '活动预算剩余 0.00 元,本单需 6.30 元',
      },
    ],
    [
      'of a limit that all share only the merchant hears the numbers',
      limit({ per: 'offer', window: month, count: 100 }),
      used('month:2026-11-01', 100, 0),
      {
        consumer: '活动额度已用完',
        cashier: '活动额度已用完',
        merchant: '全部顾客本月已享 100 次,上限 100 次',
      },
    ],
    [
      'the buyer is spoken to',
      limit({ ...daily, count: 1 }),
      used(today, 1, 0),
      {
        consumer: '您今日已享 1 次,上限 1 次',
        cashier: '该会员今日已享 1 次,上限 1 次',
        merchant: '该会员今日已享 1 次,上限 1 次',
      },
    ],
    [
      'the control group hears nothing, nor does the cashier',
      { audience: held },
      { member: { ...member, id: 'm4' } },
      { consumer: undefined, cashier: undefined, merchant: '仅限对照组以外的会员' },
    ],
    [
      'the control group hears nothing of another reason either',
      { audience: held, schedule: { from, weekdays: [2] } },
      { member: { ...member, id: 'm4' } },
      {
        consumer: undefined,
        cashier: undefined,
        merchant: '仅限周二(本单:周六);仅限对照组以外的会员',
      },
    ],
    [
      'who was never meant hears nothing, and the cashier no label',
      { audience: { labels: ['at-risk'] } },
      {},
      {
        consumer: undefined,
        cashier: '仅限受邀会员',
        merchant: '仅限带标签 at-risk 的会员(当前:loyal)',
      },
    ],
    [
      'another hour is news',
      { schedule: { from, weekdays: [2] } },
      {},
      {
        consumer: '仅限周二(本单:周六)',
        cashier: '仅限周二(本单:周六)',
        merchant: '仅限周二(本单:周六)',
      },
    ],
    [
      'an offer that has not begun is none',
      { schedule: { from: '2026-12-01' } },
      {},
      {
        consumer: undefined,
        cashier: '仅限 2026年12月1日起(本单:2026年11月21日)',
        merchant: '仅限 2026年12月1日起(本单:2026年11月21日)',
      },
    ],
    [
      'the cashier hears what to do',
      { conditions: { type: 'tender', methods: ['card'] } },
      {},
      {
        consumer: '使用 card 付款可享 9.5 折(本单:cash)',
        cashier: '请顾客使用 card 付款可享 9.5 折(本单:cash)',
        merchant: '使用 card 付款可享 9.5 折(本单:cash)',
      },
    ],
    [
      'the cashier scans the member',
      { benefits: [cashback] },
      { member: null },
      {
        consumer: '注册会员可返 5%',
        cashier: '扫会员码或请顾客注册会员可返 5%',
        merchant: '注册会员可返 5%',
      },
    ],
    [
      'a rebate to the merchant is no news to the buyer',
      { benefits: [{ ...cashback, to: 'merchant' }] },
      {},
      {
        consumer: undefined,
        cashier: '商户得返利 9.00 元',
        merchant: '商户得返利 9.00 元,出资:商户 9.00 元',
      },
    ],
  ])('%s', (_, fields, sale, expected) => {
    for (const reader of ['consumer', 'cashier', 'merchant'] as const)
      expect(told(fields, sale, reader)?.text.zh).toBe(expected[reader]);
  });

  test('numbers and names of the inside are not given to the public either', () => {
    const broke = told({ funding: [...shared] }, {}, 'cashier');
    expect(broke).toMatchObject({ reason: 'budget', actual: null, required: null, budget: null });
    expect(told({ funding: [...shared] }, {}, 'merchant')).toMatchObject({
      actual: 0,
      required: 630,
      budget: 'b',
    });
    const code: Fields = { conditions: { type: 'code', codes: ['SPRING'] } };
    expect(told(code, {}, 'consumer')).toMatchObject({ required: null });
    expect(told(code, {}, 'merchant')).toMatchObject({ required: 'SPRING' });
  });
});

describe('when it arrives', () => {
  test.each<[string, object, Partial<Facts>, string, string]>([
    ['at once', { timing: { type: 'instant' } }, {}, '返现 9.00 元', '9.00 yuan cash back'],
    [
      'T+n',
      { timing: { type: 'business_days', days: 2 } },
      {},
      '返现 9.00 元,11月24日(周二)到账',
      '9.00 yuan cash back, available on Tuesday 24 November',
    ],
    [
      'T+n into the next year, whose holidays are not published',
      { timing: { type: 'business_days', days: 2 } },
      { day: '2026-12-31', weekday: 4, dayKind: 'workday' },
      '返现 9.00 元,2027年1月5日(周二)到账(暂定,以公布的节假日为准)',
      '9.00 yuan cash back, available on Tuesday 5 January 2027 (provisional until the holidays are published)',
    ],
    [
      'after the last purchase',
      { timing: { type: 'after_last', days: 3 } },
      {},
      '返现 9.00 元,11月25日(周三)到账,再次消费则顺延',
      '9.00 yuan cash back, available on Wednesday 25 November, later if you buy again',
    ],
    [
      'once the month’s purchases are enough',
      { timing: { type: 'cumulative', window: month, reach: { amount: 100_000 } } },
      { usage: { 'pool:a:0:member:m1:month:2026-11-01': { count: 4, amount: 69_600 } } },
      '返现 9.00 元,累计满 1,000.00 元后到账,截至11月30日(周一),还差 124.00 元',
      '9.00 yuan cash back, available once your purchases reach 1,000.00 yuan, by Monday 30 November, 124.00 yuan to go',
    ],
    [
      'with the purchase that makes them enough',
      { timing: { type: 'cumulative', window: month, reach: { count: 5 } } },
      { usage: { 'pool:a:0:member:m1:month:2026-11-01': { count: 4, amount: 69_600 } } },
      '返现 9.00 元,已达标,立即到账',
      '9.00 yuan cash back, the target is reached: available now',
    ],
  ])('%s', (_, timing, sale, zh, en) => {
    const fields = { benefits: [{ ...cashback, ...timing }] } as Fields;
    expect(told(fields, sale, 'cashier')).toMatchObject({ outcome: 'granted', text: { zh, en } });
  });
});
