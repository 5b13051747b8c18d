import { must } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { lockBudget } from './budget-rows.ts';
import type { Budget, BudgetStatus } from './core.ts';
import { recordChange } from './record-change.ts';
import { budgetEnded } from './refusals.ts';

const MOVES = { pause: 'paused', resume: 'live', end: 'ended' } as const satisfies Record<
  string,
  BudgetStatus
>;

export type BudgetMove = keyof typeof MOVES;

/** Lends no more until it is resumed; what is lent stays usable. Idempotent. @throws Refused budget_unknown, budget_ended */
export function pauseBudget(db: Database, ctx: Ctx, id: string): Promise<Budget> {
  return db.transact([ctx.org], (tx) => moveBudgetIn(tx, ctx, id, 'pause'));
}

/** Lends again. Idempotent. @throws Refused budget_unknown, budget_ended */
export function resumeBudget(db: Database, ctx: Ctx, id: string): Promise<Budget> {
  return db.transact([ctx.org], (tx) => moveBudgetIn(tx, ctx, id, 'resume'));
}

/** Lends never again. Idempotent. @throws Refused budget_unknown */
export function endBudget(db: Database, ctx: Ctx, id: string): Promise<Budget> {
  return db.transact([ctx.org], (tx) => moveBudgetIn(tx, ctx, id, 'end'));
}

/** Any of the moves, inside a transaction of `ctx.org`. */
export async function moveBudgetIn(
  tx: Tx,
  ctx: Ctx,
  id: string,
  move: BudgetMove,
): Promise<Budget> {
  const before = await lockBudget(tx, ctx.org, id);
  const status = MOVES[move];
  if (before.status === status) return before;
  must(before.status !== 'ended', () => budgetEnded(before.code));
  const after: Budget = { ...before, status };
  await tx.execute('update partners.budget set status = $3 where org_id = $1 and budget_id = $2', [
    ctx.org,
    id,
    status,
  ]);
  await recordChange(tx, ctx, `partners.${move}-budget`, before, after);
  return after;
}
