import { yuan } from '#kernel/money';
import type { Text } from '#kernel/refusal';
import type { Items, LeafTest } from '../engine/condition.ts';
import type { Benefit } from '../rule/definition.ts';
import type { CutReason } from '../engine/decision.ts';
import type { Denied } from '../engine/grant.ts';

const DAYS_ZH = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const DAYS_EN = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const NAMED_MAX = 5;

/** fen for people, without idle decimals: 1240 -> "12.40", 1000 -> "10". */
export function shortYuan(amount: number): string {
  return yuan(amount).replace(/\.00$/, '');
}

/** ppm for people: 50_000 -> "5%". */
export function percent(rate: number): string {
  return `${rate / 10_000}%`;
}

/** Names of a list, the first few. */
function named(values: Iterable<string | number>, join: string): string {
  const all = [...values];
  const shown = all.slice(0, NAMED_MAX).join(join);
  return all.length > NAMED_MAX ? `${shown}…` : shown;
}

function itemsText(items: Items): Text {
  const all = [...items.skus, ...items.categories, ...items.brands];
  return { zh: named(all, '、'), en: named(all, ', ') };
}

/** What a benefit gives, after "可" or "to": "减 10 元", "save ¥10". */
export function benefitText(benefit: Benefit): Text {
  if (benefit.kind === 'discount') {
    const { off } = benefit;
    if (off.by === 'percent')
      return { zh: `减 ${percent(off.rate)}`, en: `save ${percent(off.rate)}` };
    return off.by === 'amount'
      ? { zh: `减 ${shortYuan(off.amount)} 元`, en: `save ¥${shortYuan(off.amount)}` }
      : { zh: '享优惠', en: 'save' };
  }
  if (benefit.kind === 'coupon') return { zh: '得优惠券', en: 'get a coupon' };
  if (benefit.kind === 'gift') return { zh: '得赠品', en: 'get a gift' };
  const { earn } = benefit;
  if (earn.by === 'rate') {
    return { zh: `返现 ${percent(earn.rate)}`, en: `get ${percent(earn.rate)} cash back` };
  }
  if (earn.by === 'per_yuan') {
    const rate = earn.rate / 1_000_000;
    return { zh: `每元得 ${rate} 积分`, en: `earn ${rate} points per yuan` };
  }
  if (earn.by !== 'fixed') return { zh: '得奖励', en: 'get a reward' };
  return benefit.kind !== 'cashback'
    ? { zh: `得 ${earn.amount} 积分`, en: `earn ${earn.amount} points` }
    : { zh: `返现 ${shortYuan(earn.amount)} 元`, en: `get ¥${shortYuan(earn.amount)} back` };
}

/** "再消费 12.40 元可减 10 元" / "Spend ¥12.40 more to save ¥10". */
export function spendMore(missing: number, benefit: Benefit): Text {
  const gives = benefitText(benefit);
  return {
    zh: `再消费 ${yuan(missing)} 元可${gives.zh}`,
    en: `Spend ¥${yuan(missing)} more to ${gives.en}`,
  };
}

/** "再买 1 件「tea」可减 5%" / "Buy 1 more of tea to save 5%". */
export function buyMore(missing: number, items: Items | null, benefit: Benefit): Text {
  const gives = benefitText(benefit);
  const of = items === null ? { zh: '', en: '' } : itemsText(items);
  return {
    zh: `再买 ${missing} 件${of.zh && `「${of.zh}」`}可${gives.zh}`,
    en: `Buy ${missing} more${of.en && ` of ${of.en}`} to ${gives.en}`,
  };
}

/** What the sale shows for a condition, for people; null where there is nothing to show. */
export function actualText(test: LeafTest, actual: number | string | null): Text | null {
  if (actual === null || actual === '' || test.type === 'programme') return null;
  if (test.type === 'weekday')
    return { zh: DAYS_ZH[Number(actual)]!, en: DAYS_EN[Number(actual)]! };
  if (test.type === 'basket_amount')
    return { zh: `${yuan(Number(actual))} 元`, en: `¥${yuan(Number(actual))}` };
  return { zh: String(actual), en: String(actual) };
}

/** What was granted: "已减 10.00 元". */
export function grantedText(kind: Benefit['kind'], amount: number): Text {
  if (kind === 'points') return { zh: `得 ${amount} 积分`, en: `${amount} points earned` };
  return kind === 'discount'
    ? { zh: `已减 ${yuan(amount)} 元`, en: `¥${yuan(amount)} off` }
    : { zh: `返现 ${yuan(amount)} 元`, en: `¥${yuan(amount)} cash back` };
}

const CUTS: Readonly<Record<CutReason, Text>> = {
  cap: { zh: '已达优惠上限', en: 'the cap is reached' },
  base: { zh: '不超过应付金额', en: 'limited to what is to pay' },
  limit_sale: { zh: '已达单笔上限', en: 'the most per sale is reached' },
  limit_line: { zh: '已达单行上限', en: 'the most per line is reached' },
  limit_member: { zh: '已达会员上限', en: 'the member’s limit is reached' },
  limit_card: { zh: '已达单卡上限', en: 'the card’s limit is reached' },
  limit_device: { zh: '已达设备上限', en: 'the device’s limit is reached' },
  limit_store: { zh: '已达门店上限', en: 'the store’s limit is reached' },
  limit_terminal: { zh: '已达终端上限', en: 'the terminal’s limit is reached' },
  limit_offer: { zh: '已达活动总上限', en: 'the offer’s limit is reached' },
  coupons_left: { zh: '优惠券余量不足', en: 'few of the coupons are left to give' },
  payer_cap: { zh: '已达出资上限', en: 'a payer’s cap is reached' },
  budget: { zh: '预算余额不足', en: 'the budget is nearly used up' },
};

export function cutText(cut: CutReason): Text {
  return CUTS[cut];
}

/** @param benefit the denied one */
export function deniedText(denied: Denied, benefit: Benefit): Text {
  const { reason, actual, required } = denied;
  switch (reason) {
    case 'programme':
      return {
        zh: '积分只发给本商户会员计划的会员',
        en: 'Points go only to members of the programme of the one who grants them',
      };
    case 'others_money':
      return {
        zh: '其他商户的优惠，不能由本商户出资',
        en: 'The offer is another merchant’s and may not be paid with money of this one',
      };
    case 'spend':
      return spendMore(required - actual, benefit);
    case 'nothing_to_pay':
      return {
        zh: '适用商品没有需要支付的金额',
        en: 'Nothing is left to pay on the items it applies to',
      };
    case 'rounds_to_zero':
      return { zh: '金额太小,优惠不足最小单位', en: 'The amount is too small to give anything' };
    case 'limit_count':
      return {
        zh: `已用 ${actual} 次,上限 ${required} 次`,
        en: `Uses so far: ${actual}; the limit is ${required}`,
      };
    case 'limit_amount':
      return benefit.kind === 'points'
        ? {
            zh: `已得 ${actual} 积分,上限 ${required}`,
            en: `${actual} points so far; the limit is ${required}`,
          }
        : {
            zh: `已享 ${yuan(actual)} 元,上限 ${yuan(required)} 元`,
            en: `¥${yuan(actual)} so far; the limit is ¥${yuan(required)}`,
          };
    case 'limit_subject':
    case 'pool_subject':
    case 'condition':
    case 'member':
    case 'coupon_used':
    case 'units':
    case 'no_points':
    case 'not_reached':
    case 'reached_before':
    case 'coupons_left':
      return lackText(reason, actual, required);
    case 'payer_cap':
      return {
        zh: `出资方剩余 ${yuan(actual)} 元,本单需 ${yuan(required)} 元`,
        en: `A payer has ¥${yuan(actual)} left; this sale needs ¥${yuan(required)}`,
      };
    case 'budget':
      return {
        zh: `活动预算剩余 ${yuan(actual)} 元,本单需 ${yuan(required)} 元`,
        en: `The budget has ¥${yuan(actual)} left; this sale needs ¥${yuan(required)}`,
      };
  }
}

type Lack =
  | 'limit_subject'
  | 'pool_subject'
  | 'condition'
  | 'member'
  | 'coupon_used'
  | 'units'
  | 'no_points'
  | 'not_reached'
  | 'reached_before'
  | 'coupons_left';

function lackText(reason: Lack, actual: number, required: number): Text {
  switch (reason) {
    case 'limit_subject':
    case 'pool_subject':
      return {
        zh: '未出示限额所需的会员、卡或设备',
        en: 'Nobody is known whose limit could be kept',
      };
    case 'condition':
      return { zh: '未满足其他条件', en: 'Another condition does not hold' };
    case 'member':
      return { zh: '注册会员即可享受', en: 'Join to get it' };
    case 'coupon_used':
      return { zh: '优惠券已用于其他优惠', en: 'The coupon was used for another offer' };
    case 'units':
      return {
        zh: `适用商品 ${actual} 件,须 ${required} 件`,
        en: `${actual} of the items; it needs ${required}`,
      };
    case 'no_points':
      return { zh: '没有可翻倍的积分', en: 'There are no points to multiply' };
    case 'not_reached':
      return {
        zh: `累计 ${actual},须达 ${required}`,
        en: `${actual} so far; it needs ${required}`,
      };
    case 'reached_before':
      return { zh: '本期已发放', en: 'It was granted in this period already' };
    case 'coupons_left':
      return {
        zh: `优惠券已发完或已达每人限量,还可发 ${actual} 张`,
        en: `The coupons are given out, or the member has been given the most: ${actual} left`,
      };
  }
}

function weekdaysText(weekdays: ReadonlySet<number>): Text {
  const all = [...weekdays];
  return {
    zh: all.map((each) => DAYS_ZH[each]).join('、'),
    en: all.map((each) => DAYS_EN[each]).join(', '),
  };
}

/** What a condition asks for, as a clause. */
export function requiredText(test: LeafTest): Text {
  switch (test.type) {
    case 'day':
      return test.to.startsWith('9999')
        ? { zh: `${test.from} 起`, en: `from ${test.from}` }
        : { zh: `${test.from} 至 ${test.to}`, en: `${test.from} to ${test.to}` };
    case 'weekday':
      return weekdaysText(test.weekdays);
    case 'hours': {
      const ranges = test.ranges.map(({ from, to }) => `${clock(from)}-${clock(to)}`);
      return { zh: ranges.join('、'), en: ranges.join(', ') };
    }
    case 'store':
      return { zh: `门店 ${named(test.stores, '、')}`, en: `store ${named(test.stores, ', ')}` };
    case 'channel':
      return {
        zh: `渠道 ${named(test.channels, '、')}`,
        en: `channel ${named(test.channels, ', ')}`,
      };
    case 'member':
      return { zh: '会员', en: 'a member' };
    case 'programme':
      return { zh: '活动方会员计划的会员', en: 'members of the offering party’s programme' };
    case 'tier':
      return { zh: `会员等级 ${named(test.tiers, '、')}`, en: `tier ${named(test.tiers, ', ')}` };
    case 'label':
      return {
        zh: `会员标签 ${named(test.labels, '、')}`,
        en: `member label ${named(test.labels, ', ')}`,
      };
    case 'tender':
      return {
        zh: `支付方式 ${named(test.methods, '、')}`,
        en: `payment by ${named(test.methods, ', ')}`,
      };
    case 'basket_amount':
    case 'basket_net':
      return bounds(test, (amount) => ({ zh: `${yuan(amount)} 元`, en: `¥${yuan(amount)}` }));
    case 'basket_quantity':
      return bounds(test, (count) => ({ zh: `${count} 件`, en: `${count} items` }));
    case 'contains':
    case 'target': {
      const items = itemsText(test.items);
      return { zh: `含 ${items.zh}`, en: `a basket with ${items.en}` };
    }
    case 'bin':
    case 'birthday':
    case 'blackout':
    case 'card_kind':
    case 'code':
    case 'coupon':
    case 'day_kind':
    case 'days_of_month':
    case 'days_since_last':
    case 'history':
    case 'hold_out':
    case 'issuer':
    case 'mcc':
    case 'member_for':
    case 'nth_purchase':
    case 'scheme':
    case 'terminal':
    case 'terminal_kind':
    case 'unit_price':
    case 'wallet':
      return { zh: '其他条件', en: 'other conditions' };
  }
}

function bounds({ min, max }: { min: number; max: number }, unit: (value: number) => Text): Text {
  if (max === Infinity) return { zh: `满 ${unit(min).zh}`, en: `at least ${unit(min).en}` };
  if (min === 0) return { zh: `不超过 ${unit(max).zh}`, en: `at most ${unit(max).en}` };
  return { zh: `${unit(min).zh} 至 ${unit(max).zh}`, en: `${unit(min).en} to ${unit(max).en}` };
}

/** 510 -> "08:30". */
export function clock(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
