import type { Text } from '#kernel/refusal';
import { LAST_DAY, type LeafOf } from '../engine/condition.ts';
import { ordinal } from './counts.ts';
import { periodText } from './dates.ts';
import { text } from './figures.ts';
import { anyOf } from './lists.ts';
import { hoursText, weekdaysText } from './week.ts';

type TimeTest = LeafOf<'day' | 'blackout' | 'weekday' | 'hours' | 'day_kind' | 'days_of_month'>;

export const DAY_KINDS: Readonly<Record<'holiday' | 'workday' | 'rest', Text>> = {
  holiday: text('法定节假日', 'public holidays'),
  workday: text('工作日(含调休上班日)', 'working days (make-up days included)'),
  rest: text('周末等休息日', 'weekends and other days off'),
};

export function timeText(test: TimeTest): Text {
  switch (test.type) {
    case 'day': {
      const { zh, en } = periodText(test.from, test.to === LAST_DAY ? null : test.to);
      if (test.to === LAST_DAY) return text(zh, `${en} on`);
      return text(zh, test.from === test.to ? `on ${en}` : `from ${en}`);
    }
    case 'blackout': {
      const ranges = anyOf(test.ranges.map(({ from, to }) => periodText(from, to)));
      return text(`${ranges.zh}以外的日子`, `on days other than ${ranges.en}`);
    }
    case 'weekday':
      return weekText(weekdaysText(test.weekdays));
    case 'hours':
      return hoursText(test.ranges);
    case 'day_kind':
      return on(anyOf([...test.kinds].map((kind) => DAY_KINDS[kind])));
    case 'days_of_month': {
      const days = [...test.days].toSorted((a, b) => a - b);
      const listed = anyOf(days.map((day) => text(String(day), `the ${ordinal(day)}`)));
      return text(`每月 ${listed.zh} 日`, `on ${listed.en} of the month`);
    }
  }
}

function on({ zh, en }: Text): Text {
  return text(zh, `on ${en}`);
}

function weekText({ zh, en }: Text): Text {
  if (en === 'every day') return text(zh, en);
  return text(zh, en.includes(' to ') ? `from ${en}` : `on ${en}`);
}
