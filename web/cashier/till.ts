import type { Answered, Operations } from '#kit/base';

export type Product = Answered<Operations['listProducts']>['items'][number];
export type Quote = Answered<Operations['quotePayment']>;
export type Sale = Answered<Operations['takePayment']>;
export type Offer = Quote['offers'][number];

export interface Line {
  readonly sku: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly price: number;
  readonly quantity: number;
}

export interface Buyer {
  readonly phone?: string;
  readonly member_id?: string;
}

/** What stands on the counter: a basket that is not sold yet. */
export interface Basket {
  /** The idempotency key of its sale: the same however often it is sent. */
  readonly key: string;
  readonly lines: readonly Line[];
  readonly buyer: Buyer | null;
  readonly codes: readonly string[];
  readonly coupons: readonly string[];
}

export interface Held extends Basket {
  readonly at: string;
}

export type Act =
  | { readonly do: 'add'; readonly product: Product; readonly quantity: number }
  | { readonly do: 'set'; readonly sku: string; readonly quantity: number }
  | { readonly do: 'times'; readonly times: number }
  | { readonly do: 'buyer'; readonly buyer: Buyer | null }
  | { readonly do: 'code'; readonly code: string }
  | { readonly do: 'coupon'; readonly coupon: string }
  | { readonly do: 'back'; readonly basket: Basket }
  | { readonly do: 'fresh' };

const QUANTITY_MAX = 999_999;

export function freshBasket(): Basket {
  return { key: crypto.randomUUID(), lines: [], buyer: null, codes: [], coupons: [] };
}

/** The basket after an act. Pure, but for the key of a fresh basket. */
export function basketAfter(basket: Basket, act: Act): Basket {
  switch (act.do) {
    case 'add':
      return { ...basket, lines: withAdded(basket.lines, act.product, act.quantity) };
    case 'set':
      return { ...basket, lines: withQuantity(basket.lines, act.sku, act.quantity) };
    case 'times': {
      const last = basket.lines.at(-1);
      return last ? { ...basket, lines: withQuantity(basket.lines, last.sku, act.times) } : basket;
    }
    case 'buyer':
      return { ...basket, buyer: act.buyer };
    case 'code':
      return { ...basket, codes: [...new Set([...basket.codes, act.code.toUpperCase()])] };
    case 'coupon':
      return { ...basket, coupons: [...new Set([...basket.coupons, act.coupon])] };
    case 'back':
      return act.basket;
    case 'fresh':
      return freshBasket();
  }
}

function withAdded(lines: readonly Line[], { sku, name, price }: Product, more: number): Line[] {
  const found = lines.find((line) => line.sku === sku);
  const others = lines.filter((line) => line.sku !== sku);
  const quantity = Math.min((found?.quantity ?? 0) + more, QUANTITY_MAX);
  return [...others, { sku, name, price, quantity }];
}

function withQuantity(lines: readonly Line[], sku: string, quantity: number): Line[] {
  return lines.flatMap((line) => {
    if (line.sku !== sku) return [line];
    return quantity <= 0 ? [] : [{ ...line, quantity: Math.min(quantity, QUANTITY_MAX) }];
  });
}

/** fen before offers: shown until the server's quote is there. */
export function grossOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
}
