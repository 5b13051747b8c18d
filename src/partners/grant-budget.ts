import { must } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { insertGrants, lockBudget } from './budget-rows.ts';
import type { Budget } from './core.ts';
import { recordChange } from './record-change.ts';
import { budgetEnded } from './refusals.ts';

export interface Grant {
  readonly budget: string;
  /** Number of an org in the register; the caller has looked it up. */
  readonly borrower: number;
}

/** Lets an org draw on the budget. Idempotent. @throws Refused budget_unknown, budget_ended */
export function grantBudget(db: Database, ctx: Ctx, grant: Grant): Promise<Budget> {
  return db.transact([ctx.org], (tx) => grantBudgetIn(tx, ctx, grant));
}

/** Lets an org draw on it no more; what is lent to it stays usable. Idempotent. @throws Refused budget_unknown */
export function withdrawBudget(db: Database, ctx: Ctx, grant: Grant): Promise<Budget> {
  return db.transact([ctx.org], (tx) => withdrawBudgetIn(tx, ctx, grant));
}

/** `grantBudget` inside a transaction of `ctx.org`. */
export async function grantBudgetIn(tx: Tx, ctx: Ctx, grant: Grant): Promise<Budget> {
  const before = await lockBudget(tx, ctx.org, grant.budget);
  must(before.status !== 'ended', () => budgetEnded(before.code));
  if (before.borrowers.has(grant.borrower)) return before;
  const after = { ...before, borrowers: new Set([...before.borrowers, grant.borrower]) };
  await insertGrants(tx, ctx.org, before.id, [grant.borrower]);
  await recordChange(tx, ctx, 'partners.grant-budget', before, after);
  return after;
}

/** `withdrawBudget` inside a transaction of `ctx.org`. */
export async function withdrawBudgetIn(tx: Tx, ctx: Ctx, grant: Grant): Promise<Budget> {
  const before = await lockBudget(tx, ctx.org, grant.budget);
  if (!before.borrowers.has(grant.borrower)) return before;
  const borrowers = new Set(before.borrowers);
  borrowers.delete(grant.borrower);
  const after = { ...before, borrowers };
  await tx.execute(
    'delete from partners.budget_grant where org_id = $1 and budget_id = $2 and borrower = $3',
    [ctx.org, before.id, grant.borrower],
  );
  await recordChange(tx, ctx, 'partners.withdraw-budget', before, after);
  return after;
}
