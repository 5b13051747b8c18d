import type { Refusal } from '#kernel/refusal';

export const notSettable: Refusal = {
  code: 'clock_not_settable',
  status: 403,
  detail: { zh: '只有沙箱商户的时钟可以设置。', en: 'Only the clock of a sandbox org can be set.' },
  fix: { zh: '请使用沙箱商户。', en: 'Use a sandbox org.' },
};

export const clockBusy: Refusal = {
  code: 'clock_busy',
  status: 409,
  detail: { zh: '该时钟正在被设置。', en: 'This clock is being set by another request.' },
  fix: { zh: '请稍后重试。', en: 'Try again when that request has ended.' },
  retryAfterSeconds: 1,
};

export function backwards(now: Date): Refusal {
  return {
    code: 'clock_backwards',
    status: 409,
    detail: {
      zh: `时钟只能向前，不得早于 ${now.toISOString()}。`,
      en: `A clock only goes forward: not before ${now.toISOString()}.`,
    },
    fix: { zh: '请给出更晚的时间。', en: 'Give a later time.' },
  };
}

/** What setting a clock may refuse. */
export const clockRefusals: readonly Refusal[] = [notSettable, clockBusy, backwards(new Date(0))];
