import { fen } from '#kernel/money';
import type { Fen } from '#kernel/money';
import { ratio } from '#kernel/share';

import type { Ticket, TicketLine } from './ticket.ts';

/** Units and money given back on one line of an earlier sale. */
export interface MatchedLine {
  /** Index into the lines of the original ticket. */
  readonly line: number;
  readonly quantity: number;
  readonly amount: Fen;
}

/** What a return gives back on one earlier sale; lines in ascending order. */
export interface MatchedTicket {
  readonly invoice: string;
  readonly amount: Fen;
  readonly lines: readonly MatchedLine[];
}

/** What no receipt was found for. `quantity` 0 is money beyond what the sale line had left. */
export interface UnmatchedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly amount: Fen;
  readonly unitPrice: string;
  /** The physical line of the file, from 1. */
  readonly line: number;
}

/** A return invoice, divided: the amounts of `matched` and `unmatched` sum to the invoice's. */
export interface MatchedReturn {
  /** Latest sale first, one entry per sale. */
  readonly matched: readonly MatchedTicket[];
  readonly unmatched: readonly UnmatchedLine[];
}

export interface ReturnMatcher {
  /** Remembers a sale. Sales and returns come in the order of tickets. */
  sell(sale: Ticket): void;
  /** Divides a return over the sales remembered so far, and remembers what it took. */
  match(back: Ticket): MatchedReturn;
}

interface OpenLine {
  readonly order: number;
  readonly invoice: string;
  readonly line: number;
  quantity: number;
  amount: number;
}

type Taken = Map<OpenLine, { quantity: number; amount: number }>;

/**
 * Finds the receipts of returns. A return line of `q` units and amount `a` walks the lines of the
 * same customer and stock code that still have open units, latest ticket first, last line first,
 * and takes as many units of each as are open. The k-th to m-th unit are worth
 * `round(a*m/q) - round(a*k/q)` (half up), so that all units sum to `a`; a sale line gives at most
 * its open amount. Units without a sale line, and money beyond open amounts, are unmatched: per
 * return line matched and unmatched quantities sum to `q`, amounts to `a`. An anonymous return is
 * unmatched whole. Same tickets in the same order give the same result.
 */
export function returnMatcher(): ReturnMatcher {
  const customers = new Map<string, Map<string, OpenLine[]>>();
  let order = 0;
  return {
    sell(sale) {
      order++;
      if (sale.customer === null) return;
      let open = customers.get(sale.customer);
      if (!open) customers.set(sale.customer, (open = new Map()));
      for (const [line, { sku, quantity, amount }] of sale.lines.entries()) {
        const entry = { order, invoice: sale.invoice, line, quantity, amount };
        const lines = open.get(sku);
        if (lines) lines.push(entry);
        else open.set(sku, [entry]);
      }
    },
    match(back) {
      const open = back.customer === null ? undefined : customers.get(back.customer);
      const taken: Taken = new Map();
      const unmatched: UnmatchedLine[] = [];
      for (const line of back.lines) {
        const left = take(line, open?.get(line.sku) ?? [], taken);
        if (left) unmatched.push(left);
      }
      return { matched: groupByTicket(taken), unmatched };
    },
  };
}

/** Takes one return line out of the open lines, which it shortens; gives what is left over. */
function take(back: TicketLine, open: OpenLine[], taken: Taken): UnmatchedLine | null {
  let quantity = 0;
  let amount = 0;
  for (let last = open.at(-1); last && quantity < back.quantity; last = open.at(-1)) {
    const units = Math.min(back.quantity - quantity, last.quantity);
    const money = Math.min(worth(back, quantity + units) - worth(back, quantity), last.amount);
    last.quantity -= units;
    last.amount -= money;
    quantity += units;
    amount += money;
    const sum = taken.get(last) ?? { quantity: 0, amount: 0 };
    taken.set(last, { quantity: sum.quantity + units, amount: sum.amount + money });
    if (last.quantity === 0) open.pop();
  }
  if (quantity === back.quantity && amount === back.amount) return null;
  return {
    sku: back.sku,
    quantity: back.quantity - quantity,
    amount: fen(back.amount - amount),
    unitPrice: back.unitPrice,
    line: back.line,
  };
}

function worth(back: TicketLine, units: number): number {
  return ratio(back.amount, units, back.quantity);
}

function groupByTicket(taken: Taken): MatchedTicket[] {
  const lines = [...taken].toSorted(([a], [b]) => b.order - a.order || a.line - b.line);
  const tickets: { invoice: string; amount: Fen; lines: MatchedLine[] }[] = [];
  for (const [{ invoice, line }, { quantity, amount }] of lines) {
    let ticket = tickets.at(-1);
    if (ticket?.invoice !== invoice)
      tickets.push((ticket = { invoice, amount: fen(0), lines: [] }));
    ticket.amount = fen(ticket.amount + amount);
    ticket.lines.push({ line, quantity, amount: fen(amount) });
  }
  return tickets;
}
