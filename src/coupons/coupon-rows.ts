import type { Day } from '#kernel/day';
import type { Coupon, CouponState } from './coupon.ts';
import { type TermRow, termOfRow } from './template-rows.ts';

export interface CouponRow extends Pick<TermRow, 'days' | 'usable_from'> {
  readonly org_id: number;
  readonly coupon_id: string;
  readonly code: string;
  readonly template_id: string;
  readonly template: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly term_from: Day | null;
  readonly term_to: Day | null;
  readonly member_id: string | null;
  readonly state: CouponState;
  readonly valid_from: Day;
  readonly valid_to: Day;
  readonly source: string;
  readonly source_no: number;
  readonly revoked: boolean;
  readonly used_org: number | null;
  readonly used_payment: string | null;
  readonly moves: number;
}

/** Of coupons `c` with their templates `t`. */
export const COUPON_COLUMNS = `c.org_id, c.coupon_id, c.code, c.template_id, t.code as template, t.name_zh, t.name_en,
  t.valid_from as term_from, t.valid_to as term_to, t.days, t.usable_from, c.member_id, c.state, c.valid_from, c.valid_to,
  c.source, c.source_no, c.revoked, c.used_org, c.used_payment, c.moves`;

/** Joins the templates `t` to coupons `c`. */
export const WITH_TEMPLATE =
  'join coupons.template t on t.org_id = c.org_id and t.template_id = c.template_id';

export function couponOfRow(row: CouponRow): Coupon {
  const { used_org: usedOrg, used_payment: payment } = row;
  return {
    id: row.coupon_id,
    org: row.org_id,
    code: row.code,
    templateId: row.template_id,
    template: row.template,
    name: { zh: row.name_zh, en: row.name_en },
    term: termOfRow({ ...row, valid_from: row.term_from, valid_to: row.term_to }),
    memberId: row.member_id,
    state: row.state,
    from: row.valid_from,
    to: row.valid_to,
    source: row.source,
    sourceNo: row.source_no,
    revoked: row.revoked,
    used: usedOrg !== null && payment !== null ? { org: usedOrg, payment } : null,
    moves: row.moves,
  };
}
