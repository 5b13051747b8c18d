import { PPM_ONE } from '#kernel/money';
import { ratio } from '#kernel/share';
import type { Benefit } from '../rule/definition.ts';

const FEN_PER_YUAN = 100;

/** A benefit that is a rate of what is bought. */
export interface Rate {
  /** Where the rate stands in the benefit. */
  readonly path: string;
  /** ppm, or ppm of points per yuan. */
  readonly rate: number;
  /** fen or points of so many fen. */
  readonly of: (fen: number) => number;
  readonly at: (rate: number, fen: number) => number;
}

/** The rate of a benefit that is one rate throughout; null for any other. */
export function rateOf(benefit: Benefit): Rate | null {
  switch (benefit.kind) {
    case 'discount':
      return benefit.off.by === 'percent'
        ? rated('off/rate', benefit.off.rate, PPM_ONE, benefit.off.rounding !== 'down')
        : null;
    case 'cashback':
      return benefit.earn.by === 'rate'
        ? rated('earn/rate', benefit.earn.rate, PPM_ONE, benefit.earn.rounding !== 'down')
        : null;
    case 'points':
    case 'growth':
      return benefit.earn.by === 'per_yuan'
        ? rated(
            'earn/rate',
            benefit.earn.rate,
            PPM_ONE * FEN_PER_YUAN,
            benefit.earn.rounding === 'half_up',
          )
        : null;
    case 'coupon':
    case 'gift':
      return null;
  }
}

function rated(path: string, rate: number, per: number, halfUp: boolean): Rate {
  const at = (each: number, fen: number) => ratio(fen, each, per, halfUp ? 'half-up' : 'down');
  return { path, rate, at, of: (fen) => at(rate, fen) };
}

/** The least rate that gives anything of so many fen. */
export function leastRateFor({ at }: Rate, fen: number): number {
  let [low, high] = [1, PPM_ONE * 1_000];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle, fen) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A benefit that is the same amount for everybody, and where it stands; null for any other. */
export function fixedOf(
  benefit: Benefit,
): { readonly path: string; readonly amount: number } | null {
  switch (benefit.kind) {
    case 'discount':
      return benefit.off.by === 'amount'
        ? { path: 'off/amount', amount: benefit.off.amount }
        : null;
    case 'points':
    case 'growth':
    case 'cashback':
      return benefit.earn.by === 'fixed'
        ? { path: 'earn/amount', amount: benefit.earn.amount }
        : null;
    case 'coupon':
    case 'gift':
      return { path: 'quantity', amount: benefit.quantity };
  }
}
