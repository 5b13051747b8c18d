import type { OfferSet } from '../engine/offer.ts';
import { type BudgetCourse, closeIfSpent, draw, giveBack, newCourse } from './budget-course.ts';
import type { Span } from './day-sums.ts';
import type { PastRefund, PastSale } from './past-event.ts';
import type { Buying } from './reached.ts';
import {
  newRehearsal,
  type Rehearsal,
  type Rehearsed,
  rehearseRefund,
  rehearseSale,
} from './rehearse.ts';
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

export function trySale(trial: Trial, set: OfferSet, sale: PastSale, buying: Buying): Rehearsed {
  const rehearsed = rehearseSale(trial.rehearsal, set, sale);
  const { decisions, progress } = rehearsed.evaluation;
  const { day } = sale.facts;
  addGrants(trial.report, { id: sale.id, day, ...buying }, [...decisions, ...progress]);
  if (trial.courses.size > 0) followBudgets(trial, { sale: sale.id, day }, rehearsed);
  return rehearsed;
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

export function tryRefund({ rehearsal, report, courses }: Trial, refund: PastRefund): void {
  for (const { decision, reversal } of rehearseRefund(rehearsal, refund)) {
    addTakenBack(report, decision, refund.day, reversal);
    for (const { budget, amount } of reversal.funding) {
      const course = budget === undefined ? undefined : courses.get(budget);
      if (course) giveBack(course, amount);
    }
  }
}
