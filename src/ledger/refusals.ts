import { yuan } from '#kernel/money';
import type { Refusal } from '#kernel/refusal';
import type { AccountRef } from './account.ts';

/** A checked account would go under its floor. */
export function insufficientBalance(
  account: AccountRef,
  available: number,
  asked: number,
): Refusal {
  return {
    code: 'insufficient_balance',
    status: 409,
    detail: {
      zh: `账户 ${account.code}（${account.owner}）可用 ${available}，需要 ${asked}。`,
      en: `Account ${account.code} (${account.owner}) has ${available} available; ${asked} is needed.`,
    },
    fix: {
      zh: '请减少金额或先补足余额后重试。',
      en: 'Ask for less, or top the account up and try again.',
    },
  };
}

/** A hold ended before, never stood, or has less left than is to be captured. */
export function holdNotOpen(holdId: string): Refusal {
  return {
    code: 'hold_not_open',
    status: 409,
    detail: {
      zh: `冻结 ${holdId} 已结束或余额不足。`,
      en: `Hold ${holdId} has ended or has too little left.`,
    },
    fix: { zh: '请重新查询后再试。', en: 'Look it up again before trying once more.' },
  };
}

/** Nothing is left of a budget. */
export function budgetExhausted(budget: string): Refusal {
  return {
    code: 'budget_exhausted',
    status: 409,
    detail: { zh: `预算 ${budget} 已用完。`, en: `Budget ${budget} is used up.` },
    fix: { zh: '请先为预算注资。', en: 'Fund the budget first.' },
  };
}

/** More would be paid into a budget than its total. @param payable fen that may still be paid in */
export function budgetOverTotal(total: number, payable: number): Refusal {
  return {
    code: 'budget_over_total',
    status: 409,
    detail: {
      zh: `预算总额为 ${yuan(total)} 元，还可注资 ${yuan(payable)} 元。`,
      en: `The total of the budget is ${yuan(total)} CNY; ${yuan(payable)} CNY may still be paid in.`,
    },
    fix: {
      zh: '请减少注资金额，或另开一个预算。',
      en: 'Pay in less, or open another budget.',
    },
  };
}

/** A journal was reversed before. */
export function alreadyReversed(journalId: string): Refusal {
  return {
    code: 'already_reversed',
    status: 409,
    detail: {
      zh: `凭证 ${journalId} 已被冲正。`,
      en: `Journal ${journalId} has been reversed before.`,
    },
    fix: { zh: '无需再次冲正。', en: 'Nothing is left to reverse.' },
  };
}

/** All that the ledger may refuse, with examples for their values. */
export const ledgerRefusals: readonly Refusal[] = [
  insufficientBalance({ code: '2031', owner: '-', asset: 1, id: 0n }, 0, 1),
  holdNotOpen('-'),
  budgetExhausted('-'),
  budgetOverTotal(1_000_000, 100_000),
  alreadyReversed('-'),
];
