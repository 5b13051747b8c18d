import type { Day } from '#kernel/day';

/** One priced line of a basket. `amount` = quantity x unit price in fen, before any discount. */
export interface LineFacts {
  readonly sku: string;
  readonly category: string | null;
  readonly brand: string | null;
  readonly quantity: number;
  readonly amount: number;
}

/** The member at the till, as known before the sale; null for an anonymous buyer. */
export interface MemberFacts {
  /** Opaque member id; counters per member are kept under it. */
  readonly id: string;
  readonly programme: string;
  readonly tier: string;
  readonly labels: readonly string[];
  readonly joined: Day;
}

/** What a counter already holds: how often an offer was granted to a subject in a window, and how much. */
export interface Usage {
  readonly count: number;
  /** fen of cashback or discount, or points, in the unit of the benefit. */
  readonly amount: number;
}

/** Everything an evaluation may look at. Same facts and same offer set give the same decisions. */
export interface Facts {
  readonly store: string;
  readonly channel: 'pos' | 'api' | 'import';
  /** The org's local day and time at the moment of the sale. */
  readonly day: Day;
  /** 1 Monday .. 7 Sunday. */
  readonly weekday: number;
  /** Minutes since local midnight. */
  readonly minute: number;
  readonly lines: readonly LineFacts[];
  readonly member: MemberFacts | null;
  /** Tender methods of the sale in order, with the amount asked of each; empty in a quote without tenders. */
  readonly tenders: readonly { readonly method: string; readonly amount: number }[];
  /** Keyed by the counter keys that `countersOf` names. A missing key counts as zero. */
  readonly usage: Readonly<Record<string, Usage>>;
  /** fen left for each budget id that `budgetsOf` names. A missing key is an empty budget. */
  readonly budgets: Readonly<Record<string, number>>;
}

/** The facts known before usage and budgets are locked and read. */
export type SaleFacts = Omit<Facts, 'usage' | 'budgets'>;
