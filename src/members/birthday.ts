import { z } from 'zod';
import type { Day } from '#kernel/day';
import type { FoundMember } from './look-up-members.ts';
import { placeOf } from './member-rows.ts';
import { monthDayOf } from './month-day.ts';
import type { MembersRoom } from './room.ts';

const DAY_MIN = '1900-01-01';
const LEAP_YEAR = '2000';
const calendarDay = z.iso.date();

/** Whether a text is a birthday: "MM-DD" of any year, or a whole date from 1900 to `today`. */
export function isBirthday(text: string, today: Day): boolean {
  if (text.length === 5) return calendarDay.safeParse(`${LEAP_YEAR}-${text}`).success;
  return calendarDay.safeParse(text).success && DAY_MIN <= text && text <= today;
}

const REMEMBERED_MAX = 20_000;
const remembered = new Map<string, string>();

/** The month and day of a member's birthday, "05-04"; null where it was not told. */
export function birthdayOf(
  { vault }: Pick<MembersRoom, 'vault'>,
  { ownerOrg, memberId, birthdaySealed }: FoundMember,
): string | null {
  if (birthdaySealed === null) return null;
  const known = remembered.get(birthdaySealed);
  if (known !== undefined) return known;
  const place = placeOf(ownerOrg, memberId, 'birthday_sealed');
  const monthDay = monthDayOf(vault.open(place, birthdaySealed));
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(birthdaySealed, monthDay);
  return monthDay;
}
