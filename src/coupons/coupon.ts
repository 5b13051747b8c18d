import { addDays, type Day } from '#kernel/day';
import type { Text } from '#kernel/refusal';

/** Usable between two days, both included; or through the day of issue + `days`. */
export type Validity =
  | { readonly type: 'fixed'; readonly from: Day; readonly to: Day }
  | { readonly type: 'rolling'; readonly days: number };

export type UsableFrom = 'next_day' | 'at_once';

/** When coupons of a template may be used. It never changes. */
export interface Term {
  readonly validity: Validity;
  /** The first usable day, counted from the day of issue; never on the sale that grants it. */
  readonly usableFrom: UsableFrom;
}

export interface Template extends Term {
  readonly id: string;
  /** Never changes; one within the org. Offers name it. */
  readonly code: string;
  readonly name: Text;
  /** How many there may be in all; null for no limit. */
  readonly quantity: number | null;
  /** How many one member may have been given; null for no limit. */
  readonly perMember: number | null;
  /** Of a stopped template nothing more is given; what was given stays usable. */
  readonly status: 'active' | 'stopped';
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** First and last usable day. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
}

export const COUPON_STATES = ['available', 'used', 'expired', 'reversed', 'forfeited'] as const;

/**
 * available -> used | expired | reversed (what granted it was refunded) | forfeited (voided, or gone with the
 * refund of its sale); used -> available, or what came of it meanwhile.
 */
export type CouponState = (typeof COUPON_STATES)[number];

export interface Coupon extends Span {
  readonly id: string;
  /** The org whose template it is; the coupon stands in its book. */
  readonly org: number;
  readonly code: string;
  readonly templateId: string;
  readonly template: string;
  readonly name: Text;
  readonly term: Term;
  /** Who may use it; null: whoever shows it. */
  readonly memberId: string | null;
  readonly state: CouponState;
  /** What gave it: a payment, or an issue by hand. */
  readonly source: string;
  /** Which decision of the payment. */
  readonly sourceNo: number;
  /** What granted it was refunded while it was used. */
  readonly revoked: boolean;
  /** The payment that used it, and in whose book that stands. */
  readonly used: { readonly org: number; readonly payment: string } | null;
  /** How often it has moved. */
  readonly moves: number;
}

/** First and last usable day of a coupon given on a day; null if its last day is over before the first. */
export function spanOf({ validity, usableFrom }: Term, issuedOn: Day): Span | null {
  const first = usableFrom === 'next_day' ? addDays(issuedOn, 1) : issuedOn;
  if (validity.type === 'rolling') return { from: first, to: addDays(issuedOn, validity.days) };
  const from = first > validity.from ? first : validity.from;
  return from <= validity.to ? { from, to: validity.to } : null;
}

/** Coupons of a template that count against its limits. */
export interface Given {
  readonly inAll: number;
  readonly toMember: number;
}

/** How many more may be given on a day; null for no limit. What is limited per member is for members alone. */
export function leftOf(
  template: Template,
  given: Given,
  memberId: string | null,
  day: Day,
): number | null {
  if (template.status === 'stopped' || !spanOf(template, day)) return 0;
  const { quantity, perMember } = template;
  if (perMember !== null && memberId === null) return 0;
  const inAll = quantity === null ? Infinity : quantity - given.inAll;
  const toMember = perMember === null ? Infinity : perMember - given.toMember;
  const left = Math.max(0, Math.min(inAll, toMember));
  return left === Infinity ? null : left;
}

/** Whose counts a coupon of the template is counted under: the template itself, the member. */
export function subjectsOf(template: Template, memberId: string | null): string[] {
  const subjects = template.quantity === null ? [] : [template.id];
  if (template.perMember !== null && memberId !== null) subjects.push(memberId);
  return subjects;
}

export type Unusable = 'used' | 'expired' | 'void' | 'not_yet' | 'not_yours';

/** Why a member (null: an anonymous buyer) cannot use a coupon on a day; null if they can. */
export function unusable(coupon: Coupon, memberId: string | null, day: Day): Unusable | null {
  const state = stateOn(coupon, day);
  if (state === 'used' || state === 'expired') return state;
  if (state !== 'available') return 'void';
  if (coupon.memberId !== null && coupon.memberId !== memberId) return 'not_yours';
  return coupon.from > day ? 'not_yet' : null;
}

/** What the coupon is on a day: one whose last day is over has expired, also before it is marked so. */
export function stateOn({ state, to }: Pick<Coupon, 'state' | 'to'>, day: Day): CouponState {
  return state === 'available' && to < day ? 'expired' : state;
}
