import type { Database } from '#platform/db/transact';
import { snapshots, type SnapshotSource } from '#platform/snapshot';
import { BUDGET_COLUMNS, type BudgetRow, budgetOfRow } from './budget-rows.ts';
import type { Budget } from './core.ts';

/** A funder's budgets, ended ones included, with their status. */
export interface BudgetFacts {
  readonly budgets: ReadonlyMap<string, Budget>;
  readonly budgetByCode: ReadonlyMap<string, Budget>;
}

/** Facts of kind 'budgets' by the funder's org; an org without budgets has empty ones. */
export function budgetSnapshots(db: Database): SnapshotSource<BudgetFacts> {
  return snapshots(db, 'budgets', async (tx, org) => {
    const rows = await tx.query<BudgetRow>(
      `select ${BUDGET_COLUMNS} from partners.budget b where org_id = $1 order by code`,
      [org],
    );
    const budgets = rows.map(budgetOfRow);
    return {
      budgets: new Map(budgets.map((budget) => [budget.id, budget])),
      budgetByCode: new Map(budgets.map((budget) => [budget.code, budget])),
    };
  });
}
