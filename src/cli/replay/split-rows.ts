import Papa from 'papaparse';

import { BrokenTicketFile } from './broken-ticket-file.ts';

/** Takes one row; `line` is the physical line on which it begins. */
export type RowTaker = (fields: readonly string[], line: number) => void;

interface Parsed {
  readonly data: string[][];
  readonly errors: readonly {
    readonly code: string;
    readonly row: number;
    readonly index: number;
  }[];
  readonly meta: { readonly cursor: number };
}

export interface Place {
  readonly line: number;
  readonly column: string;
}

/** A row longer than this, in characters, can only be a quote that is never closed. */
const LONGEST_ROW = 1024 * 1024;

/** What the decoder puts in the place of bytes that are not UTF-8. */
const REPLACEMENT = '\uFFFD';

/**
 * Cuts text that arrives in pieces into the rows of a CSV file (RFC 4180, LF or CRLF as the header
 * has it) and gives each after the header to `take`. Empty lines are legal only at the end.
 * Its methods throw BrokenTicketFile at the first row that is not whole.
 */
export class RowSplitter {
  readonly #file: string;
  readonly #header: readonly string[];
  readonly #take: RowTaker;
  #rest = '';
  #line = 1;
  #newline: '\n' | '\r\n' | undefined;
  #headed = false;
  #damaged = false;
  #emptyLine = 0;

  constructor(file: string, header: readonly string[], take: RowTaker) {
    this.#file = file;
    this.#header = header;
    this.#take = take;
  }

  take(text: string): void {
    this.#parse(text, false);
  }

  end(text: string): void {
    this.#parse(text, true);
    if (!this.#headed) this.#fail(1, 0, 'an empty file', `the header ${this.#header.join(',')}`);
  }

  /** Where the text taken so far ends. */
  place(): Place {
    const { line, column } = this.#placeOf(this.#rest.length);
    return { line, column: this.#nameOf(column) };
  }

  #parse(text: string, last: boolean): void {
    this.#rest += text;
    this.#damaged ||= text.includes(REPLACEMENT);
    this.#newline ??= newlineOf(this.#rest);
    if (this.#newline === undefined && !last && this.#rest.length <= LONGEST_ROW) return;
    const { data, errors, meta } = parsed(this.#rest, this.#newline, last);
    const broken = errors.find((error) => error.row < data.length);
    const start = this.#line;
    for (const [row, fields] of data.entries()) {
      if (row === broken?.row) this.#failQuote(start, broken.code === 'InvalidQuotes');
      this.#give(fields);
    }
    this.#rest = this.#rest.slice(meta.cursor);
    if (this.#rest.length > LONGEST_ROW) this.#failQuote(this.#line, false);
  }

  #give(fields: readonly string[]): void {
    if (this.#headed && fields.length === 1 && fields[0] === '') {
      this.#emptyLine ||= this.#line++;
      return;
    }
    this.#checkWhole(fields);
    if (this.#headed) this.#take(fields, this.#line);
    this.#headed = true;
    this.#line++;
    for (const field of fields) this.#line += newlinesIn(field);
  }

  #checkWhole(fields: readonly string[]): void {
    const columns = countOf(this.#header.length);
    if (this.#emptyLine > 0) this.#fail(this.#emptyLine, 0, 'an empty line', columns);
    if (this.#damaged) this.#checkUtf8(fields);
    if (!this.#headed) this.#checkHeader(fields);
    if (fields.length === this.#header.length) return;
    this.#fail(this.#line, fields.length, countOf(fields.length), columns);
  }

  #checkHeader(fields: readonly string[]): void {
    const wrong = this.#header.findIndex((name, index) => fields[index] !== name);
    if (wrong < 0) return;
    const name = fields[wrong];
    const found = name === undefined ? countOf(fields.length) : JSON.stringify(name);
    this.#fail(1, wrong, found, `the header ${this.#header.join(',')}`);
  }

  #checkUtf8(fields: readonly string[]): void {
    const wrong = fields.findIndex((field) => field.includes(REPLACEMENT));
    if (wrong < 0) return;
    const before = newlinesIn(fields.slice(0, wrong).join(''));
    const found = `bytes that are not UTF-8 in ${JSON.stringify(fields[wrong])}`;
    this.#fail(this.#line + before, wrong, found, 'text in UTF-8');
  }

  /** Refuses the first quote of `#rest` that does not close; `start` is the line of its beginning. */
  #failQuote(start: number, closed: boolean): never {
    this.#line = start;
    const index = parsed(this.#rest, this.#newline, true).errors[0]?.index;
    const { line, column } = this.#placeOf(index ?? 0);
    if (index === undefined) this.#fail(line, column, 'a line without end', 'a row of a CSV file');
    const tail = `"${this.#rest.slice(index).split('\n', 1)[0]}`;
    if (closed) this.#fail(line, column, tail, 'a comma or the line end after a closing quote');
    this.#fail(line, column, `a quote that is never closed: ${tail}`, 'a closing quote');
  }

  /** The line and the column's index of a character of `#rest`, whose first stands on `#line`. */
  #placeOf(index: number): { line: number; column: number } {
    const before = this.#rest.slice(0, index);
    const fields = parsed(before, this.#newline, true).data.at(-1)?.length ?? 1;
    return { line: this.#line + newlinesIn(before), column: fields - 1 };
  }

  #nameOf(column: number): string {
    return this.#header[Math.min(column, this.#header.length - 1)] as string;
  }

  #fail(line: number, column: number, found: string, expected: string): never {
    const place = { file: this.#file, line, column: this.#nameOf(column) };
    throw new BrokenTicketFile({ ...place, found, expected });
  }
}

function parsed(text: string, newline: string | undefined, last: boolean): Parsed {
  const parser = new Papa.Parser({ delimiter: ',', newline: (newline ?? '\n') as '\n' });
  return parser.parse(text, 0, !last);
}

function newlineOf(text: string): '\n' | '\r\n' | undefined {
  const end = text.indexOf('\n');
  return end < 0 ? undefined : text[end - 1] === '\r' ? '\r\n' : '\n';
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function countOf(columns: number): string {
  return columns === 1 ? '1 column' : `${columns} columns`;
}
