import { minuteOf } from '../engine/minutes.ts';
import type { Definition } from '../rule/definition.ts';
import { replaced } from './change-text.ts';
import type { Differences } from './change.ts';
import { requiredText } from './condition-text.ts';
import { dateText, periodText } from './dates.ts';
import { text } from './figures.ts';
import { joined } from './lists.ts';
import { hoursText, weekdaysText } from './week.ts';

type Schedule = Definition['schedule'];

export function differingSchedule(into: Differences, before: Schedule, after: Schedule): void {
  replaced(
    into,
    '/schedule/from',
    text('开始日', 'first day'),
    dateText(before.from),
    dateText(after.from),
  );
  const endless = text('不限', 'none');
  replaced(
    into,
    '/schedule/to',
    text('结束日', 'last day'),
    before.to === undefined ? endless : dateText(before.to),
    after.to === undefined ? endless : dateText(after.to),
  );
  const week = ({ weekdays }: Schedule) => weekdays && weekdaysText(weekdays);
  replaced(into, '/schedule/weekdays', text('星期限制', 'weekdays'), week(before), week(after));
  const hours = (each: Schedule) =>
    each.hours &&
    hoursText(each.hours.map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) })));
  replaced(into, '/schedule/hours', text('时段限制', 'hours'), hours(before), hours(after));
  const kinds = ({ day_kinds: each }: Schedule) =>
    each && requiredText({ type: 'day_kind', kinds: new Set(each) });
  replaced(
    into,
    '/schedule/day_kinds',
    text('日期类型', 'kinds of day'),
    kinds(before),
    kinds(after),
  );
  const rests = ({ blackout }: Schedule) =>
    blackout &&
    joined(
      blackout.map(({ from, to }) => periodText(from, to)),
      '、',
      ', ',
    );
  replaced(into, '/schedule/blackout', text('暂停日期', 'days off'), rests(before), rests(after));
}
