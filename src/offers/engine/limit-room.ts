import { type CalendarWindow, windowOf } from '#kernel/calendar-window';
import { addDays, type Day } from '#kernel/day';
import { split } from '#kernel/share';
import { cardOf } from './condition.ts';
import type { CounterUse, CutReason } from './decision.ts';
import type { Facts, SaleFacts, Usage } from './facts.ts';
import type { CompiledLimit, CompiledOffer, FixedWindow } from './offer.ts';
import type { Running } from './running.ts';

const UNUSED: Usage = { count: 0, amount: 0 };

/** What the offer's limits leave of an amount; the last cut is the one that decided. */
export interface WithinLimits {
  readonly amount: number;
  readonly cut: CutReason | null;
  readonly weights: readonly number[];
}

/** The limit that leaves nothing, or not all where a part is not wanted. */
export interface OverLimit {
  readonly reason: 'limit_subject' | 'limit_count' | 'limit_amount';
  readonly actual: number;
  readonly required: number;
  /** Index in the definition. */
  readonly limit: number;
}

/**
 * Cuts an amount to what the limits leave of it, in their order. A sale counts once against a count,
 * however many benefits it gets.
 * @param cut what cut it before
 */
export function withinLimits(
  offer: CompiledOffer,
  limited: boolean,
  asked: WithinLimits,
  running: Running,
): WithinLimits | OverLimit {
  let { amount, cut, weights } = asked;
  for (const limit of offer.limits) {
    const { per, index } = limit;
    let room = Infinity;
    let used = 0;
    if (per === 'line') {
      if (!limited || limit.amount === Infinity) continue;
      const within = withinLine(limit, amount, weights, running.givenLines?.get(offer.rank));
      room = within.room;
      if (room < amount) weights = within.weights;
    } else {
      const given = running.given?.get(offer.rank) ?? 0;
      if (per === 'sale') used = limited ? given : 0;
      else {
        const subject = subjectOf(per, running.facts);
        if (subject === null) return over('limit_subject', 0, 1, index);
        const usage = usageFor(offer, limit, subject, running.facts);
        if (usage.count >= limit.count) return over('limit_count', usage.count, limit.count, index);
        used = usage.amount + given;
      }
      if (limited) room = limit.amount - used;
    }
    if (amount <= room) continue;
    if (room <= 0 || !offer.partialGrants) return over('limit_amount', used, limit.amount, index);
    amount = room;
    cut = `limit_${per}`;
  }
  return { amount, cut, weights };
}

function over(
  reason: OverLimit['reason'],
  actual: number,
  required: number,
  limit: number,
): OverLimit {
  return { reason, actual, required, limit };
}

/** What is left of an amount if no line gets more than the limit, together with what it got before. */
function withinLine(
  { amount: most }: CompiledLimit,
  amount: number,
  weights: readonly number[],
  given: readonly number[] | undefined,
): { room: number; weights: readonly number[] } {
  const parts = split(amount, weights).map((part, line) =>
    Math.max(0, Math.min(part, most - (given?.[line] ?? 0))),
  );
  return { room: parts.reduce((sum, part) => sum + part, 0), weights: parts };
}

/** Who a limit is counted for; null where nobody is known. */
function subjectOf(per: CompiledLimit['per'], facts: SaleFacts): string | null {
  switch (per) {
    case 'member':
      return facts.member?.id ?? null;
    case 'card':
      return cardOf(facts)?.token ?? null;
    case 'device':
      return facts.device;
    case 'terminal':
      return facts.terminal;
    case 'store':
      return facts.store;
    case 'offer':
    case 'sale':
    case 'line':
      return '';
  }
}

function keyOf(
  offer: CompiledOffer,
  per: CompiledLimit['per'],
  subject: string,
  window: string,
): string {
  return per === 'offer'
    ? `offer:${offer.id}:${window}`
    : `offer:${offer.id}:${per}:${subject}:${window}`;
}

/** Sales of a day share one computation. */
const keyOn: Partial<Record<CalendarWindow['type'], { readonly day: Day; readonly key: string }>> =
  {};

/** "day:2026-11-21", "month:2026-11-01", "total". */
export function windowKey({ type }: FixedWindow, day: Day): string {
  const last = keyOn[type];
  if (last?.day === day) return last.key;
  const key = type === 'total' ? type : `${type}:${windowOf(day, { type }).from}`;
  keyOn[type] = { day, key };
  return key;
}

/** The keys whose sum a window reads: one, or that of every day of a rolling window. */
export function windowKeys(window: CalendarWindow, day: Day): string[] {
  if (window.type !== 'rolling') return [windowKey(window, day)];
  return Array.from({ length: window.days }, (_, back) => `day:${addDays(day, -back)}`);
}

/** What a sale writes to: of a rolling window the counter of its own day. */
export function ownKey(window: CalendarWindow, day: Day): string {
  return window.type === 'rolling' ? `day:${day}` : windowKey(window, day);
}

export function sumOfUsage(keys: readonly string[], { usage }: Facts): Usage {
  if (keys.length === 1) return usage[keys[0]!] ?? UNUSED;
  let [count, amount] = [0, 0];
  for (const key of keys) {
    count += usage[key]?.count ?? 0;
    amount += usage[key]?.amount ?? 0;
  }
  return { count, amount };
}

/** What a limit has counted before the sale; null where it counts nothing, or nobody is known. */
export function usageOf(offer: CompiledOffer, limit: CompiledLimit, facts: Facts): Usage | null {
  const { per } = limit;
  const subject = per === 'sale' || per === 'line' ? null : subjectOf(per, facts);
  return subject === null ? null : usageFor(offer, limit, subject, facts);
}

function usageFor(
  offer: CompiledOffer,
  { per, window }: CompiledLimit,
  subject: string,
  facts: Facts,
): Usage {
  const keys = windowKeys(window, facts.day).map((each) => keyOf(offer, per, subject, each));
  return sumOfUsage(keys, facts);
}

/** What a grant adds to the counters of its offer. */
export function limitUses(
  offer: CompiledOffer,
  count: number,
  amount: number,
  facts: SaleFacts,
): CounterUse[] {
  const uses: CounterUse[] = [];
  for (const { per, window } of offer.counters) {
    const subject = subjectOf(per, facts);
    if (subject === null) continue;
    uses.push({ key: keyOf(offer, per, subject, windowKey(window, facts.day)), count, amount });
  }
  return uses;
}

/** The counters that the offer's limits may read for a sale. */
export function limitKeys(offer: CompiledOffer, facts: SaleFacts): string[] {
  return offer.limits.flatMap(({ per, window }) => {
    const subject = per === 'sale' || per === 'line' ? null : subjectOf(per, facts);
    if (subject === null) return [];
    return windowKeys(window, facts.day).map((each) => keyOf(offer, per, subject, each));
  });
}
