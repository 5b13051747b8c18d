import type { Text } from '#kernel/refusal';
import type { CutReason } from '../engine/decision.ts';
import { text } from './figures.ts';

const CUTS: Readonly<Record<CutReason, Text>> = {
  cap: text('已达每单优惠上限', 'the most per sale is reached'),
  base: text('不超过应付金额', 'limited to what is to pay'),
  limit_sale: text('已达每单上限', 'the limit per sale is reached'),
  limit_line: text('已达每行商品上限', 'the limit per line is reached'),
  limit_member: text('已达会员上限', 'the limit per member is reached'),
  limit_card: text('已达每卡上限', 'the limit per card is reached'),
  limit_device: text('已达每台设备上限', 'the limit per device is reached'),
  limit_store: text('已达门店上限', 'the limit of the store is reached'),
  limit_terminal: text('已达终端上限', 'the limit of the terminal is reached'),
  limit_offer: text('活动额度已满', 'the limit of the offer is reached'),
  coupons_left: text('优惠券所剩不多', 'few of the coupons are left'),
  payer_cap: text('已达出资上限', 'a payer’s cap is reached'),
  budget: text('预算余额不足', 'the budget is nearly used up'),
};

const QUIET_CUTS = new Set<CutReason>([
  'limit_store',
  'limit_terminal',
  'limit_offer',
  'payer_cap',
  'budget',
]);

/** Why a benefit is smaller than its formula says. @param open whether the public hears it */
export function cutText(cut: CutReason, open: boolean): Text {
  return open && QUIET_CUTS.has(cut)
    ? text('活动额度所剩不多', 'little of the offer is left')
    : CUTS[cut];
}
