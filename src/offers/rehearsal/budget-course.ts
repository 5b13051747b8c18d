import type { Day } from '#kernel/day';

/** A sale by its id and day. */
export interface SaleMark {
  readonly sale: string;
  readonly day: Day;
}

/** How a budget went: fen, plain data. */
export interface BudgetCourse {
  readonly budget: string;
  readonly funderOrg: number | null;
  readonly start: number;
  left: number;
  drawn: number;
  returned: number;
  /** The last sale that drew on it. */
  last: SaleMark | null;
  /** From the first sale on that it could not pay in full, or that took the last fen. */
  closed: { readonly by: SaleMark; readonly last: SaleMark | null } | null;
  /** Sales for which it was too small. */
  short: number;
}

export function newCourse(budget: string, funderOrg: number | null, start: number): BudgetCourse {
  const none = { left: start, drawn: 0, returned: 0, last: null, closed: null, short: 0 };
  return { budget, funderOrg, start, ...none };
}

export function draw(course: BudgetCourse, by: SaleMark, amount: number): void {
  course.left -= amount;
  course.drawn += amount;
  course.last = by;
}

/** After a sale: whether it found the budget too small, or emptied it. */
export function closeIfSpent(course: BudgetCourse, by: SaleMark, short: boolean): void {
  if (short) course.short++;
  if (course.closed === null && (short || course.left <= 0))
    course.closed = { by, last: course.last };
}

export function giveBack(course: BudgetCourse, amount: number): void {
  course.left += amount;
  course.returned += amount;
}
