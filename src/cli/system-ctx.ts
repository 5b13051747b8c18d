import { PERMISSIONS } from '#access';
import type { Ctx, Principal } from '#platform/context';

const ALL: ReadonlySet<string> = new Set(Object.keys(PERMISSIONS));

/** The product itself acting in an org, under the name of what it does. */
export function systemCtx(org: number, name: string, now: Date): Ctx {
  const principal: Principal = { kind: 'system', id: name, name, org, scopes: ALL, stores: 'all' };
  return { org, principal, now, requestId: name, locale: 'en' };
}
