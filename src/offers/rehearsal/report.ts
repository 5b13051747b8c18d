import type { Day } from '#kernel/day';
import type { BenefitKind, Decision, FundingPart, Payer } from '../engine/decision.ts';
import { type Arrivals, arrive, noArrivals, sweep, takeBack } from './arrivals.ts';
import { type DaySums, newDaySums, placeOf, type Span } from './day-sums.ts';
import { type Buying, nobodyReached, reach, type Reached } from './reached.ts';

/** A sale as a report counts it. */
export interface ReportedSale extends Buying {
  readonly id: string;
  readonly day: Day;
}

/** What a refund takes back of a decision; `funding` is parallel to the decision's. */
export interface TakenBack {
  readonly amount: number;
  readonly funding: readonly { readonly amount: number }[];
}

/** A payer's part of one kind of benefit, per day: fen, or points. */
export interface PayerSums {
  readonly payer: Payer;
  readonly amounts: DaySums;
  readonly reversed: DaySums;
}

/** One kind of benefit of an offer: fen, points, growth value, coupons or pieces. */
export interface KindSums {
  readonly kind: BenefitKind;
  /** Sales that got it, and how much of it, per day. */
  readonly grants: DaySums;
  readonly amounts: DaySums;
  readonly reversed: DaySums;
  wanted: number;
  /** Grants that were smaller than their formula says, by what cut them. */
  readonly cuts: Map<string, number>;
  readonly payers: PayerSums[];
  readonly arrivals: Arrivals;
  /** The last sale counted in `grants`. */
  lastSale: string;
}

export interface OfferSums {
  readonly offer: string;
  readonly versions: Set<number>;
  /** Sales that got anything of the offer. */
  grants: number;
  lastSale: string;
  readonly kinds: Map<BenefitKind, KindSums>;
  /** Kept for the offers that are looked at closely. */
  readonly reached: Reached | null;
}

/** What a member's part of an offer is counted in: fen, or the unit of a kind that is no money. */
export type MemberUnit = 'fen' | Exclude<BenefitKind, 'discount' | 'cashback'>;

/** What decisions sum up to: plain data, so that it can be put away and taken up again. */
export interface Report {
  readonly span: Span;
  /** Offers whose members are told apart, and in what. */
  readonly close: ReadonlyMap<string, MemberUnit>;
  readonly offers: Map<string, OfferSums>;
  /** Month up to which waiting pools have been looked through. */
  month: string;
}

export function newReport(span: Span, close: ReadonlyMap<string, MemberUnit>): Report {
  return { span, close, offers: new Map(), month: '' };
}

/** Adds what a sale was granted. Sales of a report come in the order of their days. */
export function addGrants(
  report: Report,
  sale: ReportedSale,
  decisions: readonly Decision[],
): void {
  if (sale.day.slice(0, 7) > report.month) beginMonth(report, sale.day);
  if (decisions.length === 0) return;
  const place = placeOf(report.span, sale.day);
  for (const decision of decisions) {
    const sums = offerIn(report, decision.offer);
    // A sale that only counts towards a pool got nothing itself.
    if (decision.amount === 0) {
      const { arrivals } = kindIn(report, sums, decision.kind);
      arrive(arrivals, decision.arrival, sale.day, 0);
      continue;
    }
    sums.versions.add(decision.version);
    if (sums.lastSale !== sale.id) {
      sums.lastSale = sale.id;
      sums.grants++;
    }
    const kind = kindIn(report, sums, decision.kind);
    if (kind.lastSale !== sale.id) {
      kind.lastSale = sale.id;
      kind.grants[place]!++;
    }
    kind.amounts[place]! += decision.amount;
    kind.wanted += decision.wanted;
    if (decision.partly !== undefined)
      kind.cuts.set(decision.partly, (kind.cuts.get(decision.partly) ?? 0) + 1);
    for (const part of decision.funding) payerIn(report, kind, part).amounts[place]! += part.amount;
    arrive(kind.arrivals, decision.arrival, sale.day, decision.amount);
  }
  reachMember(report, sale, decisions);
}

/** Subtracts what a refund of `day` takes back of a decision. */
export function addTakenBack(report: Report, decision: Decision, day: Day, back: TakenBack): void {
  if (back.amount === 0) return;
  const place = placeOf(report.span, day);
  const kind = kindIn(report, offerIn(report, decision.offer), decision.kind);
  kind.reversed[place]! += back.amount;
  decision.funding.forEach((part, index) => {
    const amount = back.funding[index]?.amount ?? 0;
    if (amount !== 0) payerIn(report, kind, part).reversed[place]! += amount;
  });
  takeBack(kind.arrivals, decision.arrival, day, back.amount);
}

function beginMonth(report: Report, day: Day): void {
  report.month = day.slice(0, 7);
  for (const { kinds } of report.offers.values())
    for (const { arrivals } of kinds.values()) sweep(arrivals, day);
}

function offerIn({ offers, close }: Report, offer: string): OfferSums {
  let sums = offers.get(offer);
  if (sums === undefined) {
    const reached = close.has(offer) ? nobodyReached() : null;
    sums = { offer, versions: new Set(), grants: 0, lastSale: '', kinds: new Map(), reached };
    offers.set(offer, sums);
  }
  return sums;
}

function kindIn({ span }: Report, { kinds }: OfferSums, kind: BenefitKind): KindSums {
  let sums = kinds.get(kind);
  if (sums === undefined) {
    sums = {
      kind,
      grants: newDaySums(span),
      amounts: newDaySums(span),
      reversed: newDaySums(span),
      wanted: 0,
      cuts: new Map(),
      payers: [],
      arrivals: noArrivals(),
      lastSale: '',
    };
    kinds.set(kind, sums);
  }
  return sums;
}

function payerIn({ span }: Report, { payers }: KindSums, part: FundingPart): PayerSums {
  for (const sums of payers) {
    const { party, funderOrg, budget } = sums.payer;
    if (party === part.party && funderOrg === part.funderOrg && budget === part.budget) return sums;
  }
  const { amount: _, ...payer } = part;
  const sums = { payer, amounts: newDaySums(span), reversed: newDaySums(span) };
  payers.push(sums);
  return sums;
}

function reachMember(report: Report, sale: ReportedSale, decisions: readonly Decision[]): void {
  for (const [at, { offer }] of decisions.entries()) {
    const unit = report.close.get(offer);
    if (unit === undefined || decisions.findIndex((each) => each.offer === offer) < at) continue;
    let got = 0;
    for (const { offer: of, kind, amount } of decisions)
      if (of === offer && unitOf(kind) === unit) got += amount;
    reach(report.offers.get(offer)!.reached!, sale, got);
  }
}

/** What a kind of benefit is counted in. */
export function unitOf(kind: BenefitKind): MemberUnit {
  return kind === 'discount' || kind === 'cashback' ? 'fen' : kind;
}

/** Money where an offer gives any, else the first thing it gives. */
export function memberUnit(kinds: readonly BenefitKind[]): MemberUnit {
  const units = kinds.map(unitOf);
  return units.includes('fen') ? 'fen' : (units[0] ?? 'fen');
}
