import type { BenefitKind, Payer } from '../engine/decision.ts';
import { type ArrivalPlan, planned } from './arrivals.ts';
import { type DaySums, daysWith, monthOf, type Span } from './day-sums.ts';
import type { KindSums, OfferSums } from './report.ts';

/** Sums of a day or a month. `grants` are sales. */
export interface PeriodTold {
  readonly period: string;
  readonly grants: number;
  readonly amount: number;
  readonly reversed: number;
}

export interface PayerTold {
  readonly party: Payer['party'];
  readonly funder_org: number | null;
  readonly budget: string | null;
  readonly amount: number;
  readonly reversed: number;
  readonly days: readonly Omit<PeriodTold, 'grants'>[];
  readonly months: readonly Omit<PeriodTold, 'grants'>[];
}

/** fen for discount and cashback, else points, growth value, coupons or pieces. */
export interface KindTold {
  readonly kind: BenefitKind;
  readonly grants: number;
  readonly amount: number;
  readonly reversed: number;
  /** What the formulas say before caps, limits and budgets. */
  readonly wanted: number;
  /** Grants that were smaller than wanted. */
  readonly partial: number;
  readonly cuts: readonly { readonly reason: string; readonly grants: number }[];
  readonly payers: readonly PayerTold[];
  readonly days: readonly PeriodTold[];
  readonly months: readonly PeriodTold[];
  /** When it can be used; what comes with the sale itself comes on the day of the sale. */
  readonly arrivals: ArrivalPlan;
}

export interface OfferTold {
  readonly offer_id: string;
  readonly versions: readonly number[];
  /** Sales that got anything of it. */
  readonly grants: number;
  readonly kinds: readonly KindTold[];
}

/** An offer's sums as they are told; an offer that granted nothing has no kinds. */
export function tellOffer(sums: OfferSums, span: Span): OfferTold {
  return {
    offer_id: sums.offer,
    versions: [...sums.versions].sort((a, b) => a - b),
    grants: sums.grants,
    kinds: [...sums.kinds.values()].map((kind) => tellKind(kind, span)),
  };
}

export function grantedNothing(offer: string): OfferTold {
  return { offer_id: offer, versions: [], grants: 0, kinds: [] };
}

function tellKind(sums: KindSums, span: Span): KindTold {
  const { kind, grants, amounts, reversed, wanted, cuts, arrivals } = sums;
  const told = [...cuts].map(([reason, count]) => ({ reason, grants: count }));
  const days = daysWith(span, [grants, amounts, reversed]).map(({ day, values }) => ({
    period: day,
    grants: values[0]!,
    amount: values[1]!,
    reversed: values[2]!,
  }));
  return {
    kind,
    grants: total(grants),
    amount: total(amounts),
    reversed: total(reversed),
    wanted,
    partial: told.reduce((sum, cut) => sum + cut.grants, 0),
    cuts: told.sort((a, b) => b.grants - a.grants || (a.reason < b.reason ? -1 : 1)),
    payers: sums.payers.map((each) => ({
      party: each.payer.party,
      funder_org: each.payer.funderOrg ?? null,
      budget: each.payer.budget ?? null,
      amount: total(each.amounts),
      reversed: total(each.reversed),
      ...payerPeriods(span, each.amounts, each.reversed),
    })),
    days,
    months: byMonth(days, ['grants', 'amount', 'reversed']),
    arrivals: planned(arrivals, span.to),
  };
}

function payerPeriods(span: Span, amounts: DaySums, reversed: DaySums) {
  const days = daysWith(span, [amounts, reversed]).map(({ day, values }) => ({
    period: day,
    amount: values[0]!,
    reversed: values[1]!,
  }));
  return { days, months: byMonth(days, ['amount', 'reversed']) };
}

/** The days of each month in one row. */
function byMonth<Name extends string>(
  days: readonly (Readonly<Record<Name, number>> & { readonly period: string })[],
  names: readonly Name[],
): ({ period: string } & Record<Name, number>)[] {
  const months = Map.groupBy(days, ({ period }) => monthOf(period));
  return [...months].map(([period, rows]) => {
    const sums = names.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]);
    return { period, ...(Object.fromEntries(sums) as Record<Name, number>) };
  });
}

function total(sums: DaySums): number {
  return sums.reduce((sum, each) => sum + each, 0);
}
