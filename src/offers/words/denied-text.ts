import type { Text } from '#kernel/refusal';
import type { Denied, NoneReason } from '../engine/grant.ts';
import type { CompiledBenefit, CompiledOffer } from '../engine/offer.ts';
import { money, text } from './figures.ts';
import { SUBJECTS, USED_UP, limitText, subjectText } from './limit-met.ts';
import { limitUnit } from './limit-text.ts';
import type { Reader } from './reader.ts';
import { windowWords } from './window-text.ts';

const SAID: Readonly<Partial<Record<NoneReason, Text>>> = {
  programme: text(
    '积分只发给本商户会员计划的会员',
    'Points go only to members of the programme of the one who grants them',
  ),
  others_money: text(
    '其他商户的优惠,不能由本商户出资',
    'The offer is another merchant’s and may not be paid with money of this one',
  ),
  coupon_used: text('优惠券已用于本单的其他活动', 'The coupon went to another offer of this sale'),
  nothing_to_pay: text(
    '适用商品没有需要支付的金额',
    'Nothing is left to pay on the items it applies to',
  ),
  no_points: text('本单没有可以加倍的积分', 'There are no points in this sale to multiply'),
  coupons_left: text(
    '优惠券已发完或已达每人限量',
    'The coupons are given out, or the most for one member is reached',
  ),
  rounds_to_zero: text('金额太小,优惠不足最小单位', 'The amount is too small to give anything'),
};

/** Why a matching offer grants a benefit not at all, where nothing that is bought or shown would change it. */
export function deniedText(
  denied: Denied,
  offer: CompiledOffer,
  benefit: CompiledBenefit,
  reader: Reader,
): Text {
  const said = SAID[denied.reason];
  if (said !== undefined) return said;
  const { reason, actual, required } = denied;
  if (reason === 'budget' || reason === 'payer_cap') {
    if (reader !== 'merchant') return USED_UP;
    return reason === 'budget'
      ? text(
          `活动预算剩余 ${money(actual).zh},本单需 ${money(required).zh}`,
          `The budget has ${money(actual).en} left; this sale needs ${money(required).en}`,
        )
      : text(
          `出资方剩余额度 ${money(actual).zh},本单需 ${money(required).zh}`,
          `A payer’s cap leaves ${money(actual).en}; this sale needs ${money(required).en}`,
        );
  }
  if (reason === 'reached_before') {
    const { timing } = benefit;
    const window = windowWords(
      timing.type === 'cumulative' ? timing.window : { type: 'total' },
    ).now;
    return text(`${window.zh}已经发放过`, `It was granted before ${window.en}`);
  }
  if (reason === 'pool_subject') {
    const card =
      benefit.timing.type !== 'instant' &&
      'whose' in benefit.timing &&
      benefit.timing.whose === 'card';
    return card ? SUBJECTS.card : SUBJECTS.member;
  }
  const limit = offer.definition.limits.each[denied.limit ?? 0];
  if (limit === undefined) throw new Error(`no words for ${reason}`);
  return reason === 'limit_subject'
    ? subjectText(limit)
    : limitText(limit, denied, limitUnit(offer.definition.benefits), reader);
}
