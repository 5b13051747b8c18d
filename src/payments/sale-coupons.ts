import {
  codeShown,
  type Coupon,
  couponsPart,
  newCoupons,
  type NewIssue,
  paymentCoupons,
  type Span,
  spanOf,
  type Template,
  useCoupon,
} from '#coupons';
import type { Text } from '#kernel/refusal';
import type { Decision, OwnedDecision } from '#offers';
import type { Database } from '#platform/db/transact';
import { type Item, item } from '#platform/record/part';
import type { Basket } from './gather-basket.ts';
import type { BasketCoupons } from './gather-coupons.ts';
import type { StoredPayment } from './read-payment.ts';

/** The coupons of a sale as its answer shows them. */
export interface CouponsShown {
  readonly used: CouponShown[];
  readonly issued: IssuedShown[];
}

export interface CouponShown {
  readonly coupon_id: string;
  readonly code: string;
  readonly template: string;
  readonly name: Text;
}

export interface IssuedShown extends CouponShown {
  readonly valid_from: string;
  readonly valid_to: string;
}

const NONE: CouponsShown = { used: [], issued: [] };

export interface SaleCoupons {
  readonly items: readonly Item[];
  readonly shown: CouponsShown;
}

interface Sold {
  readonly paymentId: string;
  readonly org: number;
  readonly actor: string;
  /** With its coupons as they are locked. */
  readonly basket: Basket;
  readonly decisions: readonly OwnedDecision[];
}

/** The template that a decision gives coupons of; null for a decision of another kind. */
function templateOf(
  { given }: BasketCoupons,
  ownerOrg: number,
  { kind, what, amount }: Decision,
): Template | null {
  if (kind !== 'coupon' || amount === 0) return null;
  const found = given.find(({ owner, code }) => owner === ownerOrg && code === what);
  if (!found?.template) throw new Error(`template ${what} gives no coupons`);
  return found.template;
}

/** What a sale writes of coupons in the books of their owners: those it uses, and those it gives. */
export function saleCoupons(sale: Sold): SaleCoupons {
  if (sale.basket.coupons === null) return { items: [], shown: NONE };
  const used = usedIn(sale);
  const issues = issuesIn(sale);
  const { org, paymentId: id, actor, basket } = sale;
  const stamp = { source: { org, id }, at: basket.occurredAt, actor, freed: [] };
  return {
    items: [
      ...used.map((coupon) => {
        const moved = { moves: [useCoupon(coupon, org, id)], ...stamp };
        return item(couponsPart, coupon.org, { kind: 'move', moved });
      }),
      ...issues.map(({ owner, issue }) => item(couponsPart, owner, { kind: 'issue', issue })),
    ],
    shown: {
      used: used.map(couponShown),
      issued: issues.flatMap(({ issue }) =>
        issue.coupons.map(({ id: coupon, code }) =>
          issuedShown(
            { id: coupon, code, template: issue.template.code, name: issue.template.name },
            issue.span,
          ),
        ),
      ),
    },
  };
}

function usedIn({ basket, decisions }: Pick<Sold, 'basket' | 'decisions'>): Coupon[] {
  return decisions.flatMap(({ decision: { coupon: id } }) => {
    if (id === undefined) return [];
    const coupon = basket.coupons?.usable.find((each) => each.id === id);
    if (!coupon) throw new Error(`coupon ${id} is none of the basket's`);
    return [coupon];
  });
}

function issuesIn({ paymentId, org, actor, basket, decisions }: Sold) {
  return decisions.flatMap(({ ownerOrg: owner, decision }, sourceNo) => {
    const template = basket.coupons && templateOf(basket.coupons, owner, decision);
    if (!template) return [];
    const span = spanOf(template, basket.local.day);
    if (!span) throw new Error(`template ${template.code} gives no coupons`);
    const issue: NewIssue = {
      source: paymentId,
      sourceNo,
      kind: 'sale',
      sellerOrg: org,
      template,
      memberId: basket.member?.memberId ?? null,
      span,
      issuedAt: basket.occurredAt,
      actor,
      coupons: newCoupons(decision.amount),
    };
    return [{ owner, issue }];
  });
}

/** The coupons that a sale would use, and the templates it would give of, with the days of one given now. */
export function quotedCoupons(basket: Basket, decisions: readonly OwnedDecision[]) {
  const { coupons, local } = basket;
  return {
    used: coupons ? usedIn({ basket, decisions }).map(couponShown) : [],
    given: decisions.flatMap(({ ownerOrg, decision }) => {
      const template = coupons && templateOf(coupons, ownerOrg, decision);
      const span = template && spanOf(template, local.day);
      if (!span) return [];
      const { code, name } = template;
      return [
        {
          template: code,
          name,
          quantity: decision.amount,
          valid_from: span.from,
          valid_to: span.to,
        },
      ];
    }),
  };
}

/** The coupons of a payment that stands, as its answer showed them; without a read where it has none. */
export async function couponsOf(
  db: Database,
  { paymentId, decisions }: Pick<StoredPayment, 'paymentId' | 'decisions'>,
): Promise<CouponsShown> {
  const concerned = decisions.filter(({ decision }) => concernsCoupons(decision));
  if (concerned.length === 0) return NONE;
  const owners = concerned.map(({ ownerOrg }) => ownerOrg);
  const ids = concerned.flatMap(({ decision: { coupon } }) => coupon ?? []);
  const { used, issued } = await paymentCoupons(db, { paymentId, owners, used: ids });
  return {
    used: used.map(couponShown),
    issued: issued.map(({ coupon, span }) => issuedShown(coupon, span)),
  };
}

function concernsCoupons({ kind, coupon }: Decision): boolean {
  return kind === 'coupon' || coupon !== undefined;
}

type Shown = Pick<Coupon, 'id' | 'code' | 'template' | 'name'>;

export function couponShown({ id, code, template, name }: Shown): CouponShown {
  return { coupon_id: id, code: codeShown(code), template, name };
}

function issuedShown(coupon: Shown, { from, to }: Span): IssuedShown {
  return { ...couponShown(coupon), valid_from: from, valid_to: to };
}
