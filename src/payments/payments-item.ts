import type { Earlier } from './earlier-refunds.ts';
import type { Charge, PaymentState, RefundState } from './payment.ts';

/** A sale as it is written. fen. */
export interface NewPayment {
  readonly paymentId: string;
  readonly storeId: string;
  readonly channel: string;
  readonly occurredAt: Date;
  readonly businessDay: string;
  readonly member: { readonly org: number; readonly id: string } | null;
  readonly gross: number;
  readonly discount: number;
  readonly due: number;
  /** JSON text. */
  readonly lines: string;
  readonly facts: string;
  readonly offerSet: string;
  readonly journalId: string | null;
  readonly actor: string;
  readonly charges: readonly Charge[];
}

/** Money back as it is written. `payment` is absent without a receipt. */
export interface NewRefund {
  readonly refundId: string;
  readonly kind: 'refund' | 'void' | 'without_receipt';
  readonly payment?: {
    readonly paymentId: string;
    readonly state: PaymentState;
    readonly after: RefundState;
  };
  readonly storeId: string;
  readonly occurredAt: Date;
  readonly businessDay: string;
  readonly amount: number;
  readonly gross: number;
  /** fen kept for what was spent of rewards. */
  readonly withheld: number;
  /** JSON text; null where nothing is short. */
  readonly shortage: string | null;
  /** Taken back per decision by its number, in its unit. */
  readonly taken: readonly (readonly [number, number])[];
  /** fen given back per charge of the payment, in their order; null where all of it is cash. */
  readonly charged: readonly number[] | null;
  /** JSON text. */
  readonly lines: string;
  readonly clawback: string;
  readonly reason: string;
  readonly journalId: string | null;
  readonly actor: string;
}

export type PaymentsItem =
  | { readonly kind: 'sale'; readonly payment: NewPayment }
  | { readonly kind: 'back'; readonly refund: NewRefund };

/** A payment's moving part, as locked and as the batch has changed it so far. */
export interface LockedPayment {
  state: PaymentState;
  refunded: number;
  refunds: RefundState | null;
  earlier: Earlier;
  /** fen per charge in their order; they never change. */
  readonly charges: readonly number[];
}

export type PaymentsState = Map<string, LockedPayment>;
