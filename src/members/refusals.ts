import type { FieldFault, Refusal, Text } from '#kernel/refusal';

function refusal(code: string, status: number, detail: Text, fix: Text, pointer?: string): Refusal {
  const errors: FieldFault[] = pointer ? [{ pointer, detail }] : [];
  return { code, status, detail, fix, ...(pointer && { errors }) };
}

/** @param pointer where the number stood: "/phone" in a body, "/query/phone" in a query. */
export const phoneInvalid = (pointer = '/phone'): Refusal =>
  refusal(
    'phone_invalid',
    422,
    { zh: '这不是有效的电话号码。', en: 'This is not a valid phone number.' },
    {
      zh: '请输入 11 位手机号；境外号码以 + 和国家代码开头。',
      en: 'Give 11 digits of a Chinese mobile, or "+" and the country code for another country.',
    },
    pointer,
  );

export const birthdayInvalid = (): Refusal =>
  refusal(
    'birthday_invalid',
    422,
    { zh: '这不是有效的生日。', en: 'This is not a birthday.' },
    {
      zh: '请填写月-日（如 05-04），或 1900 年以来、不晚于今天的完整日期（如 1990-05-04）。',
      en: 'Give month and day as 05-04, or a whole date from 1900 to today as 1990-05-04.',
    },
    '/birthday',
  );

export const memberUnknown = (): Refusal =>
  refusal(
    'member_unknown',
    404,
    { zh: '没有这位会员。', en: 'There is no such member.' },
    {
      zh: '请按手机号查找，或先登记；外部会员计划的会员只能由其所有方修改。',
      en: "Look the phone number up, or join first; only a programme's owner changes its members.",
    },
  );

export const memberClosed = (): Refusal =>
  refusal(
    'member_closed',
    409,
    { zh: '该会员已停用。', en: 'This member is closed.' },
    { zh: '如需恢复，请由会员计划所有方启用。', en: "Ask the programme's owner to open it again." },
  );

export const memberErased = (): Refusal =>
  refusal(
    'member_erased',
    409,
    { zh: '该会员的资料已删除。', en: "This member's data has been erased." },
    { zh: '无法恢复；顾客可重新登记。', en: 'It cannot come back; the customer may join anew.' },
  );

export const programmeUnknown = (): Refusal =>
  refusal(
    'programme_unknown',
    404,
    { zh: '没有这个会员计划，或它已停用。', en: 'There is no such programme, or it is closed.' },
    { zh: '请从 GET /v1/programmes 选择。', en: 'Choose one of GET /v1/programmes.' },
  );

export const programmeNotServed = (): Refusal =>
  refusal(
    'programme_not_served',
    409,
    {
      zh: '该门店没有开通此会员计划。',
      en: 'The store does not serve this programme, or serves none.',
    },
    {
      zh: '请换一个门店，或请会员计划所有方为门店开通。',
      en: "Choose another store, or ask the programme's owner to enrol it.",
    },
    '/store_id',
  );

export const programmeCodeTaken = (code: string): Refusal =>
  refusal(
    'programme_code_taken',
    409,
    { zh: `会员计划代码 ${code} 已被使用。`, en: `The programme code ${code} is taken.` },
    { zh: '请换一个代码。', en: 'Choose another code.' },
    '/code',
  );

export const ownerOnly = (): Refusal =>
  refusal(
    'programme_owner_only',
    403,
    {
      zh: '会员计划所有方没有邀请本商户。',
      en: "The programme's owner has not invited this merchant.",
    },
    {
      zh: '请会员计划所有方先发送 POST /v1/programmes/{programme_id}/invitations。',
      en: "Ask the programme's owner to send POST /v1/programmes/{programme_id}/invitations first.",
    },
  );

export const storeNotYours = (): Refusal =>
  refusal(
    'enrolment_store_not_yours',
    403,
    {
      zh: '只有商户自己或运营方可以为其门店开通会员计划。',
      en: 'Only the merchant itself or the operator enrols its stores.',
    },
    {
      zh: '请先邀请该商户：POST /v1/programmes/{programme_id}/invitations，再由商户开通自己的门店。',
      en: 'Invite the merchant with POST /v1/programmes/{programme_id}/invitations; it then enrols its own stores.',
    },
    '/merchant_org',
  );

export const merchantNotThere = (): Refusal =>
  refusal(
    'invitation_merchant_unknown',
    422,
    { zh: '没有这个商户。', en: 'There is no such merchant.' },
    { zh: '请核对商户编号。', en: 'Check the number of the merchant.' },
    '/merchant_org',
  );

export const storeNotThere = (): Refusal =>
  refusal(
    'enrolment_store_unknown',
    422,
    { zh: '该商户没有这个门店。', en: 'The merchant has no such store.' },
    { zh: '请核对商户编号与门店。', en: 'Check the number of the merchant and the store.' },
    '/store_id',
  );

export const tierUnknown = (known: readonly string[]): Refusal =>
  refusal(
    'tier_unknown',
    422,
    {
      zh: `会员计划没有这个等级；可用：${known.join('、')}。`,
      en: `The programme has no such tier; it has ${known.join(', ')}.`,
    },
    { zh: '请填写其中一个等级代码。', en: 'Give the code of one of them.' },
    '/tier',
  );

/** One of each, for the page of problems. */
export const memberRefusals: readonly Refusal[] = [
  phoneInvalid(),
  birthdayInvalid(),
  memberUnknown(),
  memberClosed(),
  memberErased(),
  programmeUnknown(),
  programmeNotServed(),
  programmeCodeTaken('tea-club'),
  ownerOnly(),
  storeNotYours(),
  merchantNotThere(),
  storeNotThere(),
  tierUnknown(['ordinary', 'gold']),
];
