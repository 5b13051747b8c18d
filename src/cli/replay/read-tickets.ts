import { countLines } from './count-lines.ts';
import type { TicketCounts } from './count-lines.ts';
import { HEADER } from './field.ts';
import { AT, FileLines } from './file-lines.ts';
import { classOf, groupTickets, rowsByInvoice } from './group-tickets.ts';
import { readRows } from './read-rows.ts';
import type { Progress } from './read-rows.ts';
import type { Ticket } from './ticket.ts';

/** A ticket file, read whole. Money is fen; what is not posted is only counted. */
export interface TicketFile {
  /** Sales and returns in the order of tickets: by time, then by invoice number. */
  readonly tickets: readonly Ticket[];
  /** Stock code -> product name, for every code on a ticket, in order of appearance in the file. */
  readonly products: ReadonlyMap<string, string>;
  readonly counts: TicketCounts;
}

/**
 * Reads a file of tickets in the layout of UCI Online Retail, .csv or .csv.gz, in one pass.
 * `onProgress` hears the bytes read so far, a few times per megabyte.
 * @throws BrokenTicketFile (`ticket_file_broken`) naming line and column at the first field that is
 *   not legal; Refused `ticket_file_unreadable`.
 */
export async function readTickets(
  path: string,
  options: { readonly onProgress?: (progress: Progress) => void } = {},
): Promise<TicketFile> {
  const lines = new FileLines(path);
  await readRows(path, HEADER, (fields, line) => lines.add(fields, line), options.onProgress);
  const invoices = rowsByInvoice(lines);
  const tickets = groupTickets(lines, invoices);
  return { tickets, products: nameProducts(lines), counts: countLines(lines, invoices, tickets) };
}

/**
 * The first description that is not blank on a line that moves money: descriptions of write-offs
 * are remarks such as "damaged". A product that has none is named by its stock code.
 */
function nameProducts(lines: FileLines): Map<string, string> {
  const names = new Map<string, string>();
  for (let row = 0; row < lines.length; row++) {
    const kind = classOf(lines, row);
    if (kind !== 'sale' && kind !== 'return') continue;
    const sku = lines.sku.text(lines.cell(row, AT.sku));
    if (names.get(sku)) continue;
    names.set(sku, lines.description.value(lines.cell(row, AT.description)));
  }
  for (const [sku, name] of names) if (name === '') names.set(sku, sku);
  return names;
}
