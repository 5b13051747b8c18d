import { fen } from '#kernel/money';

import { AT } from './file-lines.ts';
import type { FileLines } from './file-lines.ts';
import { classify, compareTickets, shareTicket } from './ticket.ts';
import type { LineClass, Ticket } from './ticket.ts';

/** The rows of each invoice, invoices in order of appearance, rows in order of the file. */
export function rowsByInvoice(lines: FileLines): number[][] {
  const invoices: number[][] = lines.invoice.texts.map(() => []);
  for (let row = 0; row < lines.length; row++) {
    (invoices[lines.cell(row, AT.invoice)] as number[]).push(row);
  }
  return invoices;
}

export function classOf(lines: FileLines, row: number): LineClass {
  return classify(
    lines.invoice.text(lines.cell(row, AT.invoice)),
    lines.quantity.value(lines.cell(row, AT.quantity)),
    lines.price.value(lines.cell(row, AT.price)),
  );
}

/**
 * The tickets of a file in the order of tickets, sales and returns together.
 * @throws BrokenTicketFile if one invoice names two customers or its sum is beyond 2^53 thousandths.
 */
export function groupTickets(lines: FileLines, invoices: readonly number[][]): Ticket[] {
  const tickets: Ticket[] = [];
  for (const rows of invoices) {
    checkOneCustomer(lines, rows);
    const ticket = ticketOf(lines, rows);
    if (ticket) tickets.push(ticket);
  }
  return tickets.toSorted(compareTickets);
}

function ticketOf(lines: FileLines, rows: readonly number[]): Ticket | null {
  const own = rows.filter((row) => ['sale', 'return'].includes(classOf(lines, row)));
  const first = own[0];
  if (first === undefined) return null;
  const amounts = shareTicket(exactAmounts(lines, own));
  const invoice = lines.invoice.text(lines.cell(first, AT.invoice));
  return {
    kind: invoice.startsWith('C') ? 'return' : 'sale',
    invoice,
    time: earliest(lines, rows),
    customer: lines.customer.value(lines.cell(first, AT.customer)),
    amount: fen(amounts.reduce<number>((sum, amount) => sum + amount, 0)),
    lines: own.map((row, index) => ({
      sku: lines.sku.text(lines.cell(row, AT.sku)),
      quantity: quantityOf(lines, row),
      amount: amounts[index] ?? fen(0),
      unitPrice: lines.price.text(lines.cell(row, AT.price)),
      line: lines.cell(row, AT.line),
    })),
  };
}

function exactAmounts(lines: FileLines, rows: readonly number[]): number[] {
  let sum = 0;
  return rows.map((row) => {
    const amount = quantityOf(lines, row) * lines.price.value(lines.cell(row, AT.price));
    sum += amount;
    if (!Number.isSafeInteger(sum)) {
      lines.failRow(row, AT.price, 'an invoice whose sum is below 9 * 10^12');
    }
    return amount;
  });
}

function quantityOf(lines: FileLines, row: number): number {
  return Math.abs(lines.quantity.value(lines.cell(row, AT.quantity)));
}

function earliest(lines: FileLines, rows: readonly number[]): string {
  let time = '';
  for (const row of rows) {
    const here = lines.time.value(lines.cell(row, AT.time));
    if (time === '' || here < time) time = here;
  }
  return time;
}

function checkOneCustomer(lines: FileLines, rows: readonly number[]): void {
  const first = rows[0] as number;
  const customer = lines.cell(first, AT.customer);
  for (const row of rows) {
    if (lines.cell(row, AT.customer) === customer) continue;
    const expected = `${JSON.stringify(lines.customer.text(customer))}, the customer of this invoice`;
    lines.failRow(row, AT.customer, `${expected} on line ${lines.cell(first, AT.line)}`);
  }
}
