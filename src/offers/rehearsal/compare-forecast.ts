import { addDays, type Day, dayNumber } from '#kernel/day';
import { ratio } from '#kernel/share';
import type { BenefitKind, Payer } from '../engine/decision.ts';
import { daysIn, type Span } from './day-sums.ts';
import type { OfferTold } from './tell-offer.ts';

/** What an offer granted on a day, in the books; fen or points. */
export interface FactDay extends Payer {
  readonly day: Day;
  readonly kind: BenefitKind;
  readonly amount: number;
  readonly reversed: number;
}

/** One payer of one kind of benefit: what was foreseen for the days so far, and what came. */
export interface ComparedPayer {
  readonly kind: BenefitKind;
  readonly party: Payer['party'];
  readonly funder_org: number | null;
  readonly budget: string | null;
  readonly expected: number;
  readonly actual: number;
  readonly difference: number;
  readonly reversed: number;
  readonly days: readonly {
    readonly day: Day;
    readonly expected: number;
    readonly actual: number;
  }[];
}

interface Line extends Omit<
  ComparedPayer,
  'expected' | 'actual' | 'difference' | 'reversed' | 'days'
> {
  readonly foreseen: readonly { readonly period: Day; readonly amount: number }[];
}

/**
 * Holds a forecast against the books, day by day. A day is expected to give what days of its weekday gave in
 * the simulated days on average, rounded half-up; in less than seven days, what all of them gave.
 * @param simulated the days of the forecast
 * @param so the days to compare
 */
export function compareForecast(
  { kinds }: OfferTold,
  simulated: Span,
  so: Span,
  facts: readonly FactDay[],
): ComparedPayer[] {
  const lines = new Map<string, Line>();
  for (const { kind, payers, days } of kinds) {
    const paid = payers.map(({ party, funder_org, budget, days: foreseen }) => {
      return { kind, party, funder_org, budget, foreseen };
    });
    const unpaid = { kind, party: 'merchant', funder_org: null, budget: null } as const;
    for (const line of payers.length > 0 ? paid : [{ ...unpaid, foreseen: days }])
      lines.set(nameOf(line), line);
  }
  const came = Map.groupBy(facts, (fact) => nameOf(lineOf(fact)));
  for (const [name, [first]] of came)
    if (!lines.has(name)) lines.set(name, { ...lineOf(first as FactDay), foreseen: [] });
  return [...lines].map(([name, line]) => compared(line, simulated, so, came.get(name) ?? []));
}

function compared(
  { foreseen, ...payer }: Line,
  simulated: Span,
  so: Span,
  facts: readonly FactDay[],
): ComparedPayer {
  const expectedOn = means(foreseen, simulated);
  const actual = new Map<Day, number>();
  for (const { day, amount } of facts) actual.set(day, (actual.get(day) ?? 0) + amount);
  const days = Array.from({ length: daysIn(so) }, (_, at) => {
    const day = addDays(so.from, at);
    return { day, expected: expectedOn(day), actual: actual.get(day) ?? 0 };
  });
  const expected = days.reduce((sum, day) => sum + day.expected, 0);
  const came = days.reduce((sum, day) => sum + day.actual, 0);
  return {
    ...payer,
    expected,
    actual: came,
    difference: came - expected,
    reversed: facts.reduce((sum, { reversed }) => sum + reversed, 0),
    days,
  };
}

const WEEK = 7;

function means(foreseen: Line['foreseen'], simulated: Span): (day: Day) => number {
  const length = daysIn(simulated);
  const kinds = length < WEEK ? 1 : WEEK;
  const sums = Array<number>(kinds).fill(0);
  const counts = Array<number>(kinds).fill(0);
  for (let at = 0; at < length; at++) counts[(dayNumber(simulated.from) + at) % kinds]!++;
  for (const { period, amount } of foreseen) sums[dayNumber(period) % kinds]! += amount;
  return (day) => ratio(sums[dayNumber(day) % kinds]!, 1, counts[dayNumber(day) % kinds]!);
}

function lineOf({ kind, party, funderOrg, budget }: FactDay) {
  return { kind, party, funder_org: funderOrg ?? null, budget: budget ?? null };
}

function nameOf({ kind, party, funder_org, budget }: Omit<Line, 'foreseen'>): string {
  return `${kind}/${party}/${funder_org}/${budget}`;
}
