import { fen } from '#kernel/money';
import type { Fen } from '#kernel/money';

import { AT } from './file-lines.ts';
import type { FileLines } from './file-lines.ts';
import { classOf } from './group-tickets.ts';
import type { LineClass, Ticket } from './ticket.ts';

/** What a ticket file holds. Amounts are fen; everything else is a number of things. */
export interface TicketCounts {
  /** Lines by class; `total` is their sum. */
  readonly lines: Readonly<Record<LineClass | 'total', number>>;
  readonly invoices: number;
  readonly tickets: number;
  readonly returnInvoices: number;
  readonly gross: Fen;
  readonly returns: Fen;
  readonly net: Fen;
  readonly customers: number;
  readonly anonymousTickets: number;
  readonly anonymousReturns: number;
  readonly anonymousLines: number;
  readonly blankDescriptions: number;
  /** Lines equal in every column to an earlier line of the file; they stay lines of their own. */
  readonly duplicateLines: number;
  readonly invoicesWithTwoTimes: number;
  readonly customersWithTwoCountries: number;
  /** Groups of stock codes that differ only in case. */
  readonly skusDifferingInCase: number;
  /** Lines whose price has a part below one fen. */
  readonly linesBelowOneFen: number;
}

export function countLines(
  lines: FileLines,
  invoices: readonly number[][],
  tickets: readonly Ticket[],
): TicketCounts {
  const sales = tickets.filter((ticket) => ticket.kind === 'sale');
  const returns = tickets.filter((ticket) => ticket.kind === 'return');
  const blank = lines.customer.values.indexOf(null);
  const price = (row: number) => lines.price.value(lines.cell(row, AT.price));
  return {
    lines: countClasses(lines),
    invoices: invoices.length,
    tickets: sales.length,
    returnInvoices: returns.length,
    gross: sum(sales),
    returns: sum(returns),
    net: fen(sum(sales) - sum(returns)),
    customers: lines.customer.values.length - (blank < 0 ? 0 : 1),
    anonymousTickets: sales.filter((ticket) => ticket.customer === null).length,
    anonymousReturns: returns.filter((ticket) => ticket.customer === null).length,
    anonymousLines: countRows(lines, (row) => lines.cell(row, AT.customer) === blank),
    blankDescriptions: countRows(
      lines,
      (row) => lines.description.value(lines.cell(row, AT.description)) === '',
    ),
    duplicateLines: countDuplicates(lines, invoices),
    invoicesWithTwoTimes: invoices.filter(
      (rows) => new Set(rows.map((row) => lines.cell(row, AT.time))).size > 1,
    ).length,
    customersWithTwoCountries: countTravellers(lines, blank),
    skusDifferingInCase: countCaseGroups(lines.sku.texts),
    linesBelowOneFen: countRows(lines, (row) => price(row) % 10 !== 0),
  };
}

function countClasses(lines: FileLines): TicketCounts['lines'] {
  const counts = { sale: 0, return: 0, adjustment: 0, zero: 0, total: lines.length };
  for (let row = 0; row < lines.length; row++) counts[classOf(lines, row)]++;
  return counts;
}

/** Equal lines share their invoice, so each is compared only with the lines of its own. */
function countDuplicates(lines: FileLines, invoices: readonly number[][]): number {
  let count = 0;
  for (const rows of invoices) {
    const seen = new Set<string>();
    for (const row of rows) {
      let key = '';
      for (let column = AT.sku; column < AT.line; column++) key += `${lines.cell(row, column)},`;
      if (seen.has(key)) count++;
      else seen.add(key);
    }
  }
  return count;
}

function countTravellers(lines: FileLines, blank: number): number {
  const home = new Map<number, number>();
  const travellers = new Set<number>();
  for (let row = 0; row < lines.length; row++) {
    const customer = lines.cell(row, AT.customer);
    const country = lines.cell(row, AT.country);
    if (customer === blank) continue;
    if (!home.has(customer)) home.set(customer, country);
    else if (home.get(customer) !== country) travellers.add(customer);
  }
  return travellers.size;
}

function countCaseGroups(skus: readonly string[]): number {
  const spellings = new Map<string, number>();
  for (const sku of skus) {
    const folded = sku.toUpperCase();
    spellings.set(folded, (spellings.get(folded) ?? 0) + 1);
  }
  return [...spellings.values()].filter((count) => count > 1).length;
}

function countRows(lines: FileLines, holds: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < lines.length; row++) if (holds(row)) count++;
  return count;
}

function sum(tickets: readonly Ticket[]): Fen {
  return fen(tickets.reduce<number>((total, ticket) => total + ticket.amount, 0));
}
