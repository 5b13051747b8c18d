import { must } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { findOrg } from './org-rows.ts';
import { operatorOnly } from './refusals.ts';

/** @throws Refused operator_only unless the product itself or an active operator's principal acts. */
export async function demandOperator(tx: Tx, { principal }: Ctx): Promise<void> {
  if (principal.kind === 'system' && principal.id !== 'nobody') return;
  const org = await findOrg(tx, principal.org);
  must(org?.kind === 'operator' && org.status === 'active', operatorOnly);
}
