import type { Refusal } from '#kernel/refusal';

export const DAYS_MAX = 400;

export const periodWrong = (): Refusal => ({
  code: 'period_wrong',
  status: 422,
  detail: {
    zh: `报表期间须从早到晚，最多 ${DAYS_MAX} 天。`,
    en: `A report covers a period from an earlier to a later day, at most ${DAYS_MAX} days.`,
  },
  fix: { zh: '请修改 from 与 to。', en: 'Change from and to.' },
  errors: [
    {
      pointer: '/query/to',
      detail: {
        zh: `不得早于 from，且相差少于 ${DAYS_MAX} 天`,
        en: `must not be before from and less than ${DAYS_MAX} days after it`,
      },
    },
  ],
});

/** One of each, for the page of problems. */
export const insightsRefusals: readonly Refusal[] = [periodWrong()];
