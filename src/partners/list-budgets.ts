import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { BUDGET_COLUMNS, type BudgetRow, budgetOfRow, readBudget } from './budget-rows.ts';
import type { Budget, BudgetStatus } from './core.ts';

/** Budgets of `ctx.org` by code, beginning behind the code `after`. */
export function listBudgets(
  db: Database,
  ctx: Ctx,
  asked: { after?: string | undefined; limit: number; status?: BudgetStatus | undefined },
): Promise<Budget[]> {
  return db.read([ctx.org], async (tx) => {
    const rows = await tx.query<BudgetRow>(
      `select ${BUDGET_COLUMNS} from partners.budget b
       where org_id = $1 and code > $2 and ($3::text is null or status = $3) order by code limit $4`,
      [ctx.org, asked.after ?? '', asked.status ?? null, asked.limit],
    );
    return rows.map(budgetOfRow);
  });
}

/** The budget as it stands now. @throws Refused budget_unknown */
export function budgetFor(db: Database, funder: number, id: string): Promise<Budget> {
  return db.read([funder], (tx) => readBudget(tx, funder, id));
}

export function budgetByCode(
  db: Database,
  funder: number,
  code: string,
): Promise<Budget | undefined> {
  return db.read([funder], async (tx) => {
    const [row] = await tx.query<BudgetRow>(
      `select ${BUDGET_COLUMNS} from partners.budget b where org_id = $1 and code = $2`,
      [funder, code],
    );
    return row && budgetOfRow(row);
  });
}
