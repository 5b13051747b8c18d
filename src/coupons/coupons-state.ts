import type { Coupon, Given, Span, Template } from './coupon.ts';
import type { Moved } from './give-back.ts';

/** What a hot write wants locked in the book of the templates' owner. */
export type CouponWant =
  /** A coupon that it may use or give back. */
  | { readonly coupon: string }
  /** All coupons that a payment granted. */
  | { readonly source: string }
  /** How many of a template count for a subject; see `subjectsOf`. */
  | { readonly template: string; readonly subject: string };

/** Coupons given at once, in the book of the template's owner. */
export interface NewIssue {
  /** The payment, or an id of its own for one by hand. */
  readonly source: string;
  readonly sourceNo: number;
  readonly kind: 'sale' | 'hand';
  readonly sellerOrg: number;
  readonly template: Template;
  readonly memberId: string | null;
  readonly span: Span;
  readonly issuedAt: Date;
  readonly actor: string;
  readonly coupons: readonly { readonly id: string; readonly code: string }[];
}

/** Coupons that move, all for the same reason, in the book of the template's owner. */
export interface NewMoves {
  readonly moves: readonly Moved[];
  /** The payment or refund, and in whose book it stands. */
  readonly source: { readonly org: number; readonly id: string } | null;
  readonly at: Date;
  readonly actor: string;
  /** Counts that go down, since what was granted is taken back. */
  readonly freed: readonly Freed[];
}

export interface Freed {
  readonly template: string;
  readonly subject: string;
  readonly count: number;
}

export type CouponsItem =
  | { readonly kind: 'issue'; readonly issue: NewIssue }
  | { readonly kind: 'move'; readonly moved: NewMoves };

interface Locked {
  coupon: Coupon;
  /** Its moves before the batch. */
  readonly was: number;
}

/** The coupons and counts that a batch has locked, as it has changed them so far. */
export class CouponsState {
  readonly #coupons = new Map<string, Locked>();
  readonly #counts = new Map<string, number>();

  lock(coupon: Coupon): void {
    this.#coupons.set(`${coupon.org}/${coupon.id}`, { coupon, was: coupon.moves });
  }

  count(org: number, template: string, subject: string, count: number): void {
    this.#counts.set(`${org}/${template}/${subject}`, count);
  }

  coupon(org: number, id: string): Coupon | undefined {
    return this.#coupons.get(`${org}/${id}`)?.coupon;
  }

  /** How often the coupon had moved before the batch. */
  movesBefore(org: number, id: string): number {
    return this.#of(org, id).was;
  }

  /** What decision `no` of a payment granted, if it was locked. */
  granted(org: number, source: string, no: number): Coupon[] {
    return [...this.#coupons.values()].flatMap(({ coupon }) =>
      coupon.org === org && coupon.source === source && coupon.sourceNo === no ? [coupon] : [],
    );
  }

  given(org: number, template: Template, memberId: string | null): Given {
    const of = (subject: string) => this.#counts.get(`${org}/${template.id}/${subject}`) ?? 0;
    return { inAll: of(template.id), toMember: memberId === null ? 0 : of(memberId) };
  }

  add(org: number, template: string, subject: string, count: number): void {
    const key = `${org}/${template}/${subject}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  move(org: number, { couponId, state, from, to, revoked, used }: Moved): void {
    const locked = this.#of(org, couponId);
    const { coupon } = locked;
    locked.coupon = { ...coupon, state, from, to, revoked, used, moves: coupon.moves + 1 };
  }

  #of(org: number, id: string): Locked {
    const locked = this.#coupons.get(`${org}/${id}`);
    if (!locked) throw new Error(`coupon ${id} was not locked`);
    return locked;
  }
}
