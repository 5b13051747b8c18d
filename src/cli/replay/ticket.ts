import { fen } from '#kernel/money';
import type { Fen } from '#kernel/money';
import { ratio, split } from '#kernel/share';

import type { Thousandths } from './field.ts';

/** One line of a ticket. Quantity and amount are never negative, on a return neither. */
export interface TicketLine {
  /** The stock code, compared as it is. */
  readonly sku: string;
  readonly quantity: number;
  /** The line's part of the ticket's amount, in fen. */
  readonly amount: Fen;
  /** The price per unit as the file writes it, "2.55". */
  readonly unitPrice: string;
  /** The physical line of the file, from 1. */
  readonly line: number;
}

/** A sale, or a return, of the file; lines in the order of the file. */
export interface Ticket {
  readonly kind: 'sale' | 'return';
  readonly invoice: string;
  /** Local wall-clock time without a zone, "2010-12-01T08:26:00": the earliest of the invoice. */
  readonly time: string;
  /** null: an anonymous buyer. */
  readonly customer: string | null;
  /** fen, at least 0: what was sold, or what is paid back. */
  readonly amount: Fen;
  readonly lines: readonly TicketLine[];
}

export type LineClass = 'sale' | 'return' | 'adjustment' | 'zero';

/**
 * What a line of an invoice is: "C..." are returns, "A..." adjustments (bad debt); elsewhere a line
 * with quantity and price above 0 is a sale, any other moves no money.
 */
export function classify(invoice: string, quantity: number, price: Thousandths): LineClass {
  if (invoice.startsWith('C')) return 'return';
  if (invoice.startsWith('A')) return 'adjustment';
  return quantity > 0 && price > 0 ? 'sale' : 'zero';
}

const THOUSANDTHS_PER_FEN = 10;

/**
 * The lines' parts of a ticket's amount in fen: the exact sum is rounded half up once, the lines
 * share it by largest remainder over their exact amounts.
 * @param exact thousandths per line, each at least 0
 * @throws RangeError if the sum is not a safe integer
 */
export function shareTicket(exact: readonly Thousandths[]): Fen[] {
  const sum = exact.reduce((total, amount) => total + amount, 0);
  return split(ratio(fen(sum), 1, THOUSANDTHS_PER_FEN), exact).map(fen);
}

/** The order of tickets: by time, then by the text of the invoice number. */
export function compareTickets(a: Ticket, b: Ticket): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  return a.invoice === b.invoice ? 0 : a.invoice < b.invoice ? -1 : 1;
}
