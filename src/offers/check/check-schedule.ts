import type { Definition, Hours } from '../rule/definition.ts';
import { minuteOf } from '../engine/minutes.ts';
import type { Report } from './report.ts';

/** That the days and hours of a schedule are in order. */
export function checkSchedule(
  { from, to, hours, blackout = [] }: Definition['schedule'],
  report: Report,
): void {
  if (to !== undefined && to < from) {
    report(
      '/schedule/to',
      `结束日须不早于开始日 ${from}`,
      `must not be before the first day, ${from}`,
    );
  }
  if (hours) checkHours(hours, '/schedule/hours', report);
  blackout.forEach((rest, index) => {
    if (rest.to >= rest.from) return;
    report(
      `/schedule/blackout/${index}/to`,
      `须不早于同段的第一天 ${rest.from}`,
      `must not be before the first of these days, ${rest.from}`,
    );
  });
}

export function checkHours(hours: Hours, pointer: string, report: Report): void {
  hours.forEach(({ from, to }, index) => {
    if (minuteOf(to) > minuteOf(from)) return;
    report(
      `${pointer}/${index}/to`,
      `须晚于 ${from};跨零点请写两段,如 22:00-24:00 与 00:00-02:00`,
      `must be after ${from}; write two ranges across midnight, such as 22:00-24:00 and 00:00-02:00`,
    );
  });
}
