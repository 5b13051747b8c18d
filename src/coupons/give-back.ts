import type { Day } from '#kernel/day';
import { type Coupon, type CouponState, type Span, spanOf } from './coupon.ts';

export type MoveKind =
  | 'used'
  | 'restored'
  | 'reissued'
  | 'forfeited'
  | 'reversed'
  | 'revoked'
  | 'expired'
  | 'voided';

/** What a move makes of a coupon. */
export interface Moved extends Span {
  readonly couponId: string;
  readonly kind: MoveKind;
  readonly state: CouponState;
  readonly revoked: boolean;
  readonly used: Coupon['used'];
}

function moved(coupon: Coupon, kind: MoveKind, change: Partial<Moved> = {}): Moved {
  const { id: couponId, from, to, state, revoked, used } = coupon;
  return { couponId, from, to, state, revoked, used, ...change, kind };
}

/** A sale uses an available coupon. */
export function useCoupon(coupon: Coupon, org: number, payment: string): Moved {
  return moved(coupon, 'used', { state: 'used', used: { org, payment } });
}

/** Someone voids an available coupon by hand. */
export function voided(coupon: Coupon): Moved {
  return moved(coupon, 'voided', { state: 'forfeited' });
}

/** What becomes of a used coupon when its sale is wholly refunded. */
export type BackPolicy = 'restore' | 'reissue' | 'forfeit';

/** "expired": it came back after its last day; "reversed": what had granted it was refunded before. */
export type BackOutcome = 'restored' | 'reissued' | 'forfeited' | 'expired' | 'reversed';

/**
 * Gives a used coupon back on a day: to its old last day, or ("reissue") with the days of one given today. A coupon
 * whose own grant was refunded while it was used does not come back.
 */
export function giveBack(
  coupon: Coupon,
  policy: BackPolicy,
  day: Day,
): { readonly outcome: BackOutcome; readonly move: Moved } {
  if (coupon.revoked)
    return {
      outcome: 'reversed',
      move: moved(coupon, 'reversed', { state: 'reversed', used: null }),
    };
  if (policy === 'forfeit')
    return {
      outcome: 'forfeited',
      move: moved(coupon, 'forfeited', { state: 'forfeited', used: null }),
    };
  const kind = policy === 'restore' ? 'restored' : 'reissued';
  const { from, to } = (policy === 'reissue' && spanOf(coupon.term, day)) || coupon;
  const move = moved(coupon, kind, { state: 'available', used: null, from, to });
  return { outcome: to < day ? 'expired' : kind, move };
}

/** First what the member can still use, so that as little as possible is kept. */
const ORDER: readonly CouponState[] = ['available', 'expired', 'forfeited', 'used'];

/**
 * Takes back `count` of the coupons that one decision granted. What is used stays with the sale that used
 * it ("revoked") and is not given back with that sale's refund. A coupon taken back once is not taken again.
 * @param granted all coupons of the decision
 */
export function takeBackGranted(
  granted: readonly Coupon[],
  count: number,
): { readonly reversed: readonly Moved[]; readonly kept: readonly Moved[] } {
  const open = granted
    .filter(({ state, revoked }) => state !== 'reversed' && !revoked)
    .toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.id < b.id ? -1 : 1))
    .slice(0, count);
  return {
    reversed: open
      .filter(({ state }) => state !== 'used')
      .map((coupon) => moved(coupon, 'reversed', { state: 'reversed' })),
    kept: open
      .filter(({ state }) => state === 'used')
      .map((coupon) => moved(coupon, 'revoked', { revoked: true })),
  };
}
