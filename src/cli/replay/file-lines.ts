import { BrokenTicketFile } from './broken-ticket-file.ts';
import { Dictionary } from './dictionary.ts';
import {
  COLUMNS,
  COUNTRY,
  CUSTOMER,
  DESCRIPTION,
  INVOICE,
  PRICE,
  QUANTITY,
  SKU,
  TIME,
} from './field.ts';

/** The place of each column in a line; LINE, behind them, is the physical line. */
export const AT = {
  invoice: 0,
  sku: 1,
  description: 2,
  quantity: 3,
  time: 4,
  price: 5,
  customer: 6,
  country: 7,
  line: 8,
} as const;

const WIDTH = 9;

/** All lines of a ticket file, each as the numbers of its texts in the columns' dictionaries. */
export class FileLines {
  readonly invoice = new Dictionary(INVOICE.read);
  readonly sku = new Dictionary(SKU.read);
  readonly description = new Dictionary(DESCRIPTION.read);
  readonly quantity = new Dictionary(QUANTITY.read);
  readonly time = new Dictionary(TIME.read);
  readonly price = new Dictionary(PRICE.read);
  readonly customer = new Dictionary(CUSTOMER.read);
  readonly country = new Dictionary(COUNTRY.read);
  length = 0;
  #cells = new Int32Array(WIDTH * 4096);
  readonly #file: string;
  readonly #dictionaries: readonly Dictionary<unknown>[];

  constructor(file: string) {
    this.#file = file;
    this.#dictionaries = [
      this.invoice,
      this.sku,
      this.description,
      this.quantity,
      this.time,
      this.price,
      this.customer,
      this.country,
    ];
  }

  /** @throws BrokenTicketFile if a field is not legal. */
  add(fields: readonly string[], line: number): void {
    const start = this.length * WIDTH;
    if (start === this.#cells.length) this.#grow();
    for (let column = 0; column < AT.line; column++) {
      const dictionary = this.#dictionaries[column] as Dictionary<unknown>;
      const id = dictionary.idOf(fields[column] as string);
      if (id < 0) this.fail(fields, line, column, COLUMNS[column]?.expected ?? '');
      this.#cells[start + column] = id;
    }
    this.#cells[start + AT.line] = line;
    this.#checkMoney(fields, line, start);
    this.length++;
  }

  /** The number in one cell: a dictionary's, or the physical line for `AT.line`. */
  cell(row: number, column: number): number {
    return this.#cells[row * WIDTH + column] as number;
  }

  /** Refuses a field of a line that was taken before. */
  failRow(row: number, column: number, expected: string): never {
    const fields = this.#dictionaries.map((each, at) => each.text(this.cell(row, at)));
    return this.fail(fields, this.cell(row, AT.line), column, expected);
  }

  fail(fields: readonly string[], line: number, column: number, expected: string): never {
    const before = fields.slice(0, column).join('').split('\n').length - 1;
    throw new BrokenTicketFile({
      file: this.#file,
      line: line + before,
      column: COLUMNS[column]?.name ?? '',
      found: JSON.stringify(fields[column]),
      expected,
    });
  }

  #checkMoney(fields: readonly string[], line: number, start: number): void {
    const quantity = this.quantity.value(this.#cells[start + AT.quantity] as number);
    const price = this.price.value(this.#cells[start + AT.price] as number);
    if ((fields[AT.invoice] as string).startsWith('C')) {
      if (quantity >= 0) this.fail(fields, line, AT.quantity, 'a quantity below 0 on a return');
      if (price < 0) this.fail(fields, line, AT.price, 'a price of at least 0 on a return');
    }
    if (!Number.isSafeInteger(quantity * price)) {
      this.fail(
        fields,
        line,
        AT.price,
        'a price whose product with the quantity is below 9 * 10^12',
      );
    }
  }

  #grow(): void {
    const wider = new Int32Array(this.#cells.length * 2);
    wider.set(this.#cells);
    this.#cells = wider;
  }
}
