import { newId } from '#kernel/ids';
import { type Fen, fen } from '#kernel/money';
import { must, type Text } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import type { Database, Tx } from '#platform/db/transact';
import { insertGrants } from './budget-rows.ts';
import { type Budget, CHUNK_DEFAULT } from './core.ts';
import { recordChange } from './record-change.ts';
import { budgetChunkTooLarge, budgetCodeTaken } from './refusals.ts';

export interface WantedBudget {
  readonly code: string;
  readonly name: Text;
  readonly total: Fen;
  /** Default 50,000 fen, or the total if that is less. */
  readonly chunk?: Fen | undefined;
  readonly openToAll?: boolean | undefined;
  /** Numbers of orgs in the register. */
  readonly borrowers?: readonly number[] | undefined;
}

/**
 * Opens a live budget of `ctx.org`. It has no money yet: funding it is a posting in the ledger.
 * @throws Refused budget_code_taken, budget_chunk_too_large
 */
export function openBudget(db: Database, ctx: Ctx, wanted: WantedBudget): Promise<Budget> {
  return db.transact([ctx.org], (tx) => openBudgetIn(tx, ctx, wanted));
}

/** `openBudget` inside a transaction of `ctx.org`. */
export async function openBudgetIn(tx: Tx, ctx: Ctx, wanted: WantedBudget): Promise<Budget> {
  const { total, chunk = fen(Math.min(CHUNK_DEFAULT, total)) } = wanted;
  must(chunk <= total, () => budgetChunkTooLarge(chunk, total));
  const budget: Budget = {
    id: newId(),
    org: ctx.org,
    code: wanted.code,
    name: wanted.name,
    total,
    chunk,
    openToAll: wanted.openToAll ?? false,
    borrowers: new Set(wanted.borrowers),
    status: 'live',
    createdAt: ctx.now,
  };
  const { id, code, name, openToAll, status } = budget;
  const inserted = await tx.execute(
    `insert into partners.budget
       (org_id, budget_id, code, name_zh, name_en, total, chunk, open_to_all, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (org_id, code) do nothing`,
    [ctx.org, id, code, name.zh, name.en, total, chunk, openToAll, status, ctx.now],
  );
  must(inserted === 1, () => budgetCodeTaken(code));
  await insertGrants(tx, ctx.org, id, budget.borrowers);
  await recordChange(tx, ctx, 'partners.open-budget', undefined, budget);
  return budget;
}
