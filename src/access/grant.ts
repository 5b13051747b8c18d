import { Refused, must } from '#kernel/refusal';
import type { Ctx, Principal } from '#platform/context';
import { grantBeyondYours, storeNotYours } from './refusals.ts';

/**
 * Nobody hands out, or takes from another, more than they have themselves; the product itself may.
 * @param stores null is all stores. @throws Refused grant_beyond_yours
 */
export function demandWithin(
  principal: Principal,
  scopes: Iterable<string>,
  stores: readonly string[] | null,
): void {
  if (principal.kind === 'system') return;
  const beyond = [...scopes].filter((scope) => !principal.scopes.has(scope));
  if (beyond.length > 0) throw new Refused(grantBeyondYours(beyond.join(', ')));
  const mine = principal.stores;
  if (mine === 'all') return;
  if (stores === null) throw new Refused(grantBeyondYours('*'));
  const foreign = stores.filter((store) => !mine.has(store));
  if (foreign.length > 0) throw new Refused(grantBeyondYours(foreign.join(', ')));
}

/** @throws Refused store_not_yours unless the principal may act in the store. */
export function demandStore(ctx: Ctx, storeId: string): void {
  const { stores } = ctx.principal;
  must(stores === 'all' || stores.has(storeId), () => storeNotYours(storeId));
}

/** Whether the principal has a permission that an operation needs only sometimes, such as price.override. */
export function may(ctx: Ctx, scope: string): boolean {
  return ctx.principal.kind === 'system' || ctx.principal.scopes.has(scope);
}
