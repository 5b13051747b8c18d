import type { Benefit } from '../rule/definition.ts';

/** In what a benefit is counted. */
export type Unit = 'fen' | 'points' | 'growth' | 'coupons' | 'pieces';

export function unitOf({ kind }: Benefit): Unit {
  switch (kind) {
    case 'discount':
    case 'cashback':
      return 'fen';
    case 'points':
      return 'points';
    case 'growth':
      return 'growth';
    case 'coupon':
      return 'coupons';
    case 'gift':
      return 'pieces';
  }
}

/** Whether somebody pays for the benefit by name: growth value costs nobody, coupons and gifts are goods. */
export function isPaidFor(benefit: Benefit): boolean {
  const unit = unitOf(benefit);
  return unit === 'fen' || unit === 'points';
}
