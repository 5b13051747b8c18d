import { addDays, type Day, dayNumber, dayNumbered } from '#kernel/day';
import type { Decision, FundingPart } from '../engine/decision.ts';

/** A grant that waits for the sales of its pool to come to enough; plain data. */
export interface Waiting {
  readonly decision: Decision;
  readonly until: Day | null;
  /** fen or points of each payer that have not been taken back. */
  readonly left: number[];
  state: 'waits' | 'arrived' | 'cancelled';
}

/** What waits, by pool, and the days on which something may have waited in vain. */
export interface WaitingRoom {
  readonly pools: Map<string, Waiting[]>;
  /** Names of pools by the day before which they end. */
  readonly ends: Map<Day, Set<string>>;
  day: Day | null;
}

export function newWaitingRoom(): WaitingRoom {
  return { pools: new Map(), ends: new Map(), day: null };
}

/**
 * Notes what a sale is granted towards pools: it waits, or lets all that waits arrive.
 * @returns parallel to the decisions; null for what never waits
 */
export function admit(
  room: WaitingRoom,
  decisions: readonly Decision[],
  day: Day,
): (Waiting | null)[] {
  return decisions.map((decision) => {
    const { arrival, amount, funding } = decision;
    if (arrival.type !== 'reached') return null;
    if (arrival.now) {
      for (const each of room.pools.get(arrival.pool) ?? [])
        if (each.until === null || each.until >= day) each.state = 'arrived';
      room.pools.delete(arrival.pool);
      return null;
    }
    if (amount === 0) return null;
    const { pool, until } = arrival;
    const left = funding.map((part) => part.amount);
    const waiting: Waiting = { decision, until, left, state: 'waits' };
    const others = room.pools.get(pool);
    if (others) others.push(waiting);
    else room.pools.set(pool, [waiting]);
    if (until !== null) endsBefore(room, addDays(until, 1), pool);
    return waiting;
  });
}

function endsBefore({ ends }: WaitingRoom, day: Day, pool: string): void {
  const pools = ends.get(day);
  if (pools) pools.add(pool);
  else ends.set(day, new Set([pool]));
}

/** Begins a day: what waited for a window that is over is cancelled, and its payers have it back. */
export function beginDay(room: WaitingRoom, day: Day): FundingPart[] {
  const before = room.day;
  if (before !== null && before >= day) return [];
  room.day = day;
  if (before === null || room.ends.size === 0) return [];
  const back: FundingPart[] = [];
  for (let number = dayNumber(before) + 1; number <= dayNumber(day); number++) {
    const today = dayNumbered(number);
    for (const pool of room.ends.get(today) ?? []) back.push(...cancelled(room, pool, today));
    room.ends.delete(today);
  }
  return back;
}

function cancelled({ pools }: WaitingRoom, pool: string, today: Day): FundingPart[] {
  const waiting = pools.get(pool) ?? [];
  const over = waiting.filter(({ until }) => until !== null && until < today);
  for (const each of over) each.state = 'cancelled';
  if (over.length === waiting.length) pools.delete(pool);
  else
    pools.set(
      pool,
      waiting.filter((each) => !over.includes(each)),
    );
  return over.flatMap(({ decision, left }) =>
    decision.funding.map((part, at) => ({ ...part, amount: left[at]! })),
  );
}
