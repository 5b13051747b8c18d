import { yuan } from '#kernel/money';
import type { Refusal, Text } from '#kernel/refusal';

function refusal(code: string, status: number, detail: Text, fix: Text, pointer?: string): Refusal {
  return { code, status, detail, fix, ...(pointer && { errors: [{ pointer, detail }] }) };
}

export const budgetUnknown = (budget: string): Refusal =>
  refusal(
    'budget_unknown',
    404,
    { zh: `没有预算 ${budget}。`, en: `There is no budget ${budget}.` },
    { zh: '请从 GET /v1/budgets 选择预算。', en: 'Choose a budget of GET /v1/budgets.' },
  );

export const budgetCodeTaken = (code: string): Refusal =>
  refusal(
    'budget_code_taken',
    409,
    { zh: `预算代码 ${code} 已被使用。`, en: `The budget code ${code} is taken.` },
    {
      zh: '请换一个；已结束预算的代码也不能再用。',
      en: 'Choose another; an ended budget keeps it.',
    },
    '/code',
  );

export const budgetChunkTooLarge = (chunk: number, total: number): Refusal =>
  refusal(
    'budget_chunk_too_large',
    422,
    {
      zh: `单次租出 ${yuan(chunk)} 元超过总额 ${yuan(total)} 元。`,
      en: `A lease of ${yuan(chunk)} CNY is more than the total of ${yuan(total)} CNY.`,
    },
    { zh: '请减小 chunk，或不填用默认值。', en: 'Make chunk smaller, or leave it out.' },
    '/chunk',
  );

export const budgetEnded = (code: string): Refusal =>
  refusal(
    'budget_ended',
    409,
    { zh: `预算 ${code} 已结束。`, en: `The budget ${code} has ended.` },
    { zh: '请另开一个预算。', en: 'Open another budget.' },
  );

export const budgetPaused = (code: string): Refusal =>
  refusal(
    'budget_paused',
    409,
    { zh: `预算 ${code} 已暂停。`, en: `The budget ${code} is paused.` },
    { zh: '请出资方恢复后再试。', en: 'Ask the funder to resume it, then try again.' },
  );

export const budgetNotGranted = (code: string, org: number): Refusal =>
  refusal(
    'budget_not_granted',
    403,
    {
      zh: `机构 ${org} 不能使用预算 ${code}。`,
      en: `Org ${org} may not draw on the budget ${code}.`,
    },
    { zh: '请出资方授权后再试。', en: 'Ask the funder to grant it, then try again.' },
  );

/** Orgs outside the register. @param unknown the field of each, with its number */
export function borrowerUnknown(unknown: readonly (readonly [string, number])[]): Refusal {
  const numbers = unknown.map(([, org]) => org).join(', ');
  return {
    ...refusal(
      'borrower_unknown',
      422,
      { zh: `没有机构 ${numbers}。`, en: `There is no org ${numbers}.` },
      { zh: '请填写已登记机构的编号。', en: 'Give numbers of orgs in the register.' },
    ),
    errors: unknown.map(([pointer, org]) => ({
      pointer,
      detail: { zh: `没有机构 ${org}`, en: `there is no org ${org}` },
    })),
  };
}

/** One of each, for the page of problems. */
export const partnersRefusals: readonly Refusal[] = [
  budgetUnknown('spring'),
  budgetCodeTaken('spring'),
  budgetChunkTooLarge(200_000, 100_000),
  budgetEnded('spring'),
  budgetPaused('spring'),
  budgetNotGranted('spring', 11),
  borrowerUnknown([['/borrowers/0', 999]]),
];
