import type { Locale } from '#kernel/refusal';
import { cells, yuan } from './table-cells.ts';
import type { MemberTold } from './tell-members.ts';

const WIDTHS = [12, 10, 10, 10, 10, 12, 12, 9];
const HEADS = {
  en: ['Member', 'points', 'pending', 'growth', 'tier', 'cashback', 'pending', 'coupons'],
  zh: ['会员', '积分', '待到账', '成长值', '等级', '返现', '待到账', '优惠券'],
};

/** What every member has; money in yuan. */
export function memberRows(members: readonly MemberTold[], locale: Locale): string[] {
  if (members.length === 0) return [];
  return [
    cells(WIDTHS, HEADS[locale]),
    ...members.map((member) =>
      cells(WIDTHS, [
        member.customer,
        String(member.points),
        String(member.points_pending),
        String(member.growth),
        member.tier,
        yuan(member.cashback),
        yuan(member.cashback_pending),
        String(member.coupons),
      ]),
    ),
    '',
  ];
}
