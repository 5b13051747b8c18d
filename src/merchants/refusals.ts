import type { Refusal, Text } from '#kernel/refusal';

function refusal(code: string, status: number, detail: Text, fix: Text, pointer?: string): Refusal {
  return { code, status, detail, fix, ...(pointer && { errors: [{ pointer, detail }] }) };
}

/** Only the operator keeps the register of orgs. */
export const operatorOnly = (): Refusal =>
  refusal(
    'operator_only',
    403,
    { zh: '只有运营方可以管理机构登记。', en: 'Only the operator keeps the register of orgs.' },
    { zh: '请联系运营方办理。', en: 'Ask the operator to do it.' },
  );

export const orgUnknown = (org: string | number): Refusal =>
  refusal(
    'org_unknown',
    404,
    { zh: `没有机构 ${org}。`, en: `There is no org ${org}.` },
    { zh: '请核对机构编号或代码。', en: 'Check the number or code of the org.' },
  );

export const orgSuspended = (code: string): Refusal =>
  refusal(
    'org_suspended',
    409,
    { zh: `机构 ${code} 已停用。`, en: `The org ${code} is suspended.` },
    { zh: '请联系运营方恢复后再试。', en: 'Ask the operator to resume it, then try again.' },
  );

export const orgCodeTaken = (code: string): Refusal =>
  refusal(
    'org_code_taken',
    409,
    { zh: `机构代码 ${code} 已被使用。`, en: `The org code ${code} is taken.` },
    { zh: '请换一个代码。', en: 'Choose another code.' },
    '/code',
  );

export const orgNumberTaken = (id: number): Refusal =>
  refusal(
    'org_number_taken',
    409,
    { zh: `机构编号 ${id} 已被使用。`, en: `The org number ${id} is taken.` },
    {
      zh: '请换一个编号，或不填由系统分配。',
      en: 'Choose another, or leave it out to be given one.',
    },
    '/org_id',
  );

export const orgParentUnknown = (id: number): Refusal =>
  refusal(
    'org_parent_unknown',
    422,
    { zh: `没有上级机构 ${id}。`, en: `There is no org ${id} to stand above it.` },
    { zh: '请填写已登记机构的编号。', en: 'Give the number of an org in the register.' },
    '/parent_id',
  );

export const storeUnknown = (store: string): Refusal =>
  refusal(
    'store_unknown',
    404,
    { zh: `没有门店 ${store}。`, en: `There is no store ${store}.` },
    { zh: '请从 GET /v1/stores 选择门店。', en: 'Choose a store of GET /v1/stores.' },
  );

export const storeCodeTaken = (code: string): Refusal =>
  refusal(
    'store_code_taken',
    409,
    { zh: `门店代码 ${code} 已被本机构使用。`, en: `A store of this org has the code ${code}.` },
    {
      zh: '请换一个代码；已关闭门店的代码也不能再用。',
      en: 'Choose another; a closed store keeps its code.',
    },
    '/code',
  );

export const storeClosed = (code: string): Refusal =>
  refusal(
    'store_closed',
    409,
    { zh: `门店 ${code} 已关闭。`, en: `The store ${code} is closed.` },
    { zh: '请选择营业中的门店。', en: 'Choose a store that is active.' },
  );

/** Who is bound to some stores opens no other. */
export const storesNotAllYours = (): Refusal =>
  refusal(
    'stores_not_all_yours',
    403,
    {
      zh: '您只能在指定门店操作，不能新开门店。',
      en: 'You may act in some stores only, so you cannot open one.',
    },
    { zh: '请让可管理全部门店的人操作。', en: 'Ask someone who may act in all stores.' },
  );

/** One of each, for the page of problems. */
export const merchantsRefusals: readonly Refusal[] = [
  operatorOnly(),
  orgUnknown(7),
  orgSuspended('tea-house'),
  orgCodeTaken('tea-house'),
  orgNumberTaken(7),
  orgParentUnknown(7),
  storeUnknown('north-gate'),
  storeCodeTaken('north-gate'),
  storeClosed('north-gate'),
  storesNotAllYours(),
];
