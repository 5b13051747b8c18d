import { must } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { allStoresNeeded } from './refusals.ts';

/** What concerns the whole org is not for who is bound to some stores. @throws Refused all_stores_needed */
export function demandAllStores({ principal }: Ctx): void {
  must(principal.stores === 'all', allStoresNeeded);
}
