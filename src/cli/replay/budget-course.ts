import type { BudgetEvents } from './budget-rows.ts';

/** A sale or refund of the file as it stands in the books. */
export interface PlacedTicket {
  /** Of the payment or the refund. */
  readonly id: string;
  readonly kind: 'sale' | 'refund';
  readonly invoice: string;
  /** Local time of the file. */
  readonly time: string;
  /** fen */
  readonly gross: number;
}

export interface TicketTold {
  readonly invoice: string;
  readonly time: string;
  /** fen that it got of the budget. */
  readonly amount: number;
}

/** Between which tickets a budget was used up. */
export interface Closing {
  /** Some ticket got nothing or only a part for lack of it. */
  readonly closed: boolean;
  /** The last ticket that got something before it closed; a part counts. */
  readonly last_ticket: TicketTold | null;
  /** The first that got nothing or only a part. */
  readonly first_short: TicketTold | null;
  /** What refunds had given back was granted again to later tickets. */
  readonly after_closing: { readonly grants: number; readonly amount: number };
}

/** Parts are whole fen, so a cut may leave less than a fen for each of at most 8 payers. */
const CUT_LEAVES = 8;

/**
 * Walks the tickets in the order of the file. A ticket that drew nothing is asked about only where the budget could
 * have been too small: no grant is worth more than the ticket or a fixed amount of the offers.
 * @param isRefused whether a payment was granted nothing for lack of the budget
 */
export async function courseOf(
  tickets: readonly PlacedTicket[],
  { sales, refunds }: BudgetEvents,
  { total, most }: { readonly total: number; readonly most: number },
  isRefused: (payment: string) => Promise<boolean>,
): Promise<Closing> {
  let left = total;
  let last: TicketTold | null = null;
  let short: TicketTold | null = null;
  const after = { grants: 0, amount: 0 };
  for (const { id, kind, invoice, time, gross } of tickets) {
    if (kind === 'refund') {
      left += refunds.get(id) ?? 0;
      continue;
    }
    const drawn = sales.get(id);
    const ticket = { invoice, time, amount: drawn?.amount ?? 0 };
    if (short === null) {
      if (drawn) last = ticket;
      const few = left - ticket.amount < CUT_LEAVES;
      const lacks = drawn
        ? drawn.cut && few
        : left < Math.max(gross, most) && (await isRefused(id));
      if (lacks) short = ticket;
    } else if (drawn) {
      after.grants++;
      after.amount += drawn.amount;
    }
    left -= ticket.amount;
  }
  return { closed: short !== null, last_ticket: last, first_short: short, after_closing: after };
}
