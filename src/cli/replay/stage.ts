import type { Text } from '#kernel/refusal';
import type { OfferSetFile } from './offer-set.ts';

export const ZONE = 'Europe/London';

/** A product as the tickets know it: named and priced where it first appears. Price in fen. */
export interface TicketProduct {
  readonly sku: string;
  readonly name: string;
  readonly price: number;
}

export interface StageAsked {
  /** The merchant's code; made if it is not there. */
  readonly code: string;
  readonly name: Text;
  readonly offers: OfferSetFile;
  /** Where they were read. */
  readonly offersPath: string;
  readonly products: readonly TicketProduct[];
  /** When the first ticket's day begins. */
  readonly begin: Date;
}

/** A budget of the file as it stands in the books. */
export interface StagedBudget {
  readonly code: string;
  readonly id: string;
  readonly funderOrg: number;
  /** fen */
  readonly total: number;
  /** The largest fixed amount of the offers, fen. */
  readonly most: number;
}

/** Where the tickets are taken: a sandbox merchant of the file's own, with its funders beside it. */
export interface Stage {
  readonly org: number;
  readonly code: string;
  readonly storeId: string;
  readonly programmeId: string;
  /** Orgs of the funders by their codes in the file. */
  readonly funders: ReadonlyMap<string, number>;
  readonly budgets: ReadonlyMap<string, StagedBudget>;
  /**
   * Offers ask what a member has from earlier sales besides their history: coupons, or the tier that growth gave.
   * That is read before a sale is decided, so the member's sales before must be in the books.
   */
  readonly readsMember: boolean;
}
