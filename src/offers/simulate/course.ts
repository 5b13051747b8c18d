import { addDays, type Day } from '#kernel/day';
import { compileOffers } from '../engine/compile.ts';
import type { OfferSet } from '../engine/offer.ts';
import { daysIn, type Span } from '../rehearsal/day-sums.ts';
import { factsNeeded, isUntold, type PastFact } from '../rehearsal/facts-needed.ts';
import { note } from '../rehearsal/history-book.ts';
import type { EarlierSale, PastEvent } from '../rehearsal/past-event.ts';
import { nobodyReached, reach, type Reached } from '../rehearsal/reached.ts';
import { memberUnit, type MemberUnit } from '../rehearsal/report.ts';
import { newTrial, type Trial, tryRefund, trySale } from '../rehearsal/trial.ts';
import type { PastPlace } from './past-sales.ts';
import type { SimulationPlan } from './plan-simulation.ts';
import type { Simulation } from './simulation-rows.ts';

/** The two sets of a simulation, compiled. */
export interface Sets {
  readonly with: OfferSet;
  readonly without: OfferSet;
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
  done: number;
  refunds: number;
  gross: number;
}

export function setsOf(plan: SimulationPlan): Sets {
  return { with: compileOffers(plan.with), without: compileOffers(plan.without) };
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
export function recall(course: Course, { day, member, cards, lines }: EarlierSale): void {
  note(course.with.rehearsal.histories, { member, cards }, day, lines, 1);
  note(course.without.rehearsal.histories, { member, cards }, day, lines, 1);
}

/** Tries what happened on both sets. */
export function foresee(course: Course, sets: Sets, event: PastEvent): void {
  if (event.kind === 'refund') {
    course.refunds++;
    tryRefund(course.with, event);
    tryRefund(course.without, event);
    return;
  }
  const { facts } = event;
  const buying = {
    member: facts.member && placeOf(course.members, facts.member.id),
    tier: facts.member?.tier ?? null,
  };
  trySale(course.with, sets.with, event, buying);
  const { evaluation } = trySale(course.without, sets.without, event, buying);
  reach(course.purchases, buying, evaluation.due);
  for (const [fact, count] of course.missing)
    if (isUntold(fact, facts)) course.missing.set(fact, count + 1);
  course.done++;
  course.gross += evaluation.gross;
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
