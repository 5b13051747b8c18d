import type { Day } from '#kernel/day';
import type { SaleFacts } from '../engine/facts.ts';

/** A sale of the past, as it was made. */
export interface PastSale {
  readonly kind: 'sale';
  readonly id: string;
  readonly facts: SaleFacts;
  /** Whether something of it was paid back later. */
  readonly touched: boolean;
}

/** Money that went back of a sale of the past. */
export interface PastRefund {
  readonly kind: 'refund';
  /** The sale's id. */
  readonly payment: string;
  readonly day: Day;
  /** Units and gross fen that went back, by place of the line in the sale. */
  readonly lines: readonly {
    readonly line: number;
    readonly quantity: number;
    readonly amount: number;
  }[];
}

/** What happened in a merchant's book, in the order in which it was decided. */
export type PastEvent = PastSale | PastRefund;

/** What a buyer had bought on a day before a rehearsal begins, without what has gone back of it. */
export interface EarlierSale {
  readonly day: Day;
  readonly member: string | null;
  /** Tokens of the cards it was paid with. */
  readonly cards: readonly string[];
  /** fen paid, less what was given back. */
  readonly paid: number;
  /** Lines that are not wholly back, with the net fen left of each. */
  readonly lines: readonly {
    readonly sku: string;
    readonly category: string | null;
    readonly brand: string | null;
    readonly net: number;
  }[];
}
