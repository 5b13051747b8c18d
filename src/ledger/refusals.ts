import type { Refusal } from '#kernel/refusal';
import type { AccountRef } from './account.ts';

/** A checked account would go under its floor. */
export function insufficientBalance(account: AccountRef, available: number, asked: number): Refusal {
  return {
    code: 'insufficient_balance',
    status: 409,
    detail: {
      zh: `账户 ${account.code}（${account.owner}）可用 ${available}，需要 ${asked}。`,
      en: `Account ${account.code} (${account.owner}) has ${available} available; ${asked} is needed.`,
    },
    fix: { zh: '请减少金额或先补足余额后重试。', en: 'Ask for less, or top the account up and try again.' },
  };
}

/** A journal was reversed before. */
export function alreadyReversed(journalId: string): Refusal {
  return {
    code: 'already_reversed',
    status: 409,
    detail: { zh: `凭证 ${journalId} 已被冲正。`, en: `Journal ${journalId} has been reversed before.` },
    fix: { zh: '无需再次冲正。', en: 'Nothing is left to reverse.' },
  };
}
