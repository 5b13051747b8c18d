import type { Day } from '#kernel/day';
import type { History, HistoryAsked } from '#offers';
import type { Scoped } from '#platform/record/part';
import { countedOf, type Gone } from './counted.ts';
import type { SoldLine } from './payment.ts';

/** Whose sale it is. */
export interface Buyer {
  readonly member: string | null;
  /** Tokens of the cards it was paid with. */
  readonly cards: readonly string[];
}

/** A sale that begins to count, or money back of one; null: it counts for nothing. */
export interface Moved extends Buyer {
  readonly day: Day;
  readonly lines: readonly SoldLine[];
  readonly before: Gone | null;
  readonly after: Gone | null;
}

/** What was counted on one day, of the history at `place` among those asked. */
export interface DayCount {
  readonly place: number;
  readonly day: Day;
  readonly amount: number;
  readonly count: number;
}

interface Kept {
  readonly asked: HistoryAsked;
  readonly days: Map<Day, { amount: number; count: number }>;
}

/** The histories that a batch asked for, as read under their locks and as the batch has moved them so far. */
export class HistoryState {
  readonly #kept = new Map<string, Kept>();
  readonly #bySubject = new Map<string, Kept[]>();

  constructor(asked: readonly Scoped<HistoryAsked>[] = [], counts: readonly DayCount[] = []) {
    const places = asked.map(({ org, value }) => {
      const kept: Kept = { asked: value, days: new Map() };
      this.#kept.set(nameOf(org, value), kept);
      const subject = subjectOf(org, value.whose, value.subject);
      const list = this.#bySubject.get(subject);
      if (list) list.push(kept);
      else this.#bySubject.set(subject, [kept]);
      return kept;
    });
    for (const { place, day, amount, count } of counts)
      places[place]?.days.set(day, { amount, count });
  }

  /** For the engine's facts; a history without a sale is left out. */
  facts(org: number, asked: readonly HistoryAsked[]): Record<string, History> {
    const facts: Record<string, History> = {};
    for (const each of asked) {
      const history = summed(this.#kept.get(nameOf(org, each))?.days);
      if (history) facts[each.key] = history;
    }
    return facts;
  }

  /** Nobody asked for any. */
  get empty(): boolean {
    return this.#bySubject.size === 0;
  }

  /** Whether a sale of this buyer moves a history that somebody asked for. */
  watches(org: number, buyer: Buyer): boolean {
    return this.#of(org, buyer).length > 0;
  }

  move(org: number, { day, lines, before, after, ...buyer }: Moved): void {
    for (const { asked, days } of this.#of(org, buyer)) {
      if (day > asked.to || (asked.from !== null && day < asked.from)) continue;
      const was = countedOf(lines, before, asked.target);
      const is = countedOf(lines, after, asked.target);
      const sum = days.get(day) ?? { amount: 0, count: 0 };
      days.set(day, {
        amount: sum.amount + is.amount - was.amount,
        count: sum.count + is.count - was.count,
      });
    }
  }

  #of(org: number, { member, cards }: Buyer): Kept[] {
    const subjects = [...new Set(cards)].map((card) => subjectOf(org, 'card', card));
    if (member !== null) subjects.push(subjectOf(org, 'member', member));
    return subjects.flatMap((subject) => this.#bySubject.get(subject) ?? []);
  }
}

/** One name for whoever's sales are counted in a book. */
export function subjectOf(org: number, whose: HistoryAsked['whose'], subject: string): string {
  return `${org}/${whose}/${subject}`;
}

/** Asked for twice in a batch it is one history, unless the days differ. */
export function nameOf(org: number, { key, to }: HistoryAsked): string {
  return `${org}/${to}/${key}`;
}

function summed(days: Kept['days'] | undefined): History | null {
  let amount = 0;
  let count = 0;
  let visits = 0;
  let last: Day | null = null;
  for (const [day, sum] of days ?? []) {
    if (sum.count === 0) continue;
    amount += sum.amount;
    count += sum.count;
    visits++;
    if (last === null || day > last) last = day;
  }
  return count === 0 ? null : { amount, count, visits, last };
}
