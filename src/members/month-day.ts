/** "MM-DD" of a birthday with or without its year: all of it that leaves this room. */
export function monthDayOf(birthday: string): string {
  return birthday.slice(-5);
}
