import { birthdayIn, dayNumber } from '#kernel/day';
import { within } from './bounds.ts';
import type { LeafOf, View } from './condition.ts';
import type { MemberFacts } from './facts.ts';
import { ALL_SALES, pastOf } from './history.ts';

type MemberLeaf = LeafOf<
  | 'member'
  | 'programme'
  | 'tier'
  | 'label'
  | 'member_for'
  | 'birthday'
  | 'nth_purchase'
  | 'days_since_last'
>;

/** Whether the member is as the test says. */
export function memberHolds(test: MemberLeaf, member: MemberFacts, view: View): boolean {
  const { day } = view.facts;
  switch (test.type) {
    case 'member':
      return true;
    case 'programme':
      return test.programmes.has(member.programme);
    case 'tier':
      return test.tiers.has(member.tier);
    case 'label':
      return member.labels.some((label) => test.labels.has(label));
    case 'member_for':
      return within(dayNumber(day) - dayNumber(member.joined), test);
    case 'birthday':
      return member.birthday !== null && birthdayHolds(test, member.birthday, day);
    case 'nth_purchase': {
      const nth = (pastOf(ALL_SALES, view)?.count ?? 0) + 1;
      return test.numbers.has(nth) || (test.every > 0 && nth % test.every === 0);
    }
    case 'days_since_last': {
      const last = pastOf(ALL_SALES, view)?.last ?? null;
      return last !== null && within(dayNumber(day) - dayNumber(last), test);
    }
  }
}

function birthdayHolds(test: LeafOf<'birthday'>, birthday: string, day: string): boolean {
  if (test.month) return day.slice(5, 7) === birthday.slice(0, 2);
  const today = dayNumber(day);
  const year = Number(day.slice(0, 4));
  return [year - 1, year, year + 1].some((each) => {
    const away = today - dayNumber(birthdayIn(each, birthday));
    return -test.before <= away && away <= test.after;
  });
}
