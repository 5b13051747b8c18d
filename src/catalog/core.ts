import type { Text } from '#kernel/refusal';

/** What a merchant sells. */
export interface Product {
  /** Compared as it is: "A1" and "a1" are two. */
  readonly sku: string;
  readonly name: Text;
  readonly category: string | null;
  readonly brand: string | null;
  /** Unit price in fen. */
  readonly price: number;
  readonly status: 'active' | 'withdrawn';
}

/** 1 to 64 characters, none of them a control, no blank at either end. */
export const SKU = /^(?=.{1,64}$)[^\s\p{Cc}\p{Cs}](?:[^\p{Cc}\p{Cs}]*[^\s\p{Cc}\p{Cs}])?$/u;

/** Whether two products are equal in all but their id. */
export function sameProduct(a: Product, b: Product): boolean {
  return (
    a.price === b.price &&
    a.name.zh === b.name.zh &&
    a.name.en === b.name.en &&
    a.category === b.category &&
    a.brand === b.brand &&
    a.status === b.status
  );
}
