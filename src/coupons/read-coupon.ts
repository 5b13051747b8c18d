import { isId } from '#kernel/ids';
import { Refused } from '#kernel/refusal';
import { allServed } from '#members';
import type { Ctx } from '#platform/context';
import { current } from '#platform/snapshot';
import type { Coupon } from './coupon.ts';
import { codeOf } from './core.ts';
import { couponUnknown } from './refusals.ts';
import type { CouponsRoom } from './room.ts';

/**
 * A coupon by code or id among those of some owners, in their order; undefined if none has it.
 * @param owners in whose books it may stand
 */
export async function findCoupon(
  { lookUp }: Pick<CouponsRoom, 'lookUp'>,
  owners: readonly number[],
  reference: string,
): Promise<Coupon | undefined> {
  const couponId = reference.toLowerCase();
  const code = codeOf(reference);
  if (!isId(couponId) && code === undefined) return undefined;
  const found = await Promise.all(
    owners.map((org) =>
      code === undefined ? lookUp.byId({ org, couponId }) : lookUp.byCode({ org, code }),
    ),
  );
  return found.find((coupon) => coupon !== undefined);
}

/**
 * A coupon of `ctx.org`, or of the owner of a programme that its stores serve.
 * @param reference its code, with or without hyphen, or its id. @throws Refused coupon_unknown
 */
export async function readCoupon(room: CouponsRoom, ctx: Ctx, reference: string): Promise<Coupon> {
  const { members } = room;
  const served = allServed((await current(members.db, members.programmes, ctx.org)).value);
  const owners = new Set([ctx.org, ...served.map(({ ownerOrg }) => ownerOrg)]);
  const coupon = await findCoupon(room, [...owners], reference);
  if (!coupon) throw new Refused(couponUnknown());
  return coupon;
}
