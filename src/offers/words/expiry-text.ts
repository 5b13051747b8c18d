import type { Text } from '#kernel/refusal';
import type { Expiry } from '../rule/definition.ts';
import { ordinal, plural } from './counts.ts';
import { dateText } from './dates.ts';
import { numberText, text } from './figures.ts';

const ROUNDED: Readonly<Record<'month' | 'quarter' | 'year', Text>> = {
  month: text('月的月末', 'month'),
  quarter: text('季度的季末', 'quarter'),
  year: text('年的年末', 'year'),
};

/** How long what was granted can be used, counted from its arrival. */
export function expiryText(expiry: Expiry): Text {
  switch (expiry.type) {
    case 'none':
      return text('长期有效', 'usable without end');
    case 'rolling': {
      const count = numberText(expiry.days);
      const days = plural(expiry.days, 'day');
      if (expiry.round_up_to === undefined)
        return text(`自到账之日起 ${count} 天内有效`, `usable for ${days} from the day of arrival`);
      const end = ROUNDED[expiry.round_up_to];
      return text(
        `有效期至到账满 ${count} 天之日所在${end.zh}`,
        `usable through the end of the ${end.en} that holds the day ${days} after arrival`,
      );
    }
    case 'end_of_year':
      return endOfYearText(expiry.years);
    case 'date': {
      const { zh, en } = dateText(expiry.day);
      return text(`有效期至${zh}`, `usable through ${en}`);
    }
  }
}

function endOfYearText(years: number): Text {
  if (years === 0)
    return text(
      '有效期至到账当年 12 月 31 日',
      'usable through 31 December of the year of arrival',
    );
  if (years === 1)
    return text(
      '有效期至到账次年 12 月 31 日',
      'usable through 31 December of the year after arrival',
    );
  const count = numberText(years);
  return text(
    `有效期至到账后第 ${count} 年的 12 月 31 日`,
    `usable through 31 December of the ${ordinal(years)} year after arrival`,
  );
}
