import type { Day } from '#kernel/day';
import type { OfferSet } from '../engine/offer.ts';
import { type BudgetCourse, closeIfSpent, draw, giveBack, newCourse } from './budget-course.ts';
import type { Span } from './day-sums.ts';
import type { PastRefund, PastSale } from './past-event.ts';
import type { Buying } from './reached.ts';
import { countSale } from './count-sale.ts';
import { newRehearsal, type Rehearsal } from './rehearsal.ts';
import { type Rehearsed, rehearseSale } from './rehearse.ts';
import { beginDay } from './waiting.ts';
import { rehearseRefund, type Rules } from './take-back.ts';
import { addGrants, addTakenBack, type MemberUnit, newReport, type Report } from './report.ts';

/** A set of offers tried on the past, with what came of it so far: plain data. */
export interface Trial {
  readonly rehearsal: Rehearsal;
  readonly report: Report;
  readonly courses: Map<string, BudgetCourse>;
}

/** A budget as it stands when the past begins. fen. */
export interface BudgetBegun {
  readonly budget: string;
  readonly funderOrg: number | null;
  readonly start: number;
}

export function newTrial(
  set: OfferSet,
  span: Span,
  close: ReadonlyMap<string, MemberUnit>,
  budgets: readonly BudgetBegun[],
): Trial {
  const starts = Object.fromEntries(budgets.map(({ budget, start }) => [budget, start]));
  return {
    rehearsal: newRehearsal(set, starts),
    report: newReport(span, close),
    courses: new Map(
      budgets.map(({ budget, funderOrg, start }) => [budget, newCourse(budget, funderOrg, start)]),
    ),
  };
}

/** Begins a day: budgets have back what was granted in vain. */
export function tryDay({ rehearsal, courses }: Trial, day: Day): void {
  for (const { budget, amount } of beginDay(rehearsal.room, day)) {
    if (budget === undefined) continue;
    rehearsal.budgets[budget] = (rehearsal.budgets[budget] ?? 0) + amount;
    const course = courses.get(budget);
    if (course) giveBack(course, amount);
  }
}

export function trySale(trial: Trial, set: OfferSet, sale: PastSale, buying: Buying): Rehearsed {
  tryDay(trial, sale.facts.day);
  const rehearsed = rehearseSale(trial.rehearsal, set, sale);
  takeSale(trial, set, sale, buying, rehearsed);
  return rehearsed;
}

/** Counts and reports a sale as it was decided. */
export function takeSale(
  trial: Trial,
  set: OfferSet,
  sale: PastSale,
  buying: Buying,
  rehearsed: Rehearsed,
): void {
  tryDay(trial, sale.facts.day);
  countSale(trial.rehearsal, set, sale, rehearsed);
  const { decisions, progress } = rehearsed.evaluation;
  const { day } = sale.facts;
  addGrants(trial.report, { id: sale.id, day, ...buying }, [...decisions, ...progress]);
  if (trial.courses.size > 0) followBudgets(trial, { sale: sale.id, day }, rehearsed);
}

function followBudgets(
  { courses }: Trial,
  by: { readonly sale: string; readonly day: string },
  { evaluation, short }: Rehearsed,
): void {
  const touched = new Set(short);
  for (const { funding } of evaluation.decisions) {
    for (const { budget, amount } of funding) {
      const course = budget === undefined ? undefined : courses.get(budget);
      if (course === undefined) continue;
      draw(course, by, amount);
      touched.add(course.budget);
    }
  }
  for (const budget of touched) {
    const course = courses.get(budget);
    if (course) closeIfSpent(course, by, short.includes(budget));
  }
}

export function tryRefund(trial: Trial, rules: Rules, refund: PastRefund): void {
  tryDay(trial, refund.day);
  const { rehearsal, report, courses } = trial;
  for (const { decision, reversal } of rehearseRefund(rehearsal, rules, refund)) {
    addTakenBack(report, decision, refund.day, reversal);
    for (const { budget, amount } of reversal.funding) {
      const course = budget === undefined ? undefined : courses.get(budget);
      if (course) giveBack(course, amount);
    }
  }
}
