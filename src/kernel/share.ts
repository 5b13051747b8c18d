import { PPM_ONE } from './money.ts';

export type Rounding = 'half-up' | 'down' | 'up';

/**
 * `amount * rate`, rounded once to the unit. Half-up works on the absolute value, so
 * share(-a) = -share(a); "down" and "up" mean towards and away from zero.
 * @param rate parts per million
 */
export function share(amount: number, rate: number, rounding: Rounding = 'half-up'): number {
  return ratio(amount, rate, PPM_ONE, rounding);
}

/** `amount * numerator / denominator`, exact inside, rounded once. @throws RangeError if denominator <= 0. */
export function ratio(
  amount: number,
  numerator: number,
  denominator: number,
  rounding: Rounding = 'half-up',
): number {
  if (denominator <= 0) throw new RangeError(`denominator must be above 0: ${denominator}`);
  const negative = amount < 0 !== numerator < 0;
  const product = Math.abs(amount) * Math.abs(numerator);
  const rounded = Number.isSafeInteger(product * 2)
    ? roundedQuotient(product, denominator, rounding)
    : bigQuotient(Math.abs(amount), Math.abs(numerator), denominator, rounding);
  return negative && rounded !== 0 ? -rounded : rounded;
}

/**
 * Splits `total` over `weights` by largest remainder, ties to the lower index; the parts always
 * sum to `total`. All weights zero puts the whole on the first part.
 * @throws RangeError on no parts or a negative weight.
 */
export function split(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) throw new RangeError('nothing to split over');
  let sum = 0;
  for (const weight of weights) {
    if (weight < 0) throw new RangeError(`a weight may not be negative: ${weight}`);
    sum += weight;
  }
  if (sum === 0) return weights.map((_, index) => (index === 0 ? total : 0));
  const size = Math.abs(total);
  const parts: number[] = [];
  const remainders: { index: number; remainder: number }[] = [];
  let given = 0;
  weights.forEach((weight, index) => {
    const [quotient, remainder] = divided(size, weight, sum);
    parts.push(quotient);
    given += quotient;
    remainders.push({ index, remainder });
  });
  remainders.sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (let next = 0; given < size; next++, given++) {
    const { index } = remainders[next] as { index: number };
    parts[index] = (parts[index] as number) + 1;
  }
  return total < 0 ? parts.map((part) => (part === 0 ? 0 : -part)) : parts;
}

function divided(total: number, weight: number, sum: number): [number, number] {
  const product = total * weight;
  if (Number.isSafeInteger(product)) {
    const remainder = product % sum;
    return [(product - remainder) / sum, remainder];
  }
  const exact = BigInt(total) * BigInt(weight);
  return [Number(exact / BigInt(sum)), Number(exact % BigInt(sum))];
}

function roundedQuotient(product: number, denominator: number, rounding: Rounding): number {
  const remainder = product % denominator;
  const quotient = (product - remainder) / denominator;
  const up =
    rounding === 'up' ? remainder > 0 : rounding === 'half-up' && remainder * 2 >= denominator;
  return up ? quotient + 1 : quotient;
}

function bigQuotient(
  amount: number,
  numerator: number,
  denominator: number,
  rounding: Rounding,
): number {
  const product = BigInt(amount) * BigInt(numerator);
  const by = BigInt(denominator);
  const quotient = product / by;
  const remainder = product % by;
  const up = rounding === 'up' ? remainder > 0n : rounding === 'half-up' && remainder * 2n >= by;
  const result = Number(up ? quotient + 1n : quotient);
  if (!Number.isSafeInteger(result))
    throw new RangeError('the product does not fit a safe integer');
  return result;
}
