import { fen } from '#kernel/money';
import { Refused } from '#kernel/refusal';
import type { Tx } from '#platform/db/transact';
import type { Budget, BudgetStatus } from './core.ts';
import { budgetUnknown } from './refusals.ts';

export const BUDGET_COLUMNS = `org_id, budget_id, code, name_zh, name_en, total, chunk, open_to_all,
  status, created_at, array(select g.borrower::text from partners.budget_grant g
    where g.org_id = b.org_id and g.budget_id = b.budget_id order by g.borrower) as borrowers`;

export interface BudgetRow {
  readonly org_id: number;
  readonly budget_id: string;
  readonly code: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly total: number;
  readonly chunk: number;
  readonly open_to_all: boolean;
  readonly status: BudgetStatus;
  readonly created_at: Date;
  readonly borrowers: readonly string[];
}

export function budgetOfRow(row: BudgetRow): Budget {
  return {
    id: row.budget_id,
    org: row.org_id,
    code: row.code,
    name: { zh: row.name_zh, en: row.name_en },
    total: fen(row.total),
    chunk: fen(row.chunk),
    openToAll: row.open_to_all,
    borrowers: new Set(row.borrowers.map(Number)),
    status: row.status,
    createdAt: row.created_at,
  };
}

/** @throws Refused budget_unknown */
export async function readBudget(tx: Tx, org: number, id: string): Promise<Budget> {
  const [row] = await tx.query<BudgetRow>(
    `select ${BUDGET_COLUMNS} from partners.budget b where org_id = $1 and budget_id = $2`,
    [org, id],
  );
  if (!row) throw new Refused(budgetUnknown(id));
  return budgetOfRow(row);
}

/**
 * Locks a budget for a change, then reads it: a statement that waited for the lock itself would see
 * the grants as they were before it waited. @throws Refused budget_unknown
 */
export async function lockBudget(tx: Tx, org: number, id: string): Promise<Budget> {
  await tx.query('select from partners.budget where org_id = $1 and budget_id = $2 for update', [
    org,
    id,
  ]);
  return readBudget(tx, org, id);
}

export async function insertGrants(
  tx: Tx,
  org: number,
  id: string,
  borrowers: Iterable<number>,
): Promise<void> {
  await tx.execute(
    `insert into partners.budget_grant (org_id, budget_id, borrower)
     select $1, $2, unnest($3::bigint[]) on conflict do nothing`,
    [org, id, [...borrowers]],
  );
}
