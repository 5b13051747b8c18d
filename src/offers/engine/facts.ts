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
  /** "MM-DD"; null where the member has not told it. */
  readonly birthday: string | null;
}

/** What is known of a card at the till; never its number. */
export interface CardFacts {
  /** The first digits, 6 to 10. */
  readonly bin: string;
  /** Bank code of the BIN table; null where no prefix matches. */
  readonly issuer: string | null;
  readonly kind: 'debit' | 'credit' | 'semi_credit' | 'prepaid' | null;
  readonly scheme: 'unionpay' | 'visa' | 'mastercard' | 'amex' | 'jcb' | 'diners' | null;
  /** Stands for the card; limits and history per card are kept under it. */
  readonly token: string;
}

export interface TenderFacts {
  readonly method: string;
  readonly amount: number;
  readonly card?: CardFacts;
  readonly wallet?: 'wechat' | 'alipay' | 'unionpay' | 'digital_yuan';
}

/** A coupon presented at the till, usable on the sale's day. */
export interface CouponFacts {
  readonly id: string;
  /** The code of its template; of another owner than the seller as `templateName` says it. */
  readonly template: string;
  /** Last usable day; null for no end. */
  readonly to: Day | null;
}

/** What a counter already holds: how often an offer was granted to a subject in a window, and how much. */
export interface Usage {
  readonly count: number;
  /** fen of cashback or discount, or points, in the unit of the benefit. */
  readonly amount: number;
}

/** The sales of a member or card in a window, without the one at the till. */
export interface History {
  /** fen paid, less what was refunded. */
  readonly amount: number;
  /** Sales not wholly refunded. */
  readonly count: number;
  /** Days with such a sale. */
  readonly visits: number;
  /** Day of the last; null for none. */
  readonly last: Day | null;
}

/** Everything an evaluation may look at. Same facts and same offer set give the same decisions. */
export interface Facts {
  readonly store: string;
  /** Terminal id; null where the sale came without one. */
  readonly terminal: string | null;
  readonly terminalKind: 'cashier' | 'pos' | 'self_service' | 'plate' | 'online' | null;
  /** The buyer's device, where a channel tells it. */
  readonly device: string | null;
  /** The merchant's category code, four digits. */
  readonly mcc: string | null;
  readonly channel: 'pos' | 'api' | 'import';
  /** The org's local day and time at the moment of the sale. */
  readonly day: Day;
  /** 1 Monday .. 7 Sunday. */
  readonly weekday: number;
  /** Minutes since local midnight. */
  readonly minute: number;
  /** What the Chinese calendar says of the day; a make-up day is a workday. */
  readonly dayKind: 'holiday' | 'workday' | 'rest';
  readonly lines: readonly LineFacts[];
  readonly member: MemberFacts | null;
  /** Tenders in order, with the amount asked of each; empty in a quote without tenders. */
  readonly tenders: readonly TenderFacts[];
  /** Codes entered, in upper case. */
  readonly codes: readonly string[];
  /** Coupons presented, the one to use first in front. */
  readonly coupons: readonly CouponFacts[];
  /** Keyed by the counter keys that `countersOf` names. A missing key counts as zero. */
  readonly usage: Readonly<Record<string, Usage>>;
  /** fen left for each budget id that `budgetsOf` names. A missing key is an empty budget. */
  readonly budgets: Readonly<Record<string, number>>;
  /** Keyed by `HistoryAsked.key` of what `historyOf` names. A missing key is a buyer without sales. */
  readonly history: Readonly<Record<string, History>>;
  /** How many more coupons of a template the buyer may be given, by `templateName`. A missing key has no limit. */
  readonly couponsLeft?: Readonly<Record<string, number>>;
}

/** A history that evaluating some facts may read. */
export interface HistoryAsked {
  readonly key: string;
  readonly whose: 'member' | 'card';
  /** Member id or card token. */
  readonly subject: string;
  /** First and last day of the window, both included; from is null for ever. */
  readonly from: Day | null;
  readonly to: Day;
  /** Only sales with such a line count, and only those lines' amounts; null: all. */
  readonly target: {
    readonly skus: readonly string[];
    readonly categories: readonly string[];
    readonly brands: readonly string[];
  } | null;
}

/** The facts known before usage, budgets, history and the limits of coupons are locked and read. */
export type SaleFacts = Omit<Facts, 'usage' | 'budgets' | 'history' | 'couponsLeft'>;
