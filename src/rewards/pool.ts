import { addDays, type Day, daysBetween, startOfDay } from '#kernel/day';
import type { Timer } from '#platform/timer/timer-part';
import type { Arrival, Reward } from './reward.ts';

/** Rewards that arrive together: of one benefit, for one member or card, in one window. */
export interface Pool {
  readonly pool: string;
  /** reached: when its sales come to an amount or a count; quiet: so many business days after the last. */
  readonly kind: 'reached' | 'quiet';
  readonly offer: string;
  /** Who bought last in it; null for nobody known. */
  readonly memberId: string | null;
  /**
   * open: rewards may wait in it; arriving: all that wait are on their way; reopening: what has arrived is on
   * its way back, for its sales came to less again; over: none waits.
   */
  readonly state: 'open' | 'arriving' | 'reopening' | 'over';
  readonly reachAmount: number | null;
  readonly reachCount: number | null;
  /** The first day with whose end something that waits is cancelled; null for never. */
  readonly until: Day | null;
  /** From the day of the last sale to the end of its window: the length of a rolling one. */
  readonly windowDays: number | null;
  /** The day of the last sale of a quiet pool. */
  readonly lastOn: Day | null;
  readonly businessDays: number | null;
  readonly dueOn: Day | null;
  readonly provisional: boolean;
  readonly changedAt: Date;
}

export const POOL_TIMER = 'rewards.pool';

type Pooled = Extract<Arrival, { readonly pool: string }>;

/** A sale as its pool sees it. */
export interface PooledSale {
  readonly arrival: Pooled;
  readonly offer: string;
  readonly memberId: string | null;
  readonly day: Day;
  readonly at: Date;
  /** It reached the pool, and what waits there is left to the pool's timer. */
  readonly arriving: boolean;
  /** What waits in the pool behind the sale, as far as it is known. */
  readonly waiting: readonly Reward[];
}

/** The pool after a sale. One that comes late, such as an imported one, does not bring a quiet pool's day forward. */
export function poolAfter(before: Pool | undefined, sale: PooledSale): Pool {
  const { arrival, offer, memberId, day, at: changedAt, waiting } = sale;
  if (arrival.type === 'quiet') {
    const { pool, days, day: dueOn, provisional } = arrival;
    const later = before?.state === 'open' && before.dueOn !== null && before.dueOn > dueOn;
    if (later) return { ...before, changedAt };
    const counted = { lastOn: day, businessDays: days, dueOn, provisional };
    return {
      ...UNTOUCHED,
      pool,
      kind: 'quiet',
      offer,
      memberId,
      state: 'open',
      ...counted,
      changedAt,
    };
  }
  const { pool, amount: reachAmount, count: reachCount, until, now } = arrival;
  const moving = before?.state === 'arriving' || before?.state === 'reopening';
  const state = now ? (sale.arriving ? 'arriving' : 'open') : moving ? before.state : 'open';
  const windowDays = until === null ? null : daysBetween(day, until) + 1;
  const reach = { reachAmount, reachCount, until: firstEnd(waiting) ?? until, windowDays };
  return { ...UNTOUCHED, pool, kind: 'reached', offer, memberId, state, ...reach, changedAt };
}

const UNTOUCHED = {
  reachAmount: null,
  reachCount: null,
  until: null,
  windowDays: null,
  lastOn: null,
  businessDays: null,
  dueOn: null,
  provisional: false,
} as const;

/**
 * The pool once a refund has brought its sales below what they had reached: its timer takes back what has
 * arrived, so that it waits again, and is cancelled or arrives as if it had never been reached.
 */
export function poolReopened(pool: Pool, changedAt: Date): Pool {
  return pool.kind === 'reached' ? { ...pool, state: 'reopening', changedAt } : pool;
}

/** The first day with whose end one of the rewards is cancelled. */
export function firstEnd(waiting: readonly Reward[]): Day | null {
  const ends = waiting.flatMap(({ later }) => later?.until ?? []);
  return ends.toSorted()[0] ?? null;
}

/** The timer of a pool; null where only a sale can move it. */
export function wakeOf(pool: Pool, zone: string, now: Date): Timer | null {
  const dueAt = dueAtOf(pool, zone, now);
  return dueAt && { kind: POOL_TIMER, dedupe: pool.pool, dueAt };
}

function dueAtOf({ kind, state, until, dueOn }: Pool, zone: string, now: Date): Date | null {
  if (state === 'over') return null;
  if (state === 'arriving' || state === 'reopening') return now;
  if (kind === 'quiet') return dueOn === null ? null : startOfDay(dueOn, zone);
  return until === null ? null : startOfDay(addDays(until, 1), zone);
}

/** What is to become on a day of what waits in a pool. */
export interface Fate {
  readonly do: 'arrive' | 'cancel' | 'wait';
  readonly rewards: readonly Reward[];
}

export function fateOf({ kind, state, dueOn }: Pool, waiting: readonly Reward[], today: Day): Fate {
  const due = state === 'arriving' || (kind === 'quiet' && dueOn !== null && dueOn <= today);
  if (due) return { do: 'arrive', rewards: waiting };
  const ended = waiting.filter(({ later }) => later && later.until !== null && later.until < today);
  return ended.length > 0 ? { do: 'cancel', rewards: ended } : { do: 'wait', rewards: [] };
}

/** The pool once a day's fate has come to all that it was for; `waiting` is the rest. */
export function poolSettled(pool: Pool, fate: Fate, waiting: readonly Reward[], at: Date): Pool {
  if (pool.kind === 'quiet')
    return fate.do === 'arrive' ? { ...pool, state: 'over', changedAt: at } : pool;
  const until = firstEnd(waiting);
  if (waiting.length > 0) return { ...pool, state: 'open', until, changedAt: at };
  return { ...pool, state: 'over', changedAt: at };
}
