import { addBusinessDays } from '#kernel/business-day';
import { windowOf } from '#kernel/calendar-window';
import { addDays, type Day } from '#kernel/day';
import { lastUsableDay } from '#kernel/expiry';
import type { Expiry } from '../rule/definition.ts';
import type { Arrival, CounterUse } from './decision.ts';
import type { Facts, SaleFacts } from './facts.ts';
import { subjectOf } from './history.ts';
import { ownKey, sumOfUsage, windowKeys } from './limit-room.ts';
import type { CompiledBenefit, CompiledOffer, CompiledTiming } from './offer.ts';

/** What the sales of a member or card have added up to, this sale included. */
export interface Pool {
  /** Names the pending rewards that arrive together. */
  readonly key: string;
  /** fen matched and sales, in the window. */
  readonly amount: number;
  readonly count: number;
  readonly reached: boolean;
  /** The window's fixed amount was granted to an earlier sale. */
  readonly before: boolean;
  /** What the sale adds to the pool's counters, whatever it is granted. */
  readonly use: CounterUse;
  readonly arrival: Arrival;
}

type Cumulative = Extract<CompiledTiming, { readonly type: 'cumulative' }>;

const INSTANT: Arrival = { type: 'instant' };

/** `pool:<offer>:<benefit>:<whose>:<subject>`; null if there is nobody whose it could be. */
function poolHead(
  offer: CompiledOffer,
  { index, timing }: CompiledBenefit,
  facts: SaleFacts,
): string | null {
  if (!('whose' in timing)) return null;
  const subject = subjectOf(timing.whose, facts);
  return subject === null ? null : `pool:${offer.id}:${index}:${timing.whose}:${subject}`;
}

/** A window that ends has a pool of its own; a rolling window has one, whose counters are kept per day. */
function poolKey(head: string, { window }: Cumulative, day: Day): string {
  return window.type === 'rolling' ? `${head}:rolling` : `${head}:${ownKey(window, day)}`;
}

function poolKeys(head: string, { window }: Cumulative, day: Day): string[] {
  const rolling = window.type === 'rolling';
  return windowKeys(window, day).map((each) => `${head}:${rolling ? 'rolling:' : ''}${each}`);
}

/** The counters that remember that a window's fixed amount was granted. */
function grantedKeys(keys: readonly string[]): string[] {
  return keys.map((key) => `${key}:granted`);
}

/**
 * The pool that a sale adds to; null for a benefit that waits for none, or without anybody to wait for.
 * @param nets fen per line that the offer matched
 */
export function poolOf(
  offer: CompiledOffer,
  benefit: CompiledBenefit,
  facts: Facts,
  nets: readonly number[],
): Pool | null {
  const { timing } = benefit;
  const head = timing.type === 'cumulative' ? poolHead(offer, benefit, facts) : null;
  if (head === null || timing.type !== 'cumulative') return null;
  const net = nets.reduce((sum, each) => sum + each, 0);
  const key = poolKey(head, timing, facts.day);
  const keys = poolKeys(head, timing, facts.day);
  const used = sumOfUsage(keys, facts);
  const amount = used.amount + net;
  const count = used.count + 1;
  const reached =
    (timing.amount !== null && amount >= timing.amount) ||
    (timing.count !== null && count >= timing.count);
  return {
    key,
    amount,
    count,
    reached,
    before: timing.once && sumOfUsage(grantedKeys(keys), facts).count > 0,
    use: { key: keys[0]!, count: 1, amount: net, lines: nets },
    arrival: {
      type: 'reached',
      pool: key,
      amount: timing.amount,
      count: timing.count,
      until: untilOf(timing, facts.day),
      now: reached,
    },
  };
}

/** What a grant adds so that the window's fixed amount is granted once. */
export function onceUse({ timing }: CompiledBenefit, { use }: Pool): CounterUse[] {
  if (timing.type !== 'cumulative' || !timing.once) return [];
  return grantedKeys([use.key]).map((key) => ({ key, count: 1, amount: 0 }));
}

/** A pool that a sale may add to, and what its rewards wait for. */
export interface NamedPool {
  readonly pool: string;
  readonly kind: 'reached' | 'quiet';
}

/** The pool of a benefit for some facts; null where there is none. */
export function poolNamed(
  offer: CompiledOffer,
  benefit: CompiledBenefit,
  facts: SaleFacts,
): NamedPool | null {
  const { timing } = benefit;
  const head = poolHead(offer, benefit, facts);
  if (head === null) return null;
  return timing.type === 'cumulative'
    ? { pool: poolKey(head, timing, facts.day), kind: 'reached' }
    : { pool: head, kind: 'quiet' };
}

/**
 * The counters that say what a pool has come to on a day.
 * @param days of the pool's rolling window; any other window is in its name
 */
export function progressKeys(pool: string, today: Day, days: number): string[] {
  if (!pool.endsWith(':rolling')) return [pool];
  return windowKeys({ type: 'rolling', days }, today).map((each) => `${pool}:${each}`);
}

/** The counters of pools that a sale may read. */
export function poolCounters(
  offer: CompiledOffer,
  benefit: CompiledBenefit,
  facts: SaleFacts,
): string[] {
  const { timing } = benefit;
  if (timing.type !== 'cumulative') return [];
  const head = poolHead(offer, benefit, facts);
  if (head === null) return [];
  const keys = poolKeys(head, timing, facts.day);
  return timing.once ? [...keys, ...grantedKeys(keys)] : keys;
}

/** When a grant may be used; null if nobody is known whose sales it would wait for. */
export function arrivalOf(
  offer: CompiledOffer,
  benefit: CompiledBenefit,
  facts: SaleFacts,
  pool: Pool | null,
): Arrival | null {
  const { timing } = benefit;
  switch (timing.type) {
    case 'instant':
      return INSTANT;
    case 'business_days':
      return {
        type: 'on',
        days: timing.days,
        ...addBusinessDays(facts.day, timing.days),
      };
    case 'after_last': {
      const head = poolHead(offer, benefit, facts);
      if (head === null) return null;
      const on = addBusinessDays(facts.day, timing.days);
      return { type: 'quiet', pool: head, days: timing.days, ...on };
    }
    case 'cumulative':
      return pool?.arrival ?? null;
  }
}

/** The last day on which a sale can still reach what this one waits for. */
function untilOf({ window, end }: Cumulative, day: Day): Day | null {
  if (window.type === 'rolling') return addDays(day, window.days - 1);
  return windowOf(day, window).to ?? end;
}

/** Last usable day, where the day of arrival is known with the sale; null for no expiry, or not known yet. */
export function expiryOf(expires: Expiry | null, arrival: Arrival, sold: Day): Day | null {
  if (expires === null || expires.type === 'none') return null;
  if (expires.type === 'date') return expires.day;
  if (arrival.type === 'instant') return lastDay(expires, sold);
  if (arrival.type === 'on') return lastDay(expires, arrival.day);
  return arrival.type === 'reached' && arrival.now ? lastDay(expires, sold) : null;
}

const DAYS_KEPT = 512;
const remembered = new WeakMap<Expiry, Map<Day, Day | null>>();

/** Sales of a day share one computation. */
function lastDay(expires: Expiry, available: Day): Day | null {
  let days = remembered.get(expires);
  if (days === undefined) remembered.set(expires, (days = new Map()));
  let last = days.get(available);
  if (last === undefined) {
    if (days.size >= DAYS_KEPT) days.clear();
    days.set(available, (last = lastUsableDay(expires, available)));
  }
  return last;
}
