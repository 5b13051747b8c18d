import type { Part } from '#platform/record/part';
import { subjectsOf } from './coupon.ts';
import { CouponsState, type CouponsItem, type CouponWant, type NewMoves } from './coupons-state.ts';
import { lockCoupons } from './lock-coupons.ts';
import { writeCoupons } from './write-coupons.ts';

/**
 * The coupons' share in a hot write, in the book of the templates' owner: locks what a basket presents or could
 * use, and what limits say; writes what is issued, used and given back.
 */
export const couponsPart: Part<CouponWant, CouponsState, CouponsItem> = {
  name: 'coupons',
  rank: 47,
  lock: lockCoupons,
  blank: () => new CouponsState(),
  decide(state, org, items) {
    return () => {
      for (const item of items) {
        if (item.kind === 'move') carryMoves(state, org, item.moved);
        else {
          const { template, memberId, coupons } = item.issue;
          for (const subject of subjectsOf(template, memberId))
            state.add(org, template.id, subject, coupons.length);
        }
      }
    };
  },
  write: writeCoupons,
};

function carryMoves(state: CouponsState, org: number, { moves, freed }: NewMoves): void {
  for (const move of moves) state.move(org, move);
  for (const { template, subject, count } of freed) state.add(org, template, subject, -count);
}
