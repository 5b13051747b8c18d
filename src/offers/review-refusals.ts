import type { FieldFault, Refusal, Text } from '#kernel/refusal';

/** Four eyes: an API key or the product itself decides nothing that a second person must. */
export const approvalNeedsPerson = (): Refusal => ({
  code: 'approval_needs_person',
  status: 403,
  detail: {
    zh: '提交、批准与否决须由登录的员工本人作出，接口密钥不能。',
    en: 'Submitting, approving and rejecting are for a person who signed in, not for an API key.',
  },
  fix: { zh: '请由有权限的员工登录后操作。', en: 'Let a member of staff sign in and decide.' },
});

export const approvalSamePerson = (): Refusal => ({
  code: 'approval_same_person',
  status: 403,
  detail: {
    zh: '提交或最后修改的人不能自己审批。',
    en: 'Who wrote it last or submitted it cannot approve or reject it.',
  },
  fix: { zh: '请由另一位有审批权限的员工审批。', en: 'Let another person who may approve decide.' },
});

/** Rules of the platform that the offer breaks, at the fields, with the sources cited. */
export const offerPolicyBreached = (errors: readonly FieldFault[]): Refusal => ({
  code: 'offer_policy_breached',
  status: 422,
  detail: {
    zh: `优惠方案违反 ${errors.length} 条平台规则。`,
    en: `The offer breaks ${errors.length} rule(s) of the platform.`,
  },
  fix: {
    zh: '请按 errors 逐项更正；规则全文见 GET /v1/policy-sets。',
    en: 'Correct each entry of errors; GET /v1/policy-sets has the rules.',
  },
  errors: errors.map(({ pointer, detail }) => ({ pointer, detail })),
});

/** @param source what demands the approval beside the org's own setting */
export const offerNotApproved = (code: string, state: string, source: Text | null): Refusal => {
  const why: Text =
    state === 'rejected'
      ? { zh: '已被否决', en: 'was rejected' }
      : state === 'in_review'
        ? { zh: '尚在审批', en: 'is still in review' }
        : { zh: '须先由第二人批准', en: 'must be approved by a second person first' };
  return {
    code: 'offer_not_approved',
    status: 409,
    detail: {
      zh: `方案 ${code} ${why.zh}${source ? `（依据：${source.zh}）` : ''}。`,
      en: `The offer ${code} ${why.en}${source ? ` (${source.en})` : ''}.`,
    },
    fix:
      state === 'rejected'
        ? {
            zh: '请按否决理由修改草稿后重新提交。',
            en: 'Change the draft as the reason says, and submit it again.',
          }
        : {
            zh: '请用 submit 提交，由另一位有审批权限的员工 approve。',
            en: 'Submit it, and let another person who may approve do so.',
          },
  };
};

export const offerNotInReview = (code: string): Refusal => ({
  code: 'offer_not_in_review',
  status: 409,
  detail: {
    zh: `方案 ${code} 没有待审批的草稿。`,
    en: `The offer ${code} has no draft in review.`,
  },
  fix: { zh: '请先 submit 提交草稿。', en: 'Submit the draft first.' },
});

export const offerNotEnded = (code: string): Refusal => ({
  code: 'offer_not_ended',
  status: 409,
  detail: {
    zh: `方案 ${code} 尚未结束，不能归档。`,
    en: `The offer ${code} has not ended and cannot be put away.`,
  },
  fix: { zh: '请先 end 结束。', en: 'End it first.' },
});

/** One of each, for the page of problems. */
export const reviewRefusals: readonly Refusal[] = [
  approvalNeedsPerson(),
  approvalSamePerson(),
  offerPolicyBreached([
    {
      pointer: '/benefits/0/off/amount',
      detail: {
        zh: '一次至多 5000000 分,现为 6000000 分(依据:平台规则)',
        en: 'one grant must be at most 5000000 fen, and this is 6000000 (Rule of the platform)',
      },
    },
  ]),
  offerNotApproved('TEA-5', 'none', null),
  offerNotInReview('TEA-5'),
  offerNotEnded('TEA-5'),
];
