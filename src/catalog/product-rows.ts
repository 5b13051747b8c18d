import type { Product } from './core.ts';

export interface ProductRow {
  readonly sku: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly category: string | null;
  readonly brand: string | null;
  readonly price: number;
  readonly status: Product['status'];
}

export const PRODUCT_COLUMNS = 'sku, name_zh, name_en, category, brand, price, status';

export function productOfRow({ name_zh, name_en, ...row }: ProductRow): Product {
  const { sku, category, brand, price, status } = row;
  return { sku, name: { zh: name_zh, en: name_en }, category, brand, price, status };
}
