import { addDays, type Day } from '#kernel/day';
import { compileOffers } from '../engine/compile.ts';
import type { Evaluation } from '../engine/evaluate.ts';
import type { OfferSet } from '../engine/offer.ts';
import { type Apart, isSame, neverSame, nothingApart, setApart } from '../rehearsal/apart.ts';
import { daysIn, type Span } from '../rehearsal/day-sums.ts';
import { factsNeeded, isUntold, type PastFact } from '../rehearsal/facts-needed.ts';
import { note } from '../rehearsal/history-book.ts';
import type { EarlierSale, PastEvent, PastSale } from '../rehearsal/past-event.ts';
import { type Buying, nobodyReached, reach, type Reached } from '../rehearsal/reached.ts';
import type { Rehearsed } from '../rehearsal/rehearse.ts';
import type { PlanBack } from '../rehearsal/plan-back.ts';
import { memberUnit, type MemberUnit } from '../rehearsal/report.ts';
import { newTrial, takeSale, type Trial, tryRefund, trySale } from '../rehearsal/trial.ts';
import type { PastPlace } from './past-sales.ts';
import type { SimulationPlan } from './plan-simulation.ts';
import type { Simulation } from './simulation-rows.ts';

/** The two sets of a simulation, compiled, and how refunds take back what they granted. */
export interface Sets {
  readonly with: OfferSet;
  readonly without: OfferSet;
  readonly planBack: PlanBack;
}

/** All that a simulation knows so far: plain data, which is put away and taken up again as it is. */
export interface Course {
  /** First purchases before the days are recalled, for the offers that ask for them. */
  stage: 'earlier' | 'past';
  place: PastPlace | null;
  readonly earlier: Span | null;
  readonly with: Trial;
  readonly without: Trial;
  /** Members by their ids, numbered as they come. */
  readonly members: Map<string, number>;
  /** What they bought, without the tried offer. */
  readonly purchases: Reached;
  readonly missing: Map<PastFact, number>;
  readonly apart: Apart;
  /** The tried offer's id. */
  readonly tried: string;
  done: number;
  refunds: number;
  gross: number;
}

export function setsOf(plan: SimulationPlan, planBack: PlanBack): Sets {
  return { with: compileOffers(plan.with), without: compileOffers(plan.without), planBack };
}

export function beginCourse(
  plan: SimulationPlan,
  sets: Sets,
  { span, definition }: Simulation,
): Course {
  const unit = memberUnit(definition.benefits.map(({ kind }) => kind));
  const close = new Map<string, MemberUnit>([[plan.offer, unit]]);
  const course = {
    with: newTrial(sets.with, span, close, plan.budgets),
    without: newTrial(sets.without, span, close, plan.budgets),
  };
  const earlier = earlierDays(course.with, course.without, span.from);
  return {
    ...course,
    stage: 'earlier',
    place: null,
    earlier,
    members: new Map(),
    purchases: nobodyReached(),
    apart: nothingApart(neverSame(sets, plan.offer)),
    tried: plan.offer,
    missing: new Map(factsNeeded(definition).map((fact) => [fact, 0])),
    done: 0,
    refunds: 0,
    gross: 0,
  };
}

const FIRST_DAY = '0001-01-01';

/** The days before the first whose purchases an offer may ask for; null if none does. */
function earlierDays(one: Trial, other: Trial, first: Day): Span | null {
  const tracks = [one, other].flatMap(({ rehearsal }) => rehearsal.histories.tracks);
  if (tracks.length === 0) return null;
  const back = tracks.map(({ track }) => track.days ?? Infinity);
  const days = Math.max(...back);
  const to = addDays(first, -1);
  return { from: days === Infinity ? FIRST_DAY : addDays(first, -days), to };
}

/** Notes a purchase from before the days, for the offers that ask for it. */
export function recall(course: Course, { day, member, cards, ...sale }: EarlierSale): void {
  note(course.with.rehearsal.histories, { member, cards }, day, null, sale);
  note(course.without.rehearsal.histories, { member, cards }, day, null, sale);
}

/** Tries what happened on both sets. */
export function foresee(course: Course, sets: Sets, event: PastEvent): void {
  if (event.kind === 'refund') {
    course.refunds++;
    tryRefund(course.with, { set: sets.with, planBack: sets.planBack }, event);
    tryRefund(course.without, { set: sets.without, planBack: sets.planBack }, event);
    return;
  }
  const { facts } = event;
  const buying = {
    member: facts.member && placeOf(course.members, facts.member.id),
    tier: facts.member?.tier ?? null,
  };
  const rehearsed = trySale(course.with, sets.with, event, buying);
  const evaluation = tryWithout(course, sets, event, buying, rehearsed);
  reach(course.purchases, buying, evaluation.due);
  for (const [fact, count] of course.missing)
    if (isUntold(fact, facts)) course.missing.set(fact, count + 1);
  course.done++;
  course.gross += evaluation.gross;
}

/**
 * A sale that the tried offer does not touch, and that looks at nothing that differs between the sets, is
 * decided the same without it; most are, and are not decided twice.
 */
function tryWithout(
  { apart, without, tried }: Course,
  sets: Sets,
  sale: PastSale,
  buying: Buying,
  rehearsed: Rehearsed,
): Evaluation {
  if (!apart.all && !rehearsed.matched.includes(tried) && isSame(apart, sale, rehearsed)) {
    takeSale(without, sets.without, sale, buying, rehearsed);
    return rehearsed.evaluation;
  }
  const other = trySale(without, sets.without, sale, buying);
  setApart(apart, sale, rehearsed, other, tried);
  return other.evaluation;
}

function placeOf(members: Map<string, number>, id: string): number {
  let place = members.get(id);
  if (place === undefined) members.set(id, (place = members.size));
  return place;
}

/** As many days as a span has, right before it. */
export function daysBefore(span: Span): Span {
  return { from: addDays(span.from, -daysIn(span)), to: addDays(span.from, -1) };
}
