import { type Day, daysBetween } from '#kernel/day';
import { must } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { uuids } from '#platform/db/arrays';
import { DAYS_MAX, periodWrong } from './refusals.ts';

/** Business days, both included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** @throws Refused period_wrong */
export function demandPeriod({ from, to }: Period): void {
  const days = daysBetween(from, to);
  must(days >= 0 && days < DAYS_MAX, periodWrong);
}

/** The stores that a report may show to the principal, as a parameter; null is all. */
export function storesOf({ principal: { stores } }: Ctx): Buffer | null {
  return stores === 'all' ? null : uuids([...stores]);
}
