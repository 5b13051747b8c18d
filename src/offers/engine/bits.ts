/** One bit per offer, in the set's order. */
export type Bits = Int32Array;

export function noBits(words: number): Bits {
  return new Int32Array(words);
}

/** Sets an offer's bit. */
export function add(bits: Bits, rank: number): void {
  bits[rank >>> 5]! |= 1 << (rank & 31);
}

/** Sets an offer's bit for a value; a new value begins with the offers that do not ask. */
export function admit<Value>(by: Map<Value, Bits>, any: Bits, value: Value, rank: number): void {
  let bits = by.get(value);
  if (bits === undefined) by.set(value, (bits = any.slice()));
  add(bits, rank);
}
