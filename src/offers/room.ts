import type { Database } from '#platform/db/transact';

/**
 * What offers must read of other rooms, filled at assembly; read outside any transaction.
 * `org` is always the org whose offer it is.
 */
export interface Knows {
  /** Whether the org sells in stores of its own; another runs programmes in the stores of merchants. */
  merchant(org: number): Promise<boolean>;
  /** Whether the org has invited other merchants to serve a programme of its own. */
  guests(org: number): Promise<boolean>;
  /** Whether the store is one that the org's offers can be limited to. */
  store(org: number, storeId: string): Promise<boolean>;
  /** Whether a programme that matters to the org has a tier of this code. */
  tier(org: number, tier: string): Promise<boolean>;
  /** Whether the budget stands in the funder's book and the borrower may draw on it. */
  budget(funderOrg: number, budgetId: string, borrowerOrg: number): Promise<boolean>;
  /** Whether the org has an active coupon template of this code. */
  template(org: number, code: string): Promise<boolean>;
}

export interface OffersRoom {
  readonly db: Database;
  readonly knows: Knows;
}
