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

/** Up to so many parts the largest remainder is looked for anew each time, which is faster than sorting. */
const FEW = 8;

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
  const parts =
    weights.length <= FEW && Number.isSafeInteger(size * sum)
      ? splitOverFew(size, weights, sum)
      : splitOverMany(size, weights, sum);
  return total < 0 ? parts.map((part) => (part === 0 ? 0 : -part)) : parts;
}

/** @param total such that its product with the sum is a safe integer */
function splitOverFew(total: number, weights: readonly number[], sum: number): number[] {
  const parts = weights.slice();
  let left = total;
  for (let index = 0; index < parts.length; index++) {
    const part = quotientOf(total * weights[index]!, sum);
    parts[index] = part;
    left -= part;
  }
  for (; left > 0; left--) {
    let first = 0;
    let most = -sum;
    for (let index = 0; index < parts.length; index++) {
      // Under zero where one more was given already.
      const remainder = total * weights[index]! - parts[index]! * sum;
      if (remainder > most) [first, most] = [index, remainder];
    }
    parts[first]!++;
  }
  return parts;
}

function splitOverMany(total: number, weights: readonly number[], sum: number): number[] {
  const parts: number[] = [];
  const remainders: number[] = [];
  let left = total;
  for (const weight of weights) {
    const product = total * weight;
    if (Number.isSafeInteger(product)) {
      const part = quotientOf(product, sum);
      parts.push(part);
      remainders.push(product - part * sum);
    } else {
      const exact = BigInt(total) * BigInt(weight);
      parts.push(Number(exact / BigInt(sum)));
      remainders.push(Number(exact % BigInt(sum)));
    }
    left -= parts.at(-1)!;
  }
  if (left === 0) return parts;
  const order = parts.map((_, index) => index);
  order.sort((a, b) => remainders[b]! - remainders[a]! || a - b);
  for (let next = 0; next < left; next++) parts[order[next]!]!++;
  return parts;
}

/** Whole quotient of safe integers of at least 0; several times faster than the remainder operator. */
function quotientOf(product: number, denominator: number): number {
  const quotient = Math.floor(product / denominator);
  // The division is rounded, so a quotient next to a whole number can come out one too large.
  return quotient * denominator > product ? quotient - 1 : quotient;
}

function roundedQuotient(product: number, denominator: number, rounding: Rounding): number {
  const quotient = quotientOf(product, denominator);
  const remainder = product - quotient * denominator;
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
