import type { Database } from '#platform/db/transact';
import type { LiveOffers } from '../live-offers.ts';
import type { Knows } from '../room.ts';
import type { PastSales } from './past-sales.ts';

/** What simulating draws on, put together once at the start. */
export interface Simulator {
  readonly db: Database;
  readonly knows: Knows;
  readonly live: LiveOffers;
  readonly past: PastSales;
  readonly zoneOf: (org: number) => Promise<string>;
}
