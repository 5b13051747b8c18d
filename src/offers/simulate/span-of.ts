import { addDays, addMonths, type Day, daysBetween } from '#kernel/day';
import { must } from '#kernel/refusal';
import type { Span } from '../rehearsal/day-sums.ts';
import { MONTHS_MAX, simulationPeriodWrong } from './refusals.ts';

/** Either the months before `last`, or days; three months unless said. */
export interface PeriodAsked {
  readonly months?: number | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

const MONTHS = 3;

/**
 * The days of a simulation.
 * @param last where it ends unless said
 * @throws Refused simulation_period_wrong
 */
export function spanOf({ months, from, to }: PeriodAsked, last: Day): Span {
  const end = to ?? last;
  const begin = from ?? addDays(addMonths(end, -(months ?? MONTHS)), 1);
  const whole = months === undefined || (from === undefined && months >= 1 && months <= MONTHS_MAX);
  const within = daysBetween(begin, end) >= 0 && begin > addMonths(end, -MONTHS_MAX);
  must(whole && within, simulationPeriodWrong);
  return { from: begin, to: end };
}
