import type { Database } from '#platform/db/transact';

/**
 * What offers must read of other rooms, filled at assembly; read outside any transaction.
 * `org` is always the org whose offer it is.
 */
export interface Knows {
  /** Whether the org sells in stores of its own; another runs programmes in the stores of merchants. */
  merchant(org: number): Promise<boolean>;
  /** The zone of the org's days. */
  zone(org: number): Promise<string>;
  /** Whether the org has invited other merchants to serve a programme of its own. */
  guests(org: number): Promise<boolean>;
  /** Whether the store is one that the org's offers can be limited to. */
  store(org: number, storeId: string): Promise<boolean>;
  /** Whether a programme that matters to the org has a tier of this code. */
  tier(org: number, tier: string): Promise<boolean>;
  /** What the org sells of these; null where it sells nothing of its own. */
  goods(org: number, named: GoodsNamed): Promise<KnownGoods | null>;
  /** Whether an active org of this number is in the register. */
  funder(org: number): Promise<boolean>;
  /** The fen of the budget in all, if it stands in the funder's book and the borrower may draw on it; else null. */
  budget(funderOrg: number, budgetId: string, borrowerOrg: number): Promise<number | null>;
  /** Whether the BIN table knows a bank of this code. */
  issuer(code: string): Promise<boolean>;
  /** Whether the org has an active coupon template of this code. */
  template(org: number, code: string): Promise<boolean>;
  /** Every org of the register. */
  orgs(): Promise<readonly number[]>;
}

/** Goods as an offer names them. */
export interface GoodsNamed {
  readonly skus: readonly string[];
  readonly categories: readonly string[];
  readonly brands: readonly string[];
}

/** Those of the named goods that are there, of products not withdrawn. */
export interface KnownGoods {
  /** By SKU: the category and the unit price in fen. */
  readonly skus: ReadonlyMap<string, { readonly category: string | null; readonly price: number }>;
  /** By category and by brand: the highest unit price in fen. */
  readonly categories: ReadonlyMap<string, number>;
  readonly brands: ReadonlyMap<string, number>;
}

export interface OffersRoom {
  readonly db: Database;
  readonly knows: Knows;
}
