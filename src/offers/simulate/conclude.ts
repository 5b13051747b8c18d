import { boughtAnyway } from '../rehearsal/bought-anyway.ts';
import { daysIn } from '../rehearsal/day-sums.ts';
import { memberUnit } from '../rehearsal/report.ts';
import { type Course, daysBefore } from './course.ts';
import type { GrantedDay, PastSales } from './past-sales.ts';
import type { SimulationPlan } from './plan-simulation.ts';
import type { Simulation } from './simulation-rows.ts';
import {
  collisionsOf,
  compared,
  type DecidedTold,
  reachedOf,
  type SimulationResult,
  toldBudgets,
  toldOffer,
  toldSpread,
} from './tell-simulation.ts';

/** Makes the result of a simulation that has gone through its days. */
export async function concluded(
  past: PastSales,
  org: number,
  simulation: Simulation,
  plan: SimulationPlan,
  course: Course,
): Promise<SimulationResult> {
  const { span, code, definition } = simulation;
  const [before, after] = [course.without.report, course.with.report];
  const codes = new Map(
    [...plan.with, ...plan.without].map((each) => [each.offer, each.definition.code]),
  );
  const { liveVersion, offer } = plan;
  const kinds = compared(before, after, offer, code);
  const decided = simulation.offer === null ? [] : await past.granted(org, span, simulation.offer);
  return {
    past: {
      ...span,
      days: daysIn(span),
      sales: course.done,
      refunds: course.refunds,
      members: course.members.size,
      anonymous_sales: course.purchases.anonymousGrants,
      gross: course.gross,
    },
    dates: plan.dates,
    missing_facts: [...course.missing].map(([fact, sales]) => ({ fact, sales })),
    offer: toldOffer(after, offer, code),
    unit: memberUnit(definition.benefits.map(({ kind }) => kind)),
    spread: toldSpread(after, offer),
    bought_anyway: await habits(past, org, plan, course),
    budgets: toldBudgets(course.with, span),
    change: liveVersion === null ? null : { version: liveVersion, kinds },
    decided: decidedByKind(decided),
    collisions: collisionsOf(before, after, offer, codes),
  };
}

async function habits(past: PastSales, org: number, plan: SimulationPlan, course: Course) {
  const { span } = course.with.report;
  const window = daysBefore(span);
  const reached = reachedOf(course.with.report, plan.offer);
  const ids = [...course.members.keys()];
  const buyers = new Map((await past.buyers(org, window)).map((each) => [each.member, each]));
  const others = ids.filter((id, place) => (reached.grants[place] ?? 0) > 0 && !buyers.has(id));
  const earlier = await past.boughtBefore(org, others, window.from);
  return boughtAnyway(
    window,
    reached,
    course.purchases,
    (place) => buyers.get(ids[place]!),
    (place) => earlier.has(ids[place]!),
  );
}

function decidedByKind(days: readonly GrantedDay[]): DecidedTold[] {
  return [...Map.groupBy(days, ({ kind }) => kind)].map(([kind, rows]) => ({
    kind,
    versions: [...new Set(rows.map(({ version }) => version))].toSorted((a, b) => a - b),
    grants: rows.reduce((sum, { grants }) => sum + grants, 0),
    amount: rows.reduce((sum, { amount }) => sum + amount, 0),
    reversed: rows.reduce((sum, { reversed }) => sum + reversed, 0),
  }));
}
