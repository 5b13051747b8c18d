import { type Day, dayOf } from '#kernel/day';
import { Refused } from '#kernel/refusal';
import { account, balanceOf, fundBudget } from '#ledger';
import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import type { Recorder } from '#platform/record/record';
import { budgetFor } from './list-budgets.ts';
import { budgetEnded } from './refusals.ts';

/** What paying into a budget needs of the other floors. */
export interface BudgetMoney {
  readonly db: Database;
  readonly recorder: Recorder;
  /** A read that the merchants' register answers: the zone of an org's business days. */
  readonly zoneOf: (org: number) => Promise<string>;
}

/**
 * Pays money into a budget of `ctx.org`: from then on it can be lent. The same key pays once.
 * @param amount fen, above zero
 * @returns what is left to lend, in fen, and the journal.
 * @throws Refused budget_unknown, budget_ended, budget_over_total
 */
export async function payIntoBudget(
  { db, recorder, zoneOf }: BudgetMoney,
  ctx: Ctx,
  key: string,
  { budget: id, amount }: { readonly budget: string; readonly amount: number },
): Promise<{ left: number; journalId: string }> {
  const budget = await budgetFor(db, ctx.org, id);
  if (budget.status === 'ended') throw new Refused(budgetEnded(budget.code));
  const valueDate: Day = dayOf(ctx.now, await zoneOf(ctx.org));
  const { journalId } = await fundBudget(recorder, {
    org: ctx.org,
    budget: id,
    amount,
    total: budget.total,
    key,
    actor: actorOf(ctx.principal),
    occurredAt: ctx.now,
    valueDate,
    source: id,
  });
  const { available } = await db.read([ctx.org], (tx) =>
    balanceOf(tx, ctx.org, account('2600', id)),
  );
  return { left: available, journalId };
}
