/** An amount in fen, the minor unit of CNY. Always a safe integer; never a float of yuan. */
export type Fen = number & { readonly __unit: 'fen' };

/** A whole number of points. */
export type Points = number & { readonly __unit: 'points' };

/** A rate in parts per million: 50_000 is 5 %. */
export type Ppm = number & { readonly __unit: 'ppm' };

export const PPM_ONE = 1_000_000;

/** @throws RangeError unless `value` is a safe integer. */
export function fen(value: number): Fen {
  return whole(value, 'fen') as Fen;
}

/** @throws RangeError unless `value` is a safe integer. */
export function points(value: number): Points {
  return whole(value, 'points') as Points;
}

/** @throws RangeError unless `value` is a safe integer of at least 0. */
export function ppm(value: number): Ppm {
  if (value < 0) throw new RangeError(`a rate may not be negative: ${value}`);
  return whole(value, 'ppm') as Ppm;
}

/** Converts an int8 that PostgreSQL sent as text. @throws RangeError beyond 2^53-1. */
export function fenOfText(text: string): Fen {
  return fen(Number(text));
}

/** Writes fen as yuan with two decimals, for people: 1234 -> "12.34". */
export function yuan(amount: number): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function whole(value: number, unit: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number of ${unit}: ${value}`);
  return value === 0 ? 0 : value;
}
