import {
  type Coupon,
  type CouponsState,
  type CouponWant,
  leftOf,
  subjectsOf,
  unusable,
  unusableRefusal,
} from '#coupons';
import type { Refusal } from '#kernel/refusal';
import { budgetsOf, countersOf, type Facts, historyOf, templateName } from '#offers';
import type { Scoped } from '#platform/record/part';
import type { Basket } from './gather-basket.ts';
import { type BasketCoupons, couponFacts } from './gather-coupons.ts';

/** The rows that a basket with coupons is decided on: what it could use, and the counts of what it may be given. */
export function couponWants({ usable, given, memberId }: BasketCoupons): Scoped<CouponWant>[] {
  return [
    ...usable.map(({ org, id }) => ({ org, value: { coupon: id } })),
    ...given.flatMap(({ owner, template }) =>
      template
        ? subjectsOf(template, memberId).map((subject) => ({
            org: owner,
            value: { template: template.id, subject },
          }))
        : [],
    ),
  ];
}

/** A basket as its coupons stand, with how many more may be given. */
export interface CouponedBasket {
  readonly basket: Basket;
  readonly couponsLeft: Facts['couponsLeft'];
}

/**
 * A basket with the coupons that are usable still, on rows read with `couponWants`. A coupon of the member's that is
 * gone is left out; one that was presented refuses the sale, as it would have before.
 * @returns "stale" if without the coupons something else would have to be read
 */
export function withCoupons(
  seller: number,
  basket: Basket,
  state: CouponsState,
): CouponedBasket | Refusal | 'stale' {
  const { coupons, facts } = basket;
  if (coupons === null) return { basket, couponsLeft: undefined };
  const { memberId, presented } = coupons;
  const usable: Coupon[] = [];
  for (const { org, id } of coupons.usable) {
    const coupon = state.coupon(org, id);
    if (!coupon) throw new Error(`coupon ${id} was not read`);
    const why = unusable(coupon, memberId, facts.day);
    const at = presented.get(id);
    if (why !== null && at !== undefined) return unusableRefusal(why, coupon, `/coupons/${at}`);
    if (why === null) usable.push(coupon);
  }
  const now: Basket = {
    ...basket,
    coupons: { ...coupons, usable },
    facts: { ...facts, coupons: couponFacts(seller, usable) },
  };
  if (usable.length < coupons.usable.length && !readsNoMore(now, basket)) return 'stale';
  return { basket: now, couponsLeft: couponsLeftOf(seller, coupons, state, facts.day) };
}

function couponsLeftOf(
  seller: number,
  { given, memberId }: BasketCoupons,
  state: CouponsState,
  day: string,
): CouponedBasket['couponsLeft'] {
  const left: Record<string, number> = {};
  for (const { owner, code, template } of given) {
    const more = template
      ? leftOf(template, state.given(owner, template, memberId), memberId, day)
      : 0;
    if (more !== null) left[templateName(seller, { owner, code })] = more;
  }
  return Object.keys(left).length > 0 ? left : undefined;
}

/** An offer that a coupon kept from matching may match without it, and read what was not locked. */
function readsNoMore({ facts, live }: Basket, locked: Basket): boolean {
  const within = (keys: readonly string[], known: readonly string[]) =>
    keys.every((key) => known.includes(key));
  const keysOf = (asked: Basket['history']) => asked.map(({ key }) => key);
  return (
    within(countersOf(facts, live.set), locked.counters) &&
    within(budgetsOf(facts, live.set), locked.budgets) &&
    within(keysOf(historyOf(facts, live.set)), keysOf(locked.history))
  );
}
