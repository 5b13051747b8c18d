import type { LeafOf, View } from './condition.ts';

type TimeLeaf = LeafOf<'day' | 'blackout' | 'weekday' | 'hours' | 'day_kind' | 'days_of_month'>;

/** Whether the sale's day and time are as the test says. */
export function timeHolds(test: TimeLeaf, { facts }: View): boolean {
  const { day, minute } = facts;
  switch (test.type) {
    case 'day':
      return test.from <= day && day <= test.to;
    case 'blackout':
      return !test.ranges.some(({ from, to }) => from <= day && day <= to);
    case 'weekday':
      return test.weekdays.has(facts.weekday);
    case 'hours':
      return test.ranges.some(({ from, to }) => from <= minute && minute < to);
    case 'day_kind':
      return test.kinds.has(facts.dayKind);
    case 'days_of_month':
      return test.days.has(Number(day.slice(8)));
  }
}
