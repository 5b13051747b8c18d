import type { Benefit, Definition } from '../rule/definition.ts';
import type { Arrival } from './decision.ts';
import { isOnce, type Wanted } from './naive-benefit.fixture.ts';
import { total } from './naive-numbers.fixture.ts';
import { type Counted, since, subjectOf, type Till } from './naive-till.fixture.ts';
import { firstDay, lastDayWith, usableThrough, workdaysAfter } from './naive-times.fixture.ts';

export interface Waits {
  readonly arrival: Arrival;
  readonly counted: Counted | null;
  /** A fixed amount of a window is granted by the sale that reaches it, and once. */
  readonly due: boolean;
}

/** When a grant may be used; null if nobody is known whose sales it would wait for. */
export function arrivalOf(
  offer: string,
  { benefits, schedule }: Definition,
  index: number,
  { nets }: Wanted,
  { sale, past }: Till,
): Waits | null {
  const benefit = benefits[index]!;
  const timing = 'timing' in benefit ? benefit.timing : undefined;
  const { day } = sale;
  if (timing === undefined || timing.type === 'instant')
    return { arrival: { type: 'instant' }, counted: null, due: true };
  if (timing.type === 'business_days') {
    const on = workdaysAfter(day, timing.days);
    const arrival = {
      type: 'on',
      days: timing.days,
      day: on,
      provisional: on > '2026-12-31',
    } as const;
    return { arrival, counted: null, due: true };
  }
  const whose = timing.whose ?? 'member';
  const subject = subjectOf(whose, sale);
  if (subject === null) return null;
  const pool = `${offer}/${index}/${subject}`;
  if (timing.type === 'after_last') {
    const on = workdaysAfter(day, timing.days);
    const { days } = timing;
    const arrival = { type: 'quiet', pool, days, day: on, provisional: on > '2026-12-31' } as const;
    return { arrival, counted: null, due: true };
  }
  const { window, reach } = timing;
  const from = firstDay(day, window);
  const same = since(past, from);
  const before = same
    .flatMap(({ counted }) => counted)
    .filter((each) => each.offer === offer && each.benefit === index && each.subject === subject);
  const net = total(nets);
  const now =
    total(before.map((each) => each.net)) + net >= (reach.amount ?? Infinity) ||
    before.length + 1 >= (reach.count ?? Infinity);
  const given = same
    .filter((each) => subjectOf(whose, each.sale) === subject)
    .flatMap(({ grants }) => grants)
    .some((each) => each.offer === offer && each.benefit === index);
  return {
    arrival: {
      type: 'reached',
      pool: window.type === 'rolling' ? pool : `${pool}/${from}`,
      amount: reach.amount ?? null,
      count: reach.count ?? null,
      until: window.type === 'total' ? (schedule.to ?? null) : lastDayWith(day, window),
      now,
    },
    counted: { offer, benefit: index, subject, net },
    due: !isOnce(benefit) || (now && !given),
  };
}

/** Last usable day; null for none, or not known with the sale. */
export function expiryOf(
  { expiry }: Extract<Benefit, { kind: 'points' }>,
  arrival: Arrival,
  day: string,
): string | null {
  if (expiry.type === 'date' || arrival.type === 'instant') return usableThrough(expiry, day);
  if (arrival.type === 'on') return usableThrough(expiry, arrival.day);
  return arrival.type === 'reached' && arrival.now ? usableThrough(expiry, day) : null;
}
