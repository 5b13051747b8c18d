import { audit } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Tx } from '#platform/db/transact';
import { bumpSnapshot } from '#platform/snapshot';
import type { Budget } from './core.ts';

/** Audits what a verb did to a budget and tells processes that what they keep is outdated. */
export async function recordChange(
  tx: Tx,
  ctx: Ctx,
  verb: string,
  before: Budget | undefined,
  after: Budget,
): Promise<void> {
  const subject = `budget:${after.id}`;
  await bumpSnapshot(tx, ctx.org, 'budgets');
  await audit(tx, ctx, { verb, subject, before: before && plain(before), after: plain(after) });
}

/** A set would be audited as an empty object. */
function plain(budget: Budget): unknown {
  return { ...budget, borrowers: [...budget.borrowers] };
}
