import type { CouponsRoom } from '#coupons';
import type { LedgerWant } from '#ledger';
import type { OrgFacts } from '#merchants';
import type { LiveOffers } from '#offers';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import type { Recorder } from '#platform/record/record';
import type { Snapshot, SnapshotSource } from '#platform/snapshot';
import type { DryBudgets } from './dry-budgets.ts';
import type { TokenOf } from './tender-of.ts';

/** A product as the till prices it. */
export interface PricedProduct {
  readonly sku: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly category: string | null;
  readonly brand: string | null;
  /** fen */
  readonly price: number;
  readonly status: 'active' | 'withdrawn';
}

/** A member as found at the till, through the programmes that the store serves. */
export interface MemberAtTill {
  readonly memberId: string;
  readonly programmeId: string;
  readonly ownerOrg: number;
  readonly pointValuePpm: number;
  readonly tier: string;
  readonly labels: readonly string[];
  readonly joinedDay: string;
  /** "MM-DD"; null where it was not told. */
  readonly birthday: string | null;
}

export interface MemberAsked {
  readonly phone?: string | undefined;
  readonly memberId?: string | undefined;
  readonly programmeId?: string | undefined;
}

/** All that a sale draws on, put together once at the start. */
export interface Till {
  readonly db: Database;
  readonly recorder: Recorder;
  readonly orgs: SnapshotSource<OrgFacts>;
  readonly prices: {
    get(
      org: number,
      skus: readonly string[],
    ): Promise<{
      readonly snapshot: Snapshot<unknown>;
      readonly products: ReadonlyMap<string, PricedProduct>;
    }>;
    forget(org: number): void;
  };
  readonly offers: LiveOffers;
  readonly coupons: CouponsRoom;
  /** @throws Refused if the store serves no programme, or the programme has no such member. */
  findMember(ctx: Ctx, storeId: string, asked: MemberAsked): Promise<MemberAtTill>;
  /**
   * Borrows from the funder's budget for this book and waits until it stands here. Sales that ask at the
   * same time borrow together, once.
   * @param missing fen that the sale lacks
   * @returns false if the budget has nothing left to lend.
   */
  lease(ctx: Ctx, funderOrg: number, budget: string, missing: number): Promise<boolean>;
  /** Carries what this book has sent another, so that what is read there is up to date. */
  carry(org: number, peer: number): Promise<void>;
  readonly dry: DryBudgets;
  readonly tokenOf: TokenOf;
}

export type { LedgerWant };
