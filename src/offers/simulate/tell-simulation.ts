import { dayNumber, type Day } from '#kernel/day';
import { ratio } from '#kernel/share';
import type { BenefitKind } from '../engine/decision.ts';
import type { BoughtAnyway } from '../rehearsal/bought-anyway.ts';
import type { BudgetCourse, SaleMark } from '../rehearsal/budget-course.ts';
import type { Span } from '../rehearsal/day-sums.ts';
import type { PastFact } from '../rehearsal/facts-needed.ts';
import { nobodyReached, type Spread, spreadOf } from '../rehearsal/reached.ts';
import type { MemberUnit, OfferSums, Report } from '../rehearsal/report.ts';
import { grantedNothing, type OfferTold, tellOffer } from '../rehearsal/tell-offer.ts';
import type { Trial } from '../rehearsal/trial.ts';

/** The past that was gone through. fen. */
export interface PastTold extends Span {
  readonly days: number;
  readonly sales: number;
  readonly refunds: number;
  readonly members: number;
  readonly anonymous_sales: number;
  readonly gross: number;
}

export interface BudgetTold {
  readonly budget: string;
  readonly funder_org: number | null;
  readonly start: number;
  readonly drawn: number;
  readonly returned: number;
  readonly left: number;
  /** Day of the first sale that it could not pay in full, or that took the last of it; null: it lasts. */
  readonly ends_on: Day | null;
  readonly closed_by: string | null;
  /** The last sale that it paid for until then. */
  readonly last_sale: SaleMark | null;
  readonly short_sales: number;
  /** How many days `start` lasts at the pace of the simulated days; null if nothing was drawn. */
  readonly lasts_days: number | null;
}

/** One kind of benefit of an offer, without and with the tried offer in the set. */
export interface Comparison {
  readonly offer_id: string;
  readonly code: string;
  readonly kind: BenefitKind;
  readonly grants_without: number;
  readonly grants_with: number;
  readonly without: number;
  readonly with: number;
  readonly difference: number;
}

/** What the books hold of the tried offer in the same days. */
export interface DecidedTold {
  readonly kind: BenefitKind;
  readonly versions: readonly number[];
  readonly grants: number;
  readonly amount: number;
  readonly reversed: number;
}

/** What a simulation found. Amounts are fen, or points, growth value, coupons, pieces, by kind. */
export interface SimulationResult {
  readonly past: PastTold;
  /** Whether the offers' own first and last days were set aside. */
  readonly dates: 'as_written' | 'set_aside';
  /** Facts that the offer asks for, and how many sales did not tell them. */
  readonly missing_facts: readonly { readonly fact: PastFact; readonly sales: number }[];
  readonly offer: OfferTold & { readonly code: string };
  /** What members' parts are counted in, and how they are spread. */
  readonly unit: MemberUnit;
  readonly spread: Spread;
  readonly bought_anyway: BoughtAnyway;
  readonly budgets: readonly BudgetTold[];
  /** Against the version that decides now, on the same sales; null where none does. */
  readonly change: { readonly version: number; readonly kinds: readonly Comparison[] } | null;
  readonly decided: readonly DecidedTold[];
  /** Other offers that give more or less with it. */
  readonly collisions: readonly Comparison[];
}

/** An offer's members as they were reached; nobody for one that granted nothing. */
export function reachedOf(report: Report, offer: string) {
  return report.offers.get(offer)?.reached ?? nobodyReached();
}

export function toldOffer(report: Report, offer: string, code: string) {
  const sums = report.offers.get(offer);
  const told = sums ? tellOffer(sums, report.span) : grantedNothing(offer);
  return { ...told, code };
}

export function toldSpread(report: Report, offer: string): Spread {
  return spreadOf(reachedOf(report, offer));
}

const DAYS_MAX = 100_000;

export function toldBudgets({ courses }: Trial, { from, to }: Span): BudgetTold[] {
  const days = dayNumber(to) - dayNumber(from) + 1;
  return [...courses.values()].map((course: BudgetCourse) => {
    const { budget, funderOrg, start, drawn, returned, left, closed, short } = course;
    const open = closed === null ? days : dayNumber(closed.by.day) - dayNumber(from) + 1;
    const net = drawn - returned;
    return {
      budget,
      funder_org: funderOrg,
      start,
      drawn,
      returned,
      left,
      ends_on: closed?.by.day ?? null,
      closed_by: closed?.by.sale ?? null,
      last_sale: closed?.last ?? null,
      short_sales: short,
      lasts_days: net <= 0 ? null : Math.min(DAYS_MAX, ratio(start, open, net, 'down')),
    };
  });
}

/** The kinds of an offer in two reports; none where neither granted anything. */
export function compared(before: Report, after: Report, offer: string, code: string): Comparison[] {
  const one = before.offers.get(offer);
  const other = after.offers.get(offer);
  const kinds = new Set([...(one?.kinds.keys() ?? []), ...(other?.kinds.keys() ?? [])]);
  return [...kinds].map((kind) => {
    const [was, is] = [sumsOf(one, kind), sumsOf(other, kind)];
    return {
      offer_id: offer,
      code,
      kind,
      grants_without: was.grants,
      grants_with: is.grants,
      without: was.amount,
      with: is.amount,
      difference: is.amount - was.amount,
    };
  });
}

function sumsOf(sums: OfferSums | undefined, kind: BenefitKind) {
  const found = sums?.kinds.get(kind);
  const total = (days: Float64Array | undefined) => days?.reduce((sum, day) => sum + day, 0) ?? 0;
  return { grants: total(found?.grants), amount: total(found?.amounts) };
}

/** Offers besides the tried one that give more or less, the largest difference first. */
export function collisionsOf(
  before: Report,
  after: Report,
  tried: string,
  codes: ReadonlyMap<string, string>,
): Comparison[] {
  const others = new Set([...before.offers.keys(), ...after.offers.keys()]);
  others.delete(tried);
  return [...others]
    .flatMap((offer) => compared(before, after, offer, codes.get(offer) ?? ''))
    .filter(
      ({ difference, grants_with, grants_without }) =>
        difference !== 0 || grants_with !== grants_without,
    )
    .sort(
      (a, b) =>
        Math.abs(b.difference) - Math.abs(a.difference) || (a.offer_id < b.offer_id ? -1 : 1),
    );
}
