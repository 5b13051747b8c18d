import type { Definition } from '../rule/definition.ts';
import { replaced } from './change-text.ts';
import type { Differences } from './change.ts';
import { text } from './figures.ts';

const RETESTS = {
  none: text('不重新核对门槛', 'thresholds are not tested again'),
  threshold: text('重新核对门槛', 'thresholds are tested again'),
} as const;

const SHORTAGES = {
  member_debt: text('记为会员欠还', 'owed by the member'),
  from_refund: text('从退款中扣除', 'taken from the refund'),
  payer: text('由出资方承担', 'borne by the payers'),
} as const;

const COUPONS = {
  restore: text('退回,有效期不变', 'restored to its old last day'),
  reissue: text('重新发放', 'issued again'),
  forfeit: text('不退回', 'gone'),
} as const;

type Clawback = Definition['clawback'];

export function differingClawback(into: Differences, before: Clawback, after: Clawback): void {
  const retest = text('部分退货时', 'rule for partial returns');
  replaced(into, '/clawback/retest', retest, RETESTS[before.retest], RETESTS[after.retest]);
  replaced(
    into,
    '/clawback/shortage',
    text('奖励已用掉的部分', 'rule for rewards already used'),
    SHORTAGES[before.shortage],
    SHORTAGES[after.shortage],
  );
  replaced(
    into,
    '/clawback/coupon',
    text('退货时所用优惠券', 'rule for the coupon used'),
    COUPONS[before.coupon],
    COUPONS[after.coupon],
  );
}
