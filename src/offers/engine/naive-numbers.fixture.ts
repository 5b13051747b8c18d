/** `amount * over / under` as a fraction, rounded once. Half-up unless "down". */
export function rounded(
  amount: number,
  over: number,
  under: number,
  rounding: 'down' | 'half_up' = 'half_up',
): number {
  const product = BigInt(amount) * BigInt(over);
  const twice = rounding === 'half_up' ? 2n * product + BigInt(under) : 2n * product;
  return Number(twice / (2n * BigInt(under)));
}

/** Largest remainder: everybody's whole part, then one by one to the largest fraction, the lower index first. */
export function sharedOut(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (all === 0n) throw new RangeError('nobody to share it');
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
  const parts = exact.map((each) => each / all);
  const order = exact
    .map((each, index) => ({ index, fraction: each % all }))
    .sort((a, b) => (a.fraction === b.fraction ? 0 : a.fraction > b.fraction ? -1 : 1));
  const left = Number(BigInt(total) - parts.reduce((sum, part) => sum + part, 0n));
  for (const { index } of order.slice(0, left)) parts[index]! += 1n;
  return parts.map(Number);
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
