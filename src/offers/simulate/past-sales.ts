import type { Day } from '#kernel/day';
import type { BenefitKind, Payer } from '../engine/decision.ts';
import type { Span } from '../rehearsal/day-sums.ts';
import type { PlanBack } from '../rehearsal/plan-back.ts';
import type { EarlierSale, PastEvent } from '../rehearsal/past-event.ts';

/** Where a page of the past ended. */
export interface PastPlace {
  readonly day: Day;
  readonly key: string;
}

export interface PastPage<Item> {
  readonly items: readonly Item[];
  /** Where to go on; null at the end. */
  readonly next: PastPlace | null;
}

/** What a member bought in some days: sales that were not wholly paid back, and net fen. */
export interface Buyer {
  readonly member: string;
  readonly sales: number;
  readonly amount: number;
}

/** What an offer granted in the books on a day, and what refunds of that day took back; fen or points. */
export interface GrantedDay extends Payer {
  readonly day: Day;
  readonly offer: string;
  readonly version: number;
  readonly kind: BenefitKind;
  readonly grants: number;
  readonly amount: number;
  readonly reversed: number;
}

/** The port through which offers read a merchant's past payments; read-only. Days are business days. */
export interface PastSales {
  /** The first and last day with a sale; null without any. */
  span(org: number): Promise<Span | null>;
  /** How many sales there are. */
  count(org: number, span: Span): Promise<number>;
  /** Sales and refunds by day and, within a day, in the order in which they were decided. */
  page(
    org: number,
    span: Span,
    after: PastPlace | null,
    limit: number,
  ): Promise<PastPage<PastEvent>>;
  /** Sales before a day, by day. */
  earlier(
    org: number,
    span: Span,
    after: PastPlace | null,
    limit: number,
  ): Promise<PastPage<EarlierSale>>;
  /** Who bought in some days, by member. */
  buyers(org: number, span: Span): Promise<readonly Buyer[]>;
  /** Which of the members have bought anything before a day. */
  boughtBefore(org: number, members: readonly string[], day: Day): Promise<ReadonlySet<string>>;
  /** fen that a sale of a day could have drawn on a budget: what is left of it, and what this book drew since. */
  budgetAt(org: number, funderOrg: number, budget: string, day: Day): Promise<number>;
  /** Pure: plans money back as it is planned for payments. */
  readonly planBack: PlanBack;
  /** What an offer granted, from the decisions in the books; all offers if none is named. */
  granted(org: number, span: Span, offer: string | null): Promise<readonly GrantedDay[]>;
}
