import { dayOf } from '#kernel/day';
import { must, Refused } from '#kernel/refusal';
import { actorOf, audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import { inTurn } from '#platform/db/in-turn';
import type { Tx } from '#platform/db/transact';
import { type Coupon, stateOn } from './coupon.ts';
import { couponsPart } from './coupons-part.ts';
import type { CouponsItem } from './coupons-state.ts';
import { voided } from './give-back.ts';
import { findCoupon } from './read-coupon.ts';
import { couponUnknown, couponUsed, unusableRefusal } from './refusals.ts';
import type { CouponsRoom } from './room.ts';

/**
 * Takes an unused coupon of `ctx.org` out of use for good. What limits count stays counted.
 * @param reference its code or id. @throws Refused coupon_unknown, coupon_used, coupon_expired, coupon_void
 */
export async function voidCoupon(
  room: CouponsRoom,
  ctx: Ctx,
  reference: string,
  reason: string,
): Promise<Coupon> {
  const work = await voidingCoupon(room, ctx, reference, reason);
  return room.db.transact([ctx.org], work);
}

/** Reads what `voidCoupon` needs; the answer is its work inside a transaction of `ctx.org`. */
export async function voidingCoupon(
  room: CouponsRoom,
  ctx: Ctx,
  reference: string,
  reason: string,
): Promise<(tx: Tx) => Promise<Coupon>> {
  const { org, now } = ctx;
  const found = await findCoupon(room, [org], reference);
  if (!found) throw new Refused(couponUnknown());
  const day = dayOf(now, (await room.orgs.get(org)).value.org.zone);
  return async (tx) => {
    const state = await couponsPart.lock(inTurn(tx), [{ org, value: { coupon: found.id } }]);
    const before = state.coupon(org, found.id) as Coupon;
    demandUnused(before, day);
    const moved = {
      moves: [voided(before)],
      source: null,
      at: now,
      actor: actorOf(ctx.principal),
      freed: [],
    };
    const item: CouponsItem = { kind: 'move', moved };
    const carry = couponsPart.decide(state, org, [item]);
    if (typeof carry === 'function') carry();
    await couponsPart.write(inTurn(tx), [{ org, value: item }], state);
    const after = state.coupon(org, found.id) as Coupon;
    await audit(tx, ctx, {
      verb: 'coupons.void',
      subject: `coupon:${found.id}`,
      before: { state: before.state },
      after: { state: after.state, reason },
    });
    return after;
  };
}

function demandUnused(coupon: Coupon, day: string): void {
  const state = stateOn(coupon, day);
  must(state !== 'used', () => couponUsed());
  must(state === 'available', () =>
    unusableRefusal(state === 'expired' ? 'expired' : 'void', coupon),
  );
}
