import {
  type Coupon,
  type CouponsRoom,
  couponUnknown,
  findCoupon,
  type Template,
  unusable,
  unusableRefusal,
} from '#coupons';
import type { Day } from '#kernel/day';
import { must } from '#kernel/refusal';
import {
  type CouponFacts,
  type LiveSet,
  templateName,
  type TemplateOf,
  templatesIn,
} from '#offers';
import type { Snapshot } from '#platform/snapshot';

/** What a basket may use of coupons, and what it may be given. */
export interface BasketCoupons {
  /** Those presented, then the member's own, the one that ends first in front. */
  readonly usable: readonly Coupon[];
  /** Where each that was presented stood in the request, by its id. */
  readonly presented: ReadonlyMap<string, number>;
  readonly given: readonly GivenTemplate[];
  readonly memberId: string | null;
  readonly snapshots: readonly Snapshot<unknown>[];
}

/** A template that offers give; null if its owner has none of that code. */
export interface GivenTemplate {
  readonly owner: number;
  readonly code: string;
  readonly template: Template | null;
}

export interface CouponsAsked {
  readonly seller: number;
  readonly live: LiveSet;
  readonly memberId: string | null;
  readonly day: Day;
  /** Codes or ids. */
  readonly presented: readonly string[];
}

/** Coupons as facts name them, in the order of use. */
export function couponFacts(seller: number, coupons: readonly Coupon[]): CouponFacts[] {
  return coupons.map((coupon) => ({
    id: coupon.id,
    template: nameOf(seller, coupon),
    to: coupon.to,
  }));
}

function nameOf(seller: number, { org, template }: Coupon): string {
  return templateName(seller, { owner: org, code: template });
}

/** Whether a sale has to do with coupons: one was presented, or a live offer asks for some or gives some. */
export function concernsCoupons({ live, presented }: CouponsAsked): boolean {
  const { asked, given } = templatesIn(live.set);
  return presented.length + asked.length + given.length > 0;
}

/** @throws Refused for a coupon presented that cannot be used, at its place */
export async function gatherCoupons(
  room: CouponsRoom,
  asked: CouponsAsked,
): Promise<BasketCoupons> {
  const { seller, live, memberId, day } = asked;
  const templates = templatesIn(live.set);
  const [shown, own, given] = await Promise.all([
    presentedOf(room, asked),
    memberId === null ? [] : ownOf(room, templates.asked, seller, memberId, day),
    givenOf(room, templates.given, seller),
  ]);
  const wanted = new Set(templates.asked.map((each) => templateName(seller, each)));
  const coupons = new Map(
    [...shown.map(({ coupon }) => coupon), ...own].map((each) => [each.id, each]),
  );
  return {
    usable: [...coupons.values()].filter((coupon) => wanted.has(nameOf(seller, coupon))),
    presented: new Map(shown.toReversed().map(({ coupon, at }) => [coupon.id, at])),
    memberId,
    ...given,
  };
}

/** The orgs whose templates they are, each once. */
export function templateOwners(seller: number, templates: readonly TemplateOf[]): number[] {
  return [...new Set(templates.map(({ owner = seller }) => owner))];
}

async function presentedOf(
  room: CouponsRoom,
  { live, memberId, day, presented }: CouponsAsked,
): Promise<{ readonly coupon: Coupon; readonly at: number }[]> {
  const owners = live.recipe.owners.map(({ org }) => org);
  const found = await Promise.all(
    presented.map((reference) => findCoupon(room, owners, reference)),
  );
  return found.map((coupon, at) => {
    const pointer = `/coupons/${at}`;
    must(coupon, () => couponUnknown(pointer));
    const why = unusable(coupon, memberId, day);
    must(why === null, () => unusableRefusal(why!, coupon, pointer));
    return { coupon, at };
  });
}

async function ownOf(
  { lookUp }: CouponsRoom,
  templates: readonly TemplateOf[],
  seller: number,
  memberId: string,
  day: Day,
): Promise<Coupon[]> {
  const found = await Promise.all(
    templateOwners(seller, templates).map((org) => lookUp.usable({ org, memberId, day })),
  );
  const lastDayFirst = (a: Coupon, b: Coupon) =>
    a.to === b.to ? (a.id < b.id ? -1 : 1) : a.to < b.to ? -1 : 1;
  return found.flatMap((coupons) => coupons ?? []).toSorted(lastDayFirst);
}

async function givenOf(
  { templates: known }: CouponsRoom,
  given: readonly TemplateOf[],
  seller: number,
): Promise<Pick<BasketCoupons, 'given' | 'snapshots'>> {
  const owners = templateOwners(seller, given);
  const snapshots = await Promise.all(owners.map((owner) => known.get(owner)));
  const templates = given.map(({ owner = seller, code }) => ({
    owner,
    code,
    template: snapshots[owners.indexOf(owner)]!.value.get(code) ?? null,
  }));
  return { given: templates, snapshots };
}
