import type { FieldFault, Refusal, Text } from '#kernel/refusal';

function refusal(code: string, status: number, detail: Text, fix: Text, pointer?: string): Refusal {
  return { code, status, detail, fix, ...(pointer && { errors: [{ pointer, detail }] }) };
}

export const offerUnknown = (id: string): Refusal =>
  refusal(
    'offer_unknown',
    404,
    { zh: `没有优惠方案 ${id}。`, en: `There is no offer ${id}.` },
    { zh: '请从 GET /v1/offers 选择方案。', en: 'Choose an offer of GET /v1/offers.' },
  );

export const offerVersionUnknown = (code: string, version: number): Refusal =>
  refusal(
    'offer_version_unknown',
    404,
    {
      zh: `优惠方案 ${code} 没有第 ${version} 版。`,
      en: `The offer ${code} has no version ${version}.`,
    },
    {
      zh: '请从 GET /v1/offers/{offer_id}/versions 选择版本。',
      en: 'Choose a version of GET /v1/offers/{offer_id}/versions.',
    },
  );

/** The definition is not legal; each fault names its field and what would be legal. */
export const offerIllegal = (errors: readonly FieldFault[]): Refusal => ({
  ...refusal(
    'offer_illegal',
    422,
    {
      zh: `优惠方案有 ${errors.length} 处不合规则。`,
      en: `The offer has ${errors.length} fault(s).`,
    },
    {
      zh: '请按 errors 中逐项的说明更正；POST /v1/offers/check 可先行检查。',
      en: 'Correct each entry of errors; POST /v1/offers/check checks without saving.',
    },
  ),
  errors,
});

export const offerCodeTaken = (code: string): Refusal =>
  refusal(
    'offer_code_taken',
    409,
    {
      zh: `方案代码 ${code} 已被本机构使用。`,
      en: `An offer of this org has the code ${code}.`,
    },
    {
      zh: '请换一个代码；已结束方案的代码也不能再用。',
      en: 'Choose another; an ended offer keeps its code.',
    },
    '/code',
  );

export const offerCodeFixed = (code: string): Refusal =>
  refusal(
    'offer_code_fixed',
    409,
    { zh: `方案代码 ${code} 不能更改。`, en: `The code of an offer never changes: ${code}.` },
    { zh: '请保留原代码，或新建方案。', en: 'Keep the code, or create another offer.' },
    '/code',
  );

export const offerEnded = (code: string): Refusal =>
  refusal(
    'offer_ended',
    409,
    { zh: `方案 ${code} 已结束。`, en: `The offer ${code} has ended.` },
    { zh: '请新建方案。', en: 'Create another offer.' },
  );

export const offerUnpublished = (code: string): Refusal =>
  refusal(
    'offer_unpublished',
    409,
    { zh: `方案 ${code} 尚未发布。`, en: `The offer ${code} was never published.` },
    { zh: '请先发布，或直接结束。', en: 'Publish it first, or end it.' },
  );

export const offerWithoutDraft = (code: string): Refusal =>
  refusal(
    'offer_without_draft',
    409,
    {
      zh: `方案 ${code} 没有待发布的草稿。`,
      en: `The offer ${code} has no draft to publish.`,
    },
    {
      zh: '请先用 PUT 写入草稿；若只是恢复，请用 resume。',
      en: 'Put a draft first; to let a paused offer go on, resume it.',
    },
  );

/** The draft was edited while it was being checked. */
export const offerChanged = (code: string): Refusal =>
  refusal(
    'offer_changed',
    409,
    {
      zh: `方案 ${code} 的草稿刚被他人修改。`,
      en: `The draft of the offer ${code} was edited meanwhile.`,
    },
    { zh: '请重新查看草稿后再发布。', en: 'Read the draft again, then publish.' },
  );

/** Who is bound to some stores changes no offer of the whole org. */
export const offersOfAllStores = (): Refusal =>
  refusal(
    'offers_of_all_stores',
    403,
    {
      zh: '您只能在指定门店操作，不能更改全机构的优惠方案。',
      en: 'You may act in some stores only, and offers concern the whole org.',
    },
    { zh: '请让可管理全部门店的人操作。', en: 'Ask someone who may act in all stores.' },
  );

/** One of each. */
export const offerRefusals: readonly Refusal[] = [
  offerUnknown('0198c0de-0000-7000-8000-000000000001'),
  offerVersionUnknown('TEA-5', 7),
  offerIllegal([
    {
      pointer: '/schedule/to',
      detail: {
        zh: '结束日须不早于开始日 2026-11-21',
        en: 'must not be before the first day, 2026-11-21',
      },
    },
  ]),
  offerCodeTaken('TEA-5'),
  offerCodeFixed('TEA-5'),
  offerEnded('TEA-5'),
  offerUnpublished('TEA-5'),
  offerWithoutDraft('TEA-5'),
  offerChanged('TEA-5'),
  offersOfAllStores(),
];
