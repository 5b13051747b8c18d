import { createHash } from 'node:crypto';
import { instantOf } from '#kernel/day';
import type { RequestKey } from '#payments';
import { type MatchedTicket, returnMatcher, type UnmatchedLine } from './match-returns.ts';
import type { Ticket } from './ticket.ts';

interface Planned {
  readonly invoice: string;
  /** Local time of the file, "2010-12-01T08:26:00". */
  readonly time: string;
  /** null: an anonymous buyer. */
  readonly customer: string | null;
  readonly key: RequestKey;
  readonly occurredAt: Date;
}

/** One write of a replay. Money is fen. */
export type PlannedWrite =
  | (Planned & { readonly kind: 'sale'; readonly ticket: Ticket; readonly returned: boolean })
  | (Planned & { readonly kind: 'refund'; readonly of: MatchedTicket })
  | (Planned & { readonly kind: 'return'; readonly lines: readonly UnmatchedLine[] });

/** A day of the file, in its own time: who buys for the first time, and what is written. */
export interface PlannedDay {
  readonly day: string;
  readonly newCustomers: readonly string[];
  readonly writes: readonly PlannedWrite[];
}

/** How returns were divided. */
export interface Divided {
  readonly refunds: number;
  readonly refunded: number;
  readonly withoutReceipt: number;
  readonly withoutReceiptAmount: number;
}

/** What is to be written for tickets in their order; the same tickets give the same plan. */
export function planWrites(
  tickets: readonly Ticket[],
  zone: string,
): { readonly days: readonly PlannedDay[]; readonly divided: Divided } {
  const divide = returnMatcher();
  const returned = new Set<string>();
  const seen = new Set<string>();
  const divided = { refunds: 0, refunded: 0, withoutReceipt: 0, withoutReceiptAmount: 0 };
  const rough = tickets.map((ticket) => {
    if (ticket.kind === 'sale') {
      divide.sell(ticket);
      return { ticket, back: null };
    }
    const back = divide.match(ticket);
    for (const { invoice, amount } of back.matched) {
      returned.add(invoice);
      divided.refunds++;
      divided.refunded += amount;
    }
    if (back.unmatched.length > 0) divided.withoutReceipt++;
    for (const { amount } of back.unmatched) divided.withoutReceiptAmount += amount;
    return { ticket, back };
  });
  const days = [...Map.groupBy(rough, ({ ticket }) => ticket.time.slice(0, 10))].map(
    ([day, all]): PlannedDay => ({
      day,
      newCustomers: all.flatMap(({ ticket: { kind, customer } }) => {
        if (kind === 'return' || customer === null || seen.has(customer)) return [];
        seen.add(customer);
        return [customer];
      }),
      writes: all.flatMap(({ ticket, back }): PlannedWrite[] => {
        const { invoice, time, customer } = ticket;
        const planned = { invoice, time, customer, occurredAt: instantOf(time, zone) };
        const hash = hashOf(ticket);
        const key = (suffix: string) => ({
          idempotencyKey: `ticket:${ticket.invoice}${suffix}`,
          requestHash: hash,
        });
        if (!back) {
          const again = returned.has(ticket.invoice);
          return [{ ...planned, kind: 'sale', key: key(''), ticket, returned: again }];
        }
        const refunds = back.matched.map((of): PlannedWrite => ({
          ...planned,
          kind: 'refund',
          key: key(`:${of.invoice}`),
          of,
        }));
        if (back.unmatched.length === 0) return refunds;
        return [...refunds, { ...planned, kind: 'return', key: key(''), lines: back.unmatched }];
      }),
    }),
  );
  return { days, divided };
}

/** Of what the ticket says, not of the line of the file it stands on. */
function hashOf({ kind, time, customer, lines }: Ticket): Buffer {
  const sum = createHash('sha256').update(`${kind}|${time}|${customer ?? ''}`);
  for (const { sku, quantity, amount, unitPrice } of lines)
    sum.update(`\n${sku}|${quantity}|${amount}|${unitPrice}`);
  return sum.digest();
}

/**
 * A Chinese mobile number for a customer who is known by a number of at most nine digits only: 13 and nine
 * digits, the same in every run. It is made up: a sandbox sends no messages.
 */
export function phoneOfCustomer(customer: string): string {
  return `13${customer.padStart(9, '0')}`;
}
