import type { Day } from '#kernel/day';
import type { FieldFault, Refusal, Text } from '#kernel/refusal';
import type { Coupon, Unusable } from './coupon.ts';

function refusal(code: string, status: number, detail: Text, fix: Text, pointer?: string): Refusal {
  const errors: FieldFault[] = pointer ? [{ pointer, detail }] : [];
  return { code, status, detail, fix, ...(pointer && { errors }) };
}

export const templateUnknown = (code: string, pointer?: string): Refusal =>
  refusal(
    'coupon_template_unknown',
    404,
    { zh: `没有优惠券模板 ${code}。`, en: `There is no coupon template ${code}.` },
    {
      zh: '请从 GET /v1/coupon-templates 选择。',
      en: 'Choose one of GET /v1/coupon-templates.',
    },
    pointer,
  );

export const templateCodeTaken = (code: string): Refusal =>
  refusal(
    'coupon_template_code_taken',
    409,
    {
      zh: `优惠券模板代码 ${code} 已被使用。`,
      en: `The coupon template code ${code} is taken.`,
    },
    {
      zh: '请换一个代码；停用的模板仍占用其代码。',
      en: 'Choose another; a stopped template keeps its code.',
    },
    '/code',
  );

export const templateOver = (code: string): Refusal =>
  refusal(
    'coupon_template_over',
    409,
    {
      zh: `模板 ${code} 的券今天发放已无可用日期。`,
      en: `A coupon of ${code} given today would have no day left to be used on.`,
    },
    {
      zh: '请用有效期更晚的模板；有效期不能更改。',
      en: 'Use a template that ends later; the days of a template never change.',
    },
  );

export const templateStopped = (code: string): Refusal =>
  refusal(
    'coupon_template_stopped',
    409,
    {
      zh: `模板 ${code} 已停用，不再发券。`,
      en: `The template ${code} is stopped and gives no more.`,
    },
    {
      zh: '请用 PATCH /v1/coupon-templates/{code} 恢复，或换一个模板。',
      en: 'Resume it with PATCH /v1/coupon-templates/{code}, or use another.',
    },
  );

/** A limit of a template is only ever raised. `was` is null where there is none. */
export const limitLowered = (pointer: string, was: number | null): Refusal =>
  refusal(
    'coupon_limit_lowered',
    409,
    was === null
      ? {
          zh: '该模板创建时没有此限制，不能补加。',
          en: 'The template was made without this limit.',
        }
      : {
          zh: `此限制只能提高，须至少为 ${was}。`,
          en: `This limit can only be raised: at least ${was}.`,
        },
    {
      zh: '如不再发放，请停用模板；或新建模板。',
      en: 'Stop the template to give no more, or create another.',
    },
    pointer,
  );

export const couponsExhausted = (code: string, left: number): Refusal =>
  refusal(
    'coupons_exhausted',
    409,
    {
      zh: `模板 ${code} 的总量只剩 ${left} 张。`,
      en: `Of the quantity of ${code}, ${left} are left.`,
    },
    {
      zh: '请减少数量，或用 PATCH 提高模板总量。',
      en: 'Give fewer, or raise the quantity of the template with PATCH.',
    },
    '/quantity',
  );

export const memberLimitReached = (code: string, left: number): Refusal =>
  refusal(
    'coupon_member_limit',
    409,
    {
      zh: `按模板 ${code} 的每人限量，该会员还可领 ${left} 张。`,
      en: `By the limit per member of ${code}, this member may be given ${left} more.`,
    },
    {
      zh: '请减少数量；限量的券须发给会员。',
      en: 'Give fewer; what is limited per member is for members.',
    },
    '/quantity',
  );

/** @param pointer where the coupon was named: "/coupons/0" in a sale */
export const couponUnknown = (pointer?: string): Refusal =>
  refusal(
    'coupon_unknown',
    404,
    { zh: '没有这张优惠券。', en: 'There is no such coupon.' },
    { zh: '请核对券码，共 10 位。', en: 'Check the code; it has 10 characters.' },
    pointer,
  );

export const couponUsed = (pointer?: string): Refusal =>
  refusal(
    'coupon_used',
    409,
    { zh: '这张优惠券已经用过。', en: 'This coupon has been used.' },
    {
      zh: '请不带此券重新提交；用券的那笔全额退款后可按规则恢复。',
      en: 'Leave it out; it may come back if the sale that used it is wholly refunded.',
    },
    pointer,
  );

export const couponExpired = (to: Day, pointer?: string): Refusal =>
  refusal(
    'coupon_expired',
    409,
    { zh: `这张优惠券已于 ${to} 到期。`, en: `This coupon could be used until ${to}.` },
    { zh: '请不带此券重新提交。', en: 'Leave it out.' },
    pointer,
  );

export const couponNotYet = (from: Day, pointer?: string): Refusal =>
  refusal(
    'coupon_not_yet',
    409,
    { zh: `这张优惠券 ${from} 起可用。`, en: `This coupon may be used from ${from} on.` },
    { zh: '请当日起再用，本次不带此券。', en: 'Leave it out today.' },
    pointer,
  );

export const couponNotYours = (pointer?: string): Refusal =>
  refusal(
    'coupon_not_yours',
    409,
    { zh: '这张优惠券属于另一位会员。', en: 'This coupon belongs to another member.' },
    {
      zh: '请以持券会员的身份购买，或不带此券。',
      en: 'Sell to the member it was given to, or leave it out.',
    },
    pointer,
  );

export const couponVoid = (pointer?: string): Refusal =>
  refusal(
    'coupon_void',
    409,
    {
      zh: '这张优惠券已作废，或发券的那笔交易已退款。',
      en: 'This coupon was voided, or the sale that gave it was refunded.',
    },
    { zh: '请不带此券重新提交。', en: 'Leave it out.' },
    pointer,
  );

/** Why a coupon cannot be used, as it is told. */
export function unusableRefusal(
  why: Unusable,
  { from, to }: Pick<Coupon, 'from' | 'to'>,
  pointer?: string,
): Refusal {
  switch (why) {
    case 'used':
      return couponUsed(pointer);
    case 'expired':
      return couponExpired(to, pointer);
    case 'not_yet':
      return couponNotYet(from, pointer);
    case 'not_yours':
      return couponNotYours(pointer);
    case 'void':
      return couponVoid(pointer);
  }
}

/** One of each, for the page of problems. */
export const couponsRefusals: readonly Refusal[] = [
  templateUnknown('TEA-NEXT'),
  templateCodeTaken('TEA-NEXT'),
  templateOver('TEA-NEXT'),
  templateStopped('TEA-NEXT'),
  limitLowered('/quantity', 100),
  couponsExhausted('TEA-NEXT', 3),
  memberLimitReached('TEA-NEXT', 1),
  couponUnknown(),
  couponUsed(),
  couponExpired('2026-11-30'),
  couponNotYet('2026-11-22'),
  couponNotYours(),
  couponVoid(),
];
