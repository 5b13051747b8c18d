import type { Day } from '#kernel/day';
import type { Arrival } from '../engine/decision.ts';

/** When what a benefit granted comes to be usable: the plan of the money that goes out. Plain data. */
export interface Arrivals {
  /** What comes on which day; what comes with the sale itself is not kept here. */
  readonly later: Map<Day, number>;
  /** What waits, by pool. */
  readonly pools: Map<string, Pool>;
  cancelled: number;
  /** Days up to this one have been looked through. */
  swept: Day | null;
}

/** What waits for its condition (`until`, null for no end), or for quiet days (`day`). */
interface Pool {
  amount: number;
  readonly day: Day | null;
  readonly until: Day | null;
}

export function noArrivals(): Arrivals {
  return { later: new Map(), pools: new Map(), cancelled: 0, swept: null };
}

export function arrive(plan: Arrivals, arrival: Arrival, saleDay: Day, amount: number): void {
  switch (arrival.type) {
    case 'instant':
      return;
    case 'on':
      return come(plan, arrival.day, amount);
    case 'reached': {
      const waiting = takeOut(plan, arrival.pool)?.amount ?? 0;
      const { pool, until, now } = arrival;
      if (now) return come(plan, saleDay, waiting + amount);
      plan.pools.set(pool, { amount: waiting + amount, day: null, until });
      return;
    }
    case 'quiet': {
      const { pool, day } = arrival;
      const waiting = takeOut(plan, pool);
      const came = waiting?.day ?? saleDay;
      const rested = waiting !== undefined && came <= saleDay;
      if (rested) come(plan, came, waiting.amount);
      const still = rested ? 0 : (waiting?.amount ?? 0);
      plan.pools.set(pool, { amount: still + amount, day, until: null });
    }
  }
}

/** Takes back what a refund took of a grant and has not come yet. */
export function takeBack(plan: Arrivals, arrival: Arrival, refundDay: Day, amount: number): void {
  if (arrival.type === 'instant') return;
  if (arrival.type === 'on') {
    if (refundDay < arrival.day) come(plan, arrival.day, -amount);
    return;
  }
  const pool = plan.pools.get(arrival.pool);
  if (pool && (pool.day === null || refundDay < pool.day)) pool.amount -= amount;
}

/** Closes the pools whose day is past; called now and then, so that they do not pile up. */
export function sweep(plan: Arrivals, today: Day): void {
  if (plan.swept !== null && plan.swept >= today) return;
  plan.swept = today;
  for (const [name, pool] of plan.pools) {
    if (pool.day !== null && pool.day <= today) come(plan, pool.day, pool.amount);
    else if (pool.until !== null && pool.until < today) plan.cancelled += pool.amount;
    else continue;
    plan.pools.delete(name);
  }
}

export interface ArrivalPlan {
  readonly days: readonly { readonly day: Day; readonly amount: number }[];
  readonly cancelled: number;
  /** What still waits for its condition at the end. */
  readonly waiting: number;
}

/** The plan as it stands at the end of `to`: who buys no more gets what waited for quiet days. */
export function planned(plan: Arrivals, to: Day): ArrivalPlan {
  const days = new Map(plan.later);
  let { cancelled } = plan;
  let waiting = 0;
  for (const { day, until, amount } of plan.pools.values()) {
    if (day !== null) days.set(day, (days.get(day) ?? 0) + amount);
    else if (until !== null && until <= to) cancelled += amount;
    else waiting += amount;
  }
  const sorted = [...days]
    .filter(([, amount]) => amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { days: sorted.map(([day, amount]) => ({ day, amount })), cancelled, waiting };
}

function takeOut(plan: Arrivals, name: string): Pool | undefined {
  const pool = plan.pools.get(name);
  plan.pools.delete(name);
  return pool;
}

function come(plan: Arrivals, day: Day, amount: number): void {
  plan.later.set(day, (plan.later.get(day) ?? 0) + amount);
}
