/** Thousandths of the currency's unit: ten of them are one fen. Always a safe integer. */
export type Thousandths = number;

/** Reads the text of one field; undefined if it is not legal. */
export type Reading<T> = (text: string) => T | undefined;

/** One column of a ticket file: its name, how its text is read, and what is legal in words. */
export interface Column<T> {
  readonly name: string;
  readonly read: Reading<T>;
  readonly expected: string;
}

export const INVOICE: Column<string> = {
  name: 'InvoiceNo',
  read: (text) => (/^[A-Z]?\d{1,15}$/.test(text) ? text : undefined),
  expected: 'digits, with at most one capital letter before them',
};

export const SKU: Column<string> = {
  name: 'StockCode',
  read: (text) => (/\S/.test(text) && /^\P{Cc}+$/u.test(text) ? text : undefined),
  expected: 'a stock code without control characters',
};

/** Read as a product's name: runs of white space are one blank, none at the ends; may be empty. */
export const DESCRIPTION: Column<string> = {
  name: 'Description',
  read: (text) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim(),
  expected: 'any text',
};

export const QUANTITY: Column<number> = {
  name: 'Quantity',
  read: (text) => (/^-?\d{1,9}$/.test(text) ? Number(text) : undefined),
  expected: 'a whole number of at most 9 digits',
};

/** Read as local wall-clock time without a zone, "2010-12-01T08:26:00". */
export const TIME: Column<string> = {
  name: 'InvoiceDate',
  read: localTime,
  expected: 'a date and time that exists, as YYYY-MM-DD HH:MM:SS',
};

export const PRICE: Column<Thousandths> = {
  name: 'UnitPrice',
  read: thousandths,
  expected: 'a number with at most three decimals, as 2.55',
};

/** Read as null where it is blank: an anonymous buyer. */
export const CUSTOMER: Column<string | null> = {
  name: 'CustomerID',
  read: (text) => (text === '' ? null : /^\d{1,9}$/.test(text) ? text : undefined),
  expected: 'at most 9 digits, or nothing for an anonymous buyer',
};

export const COUNTRY: Column<string> = {
  name: 'Country',
  read: (text) => (/^\P{Cc}*$/u.test(text) ? text : undefined),
  expected: 'a name without control characters',
};

/** The columns of a ticket file, in order. */
export const COLUMNS: readonly Pick<Column<unknown>, 'name' | 'expected'>[] = [
  INVOICE,
  SKU,
  DESCRIPTION,
  QUANTITY,
  TIME,
  PRICE,
  CUSTOMER,
  COUNTRY,
];

export const HEADER: readonly string[] = COLUMNS.map((column) => column.name);

function thousandths(text: string): Thousandths | undefined {
  const parts = /^(-?)(\d{1,9})(?:\.(\d{1,3}))?$/.exec(text);
  if (!parts) return undefined;
  const size = Number(parts[2]) * 1000 + Number((parts[3] ?? '').padEnd(3, '0'));
  return parts[1] === '-' && size !== 0 ? -size : size;
}

function localTime(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return undefined;
  const iso = text.replace(' ', 'T');
  const instant = new Date(`${iso}Z`);
  // A date such as 30 February is moved on, not refused, by the built-in parser.
  const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(iso);
  return exists ? iso : undefined;
}
