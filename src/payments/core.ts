/** Limits of a sale; the till checks them before it asks. Money is fen. */
export const LINES_MAX = 2_000;
export const QUANTITY_MAX = 1_000_000;
export const UNIT_PRICE_MAX = 1_000_000_000;
export const AMOUNT_MAX = 1_000_000_000_000;
export const TENDERS_MAX = 10;
export const CODES_MAX = 10;

/** How long a quote is worth looking at; prices and offers are decided again when the sale is taken. */
export const QUOTE_SECONDS = 60;

/** How many near misses a quote or an explanation names. */
export const NEAREST_MAX = 3;
