import type { Text } from '#kernel/refusal';
import type { Definition } from '../rule/definition.ts';
import { asksCoupon, hasThreshold } from './asks.ts';
import { text } from './figures.ts';
import { sentence } from './glue.ts';

/** What becomes of the benefits when goods come back. */
export function returnTerms({ benefits, conditions, clawback }: Definition): Text[] {
  const kinds = new Set(benefits.map(({ kind }) => kind));
  const said: Text[] = [];
  if (kinds.has('discount'))
    said.push(
      text(
        '退货时退还该商品的实付金额,即减去其分摊的优惠',
        'goods that come back are paid back at what you really paid for them, less their share of the discount',
      ),
    );
  const kept = kinds.has('points') || kinds.has('cashback') || kinds.has('growth');
  if (kept)
    said.push(
      text(
        '退货时按退货金额的占比收回所得的积分、成长值与返现',
        'points, growth value and cash back go back in the share of what is returned',
      ),
    );
  if (hasThreshold(benefits, conditions))
    said.push(
      clawback.retest === 'threshold'
        ? text(
            '部分退货后不再达到门槛的,相应优惠一并收回',
            'where what you keep no longer reaches the amount asked for, the benefit goes back as well',
          )
        : text(
            '部分退货不影响留下的商品已享的优惠',
            'what you keep keeps its benefit after a partial return',
          ),
    );
  if (kept) said.push(SHORTAGES[clawback.shortage]);
  if (conditions && asksCoupon(conditions)) said.push(COUPONS[clawback.coupon]);
  return said.map(sentence);
}

const SHORTAGES: Readonly<Record<Definition['clawback']['shortage'], Text>> = {
  member_debt: text(
    '应收回的奖励已经用掉的,记为欠还,从以后的奖励中扣减',
    'what you have already used of it is owed and taken from later rewards',
  ),
  from_refund: text(
    '应收回的奖励已经用掉的,从退款中扣除',
    'what you have already used of it is taken from the money paid back',
  ),
  payer: text('应收回的奖励已经用掉的,不再追回', 'what you have already used of it stays yours'),
};

const COUPONS: Readonly<Record<Definition['clawback']['coupon'], Text>> = {
  restore: text(
    '整单退货的,所用优惠券退回,有效期不变',
    'a coupon used in a sale that is wholly returned is yours again, to its old last day',
  ),
  reissue: text(
    '整单退货的,所用优惠券重新发放,有效期按原天数重新计算',
    'a coupon used in a sale that is wholly returned is issued again for its full time',
  ),
  forfeit: text(
    '整单退货的,所用优惠券不予退回',
    'a coupon used in a sale that is returned is gone',
  ),
};
