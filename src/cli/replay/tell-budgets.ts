import { explainPayment } from '#payments';
import type { Database } from '#platform/db/transact';
import type { App } from '../../app.ts';
import { systemCtx } from '../system-ctx.ts';
import { type BudgetEvents, budgetEvents } from './budget-rows.ts';
import { type Closing, courseOf, type PlacedTicket } from './budget-course.ts';
import type { PlannedDay } from './plan-writes.ts';
import type { Ran } from './run-replay.ts';
import type { Stage, StagedBudget } from './stage.ts';

/** A budget after a replay. fen. */
export interface BudgetTold extends Closing {
  readonly code: string;
  /** The funder's code in the offers file. */
  readonly funder: string;
  readonly total: number;
  readonly granted: number;
  readonly taken_back: number;
  readonly spent: number;
  /** What the accounts of funder and merchant hold of it. */
  readonly left: number;
}

/** What became of the budgets, and between which tickets each was used up. */
export async function tellBudgets(
  app: App,
  stage: Stage,
  days: readonly PlannedDay[],
  { ids }: Pick<Ran, 'ids'>,
): Promise<BudgetTold[]> {
  const tickets = placedTickets(days, ids);
  const told: BudgetTold[] = [];
  for (const budget of stage.budgets.values()) {
    const events = await budgetEvents(app.db, stage.org, budget.id);
    const { granted, back } = sums(events);
    told.push({
      code: budget.code,
      funder: funderOf(stage, budget),
      total: budget.total,
      granted,
      taken_back: back,
      spent: granted - back,
      left: await leftIn(app.db, stage.org, budget),
      ...(await courseOf(tickets, events, budget, (payment) =>
        isRefused(app, stage.org, payment, budget.id),
      )),
    });
  }
  return told;
}

/** Sales and refunds in the order of the file. */
function placedTickets(
  days: readonly PlannedDay[],
  ids: ReadonlyMap<string, string>,
): PlacedTicket[] {
  return days.flatMap(({ writes }) =>
    writes.flatMap((write): PlacedTicket[] => {
      const id = ids.get(write.key.idempotencyKey);
      if (id === undefined || write.kind === 'return') return [];
      const { kind, invoice, time } = write;
      return [{ id, kind, invoice, time, gross: kind === 'sale' ? write.ticket.amount : 0 }];
    }),
  );
}

function sums({ sales, refunds }: BudgetEvents): { granted: number; back: number } {
  let [granted, back] = [0, 0];
  for (const { amount } of sales.values()) granted += amount;
  for (const amount of refunds.values()) back += amount;
  return { granted, back };
}

function funderOf({ funders }: Stage, { funderOrg }: StagedBudget): string {
  return [...funders].find(([, org]) => org === funderOrg)?.[0] ?? String(funderOrg);
}

async function leftIn(db: Database, org: number, { id, funderOrg }: StagedBudget): Promise<number> {
  const [row] = await db.read([org, funderOrg], (tx) =>
    tx.query<{ left: number }>(
      `select coalesce(sum(posted), 0)::bigint as left from ledger.v_balance
        where org_id = any($1::bigint[]) and code in ('2600', '2610') and owner = $2`,
      [[org, funderOrg], id],
    ),
  );
  return row?.left ?? 0;
}

/** Whether a sale was granted nothing because the budget was too small: decided again on the facts kept with it. */
async function isRefused(app: App, org: number, payment: string, budget: string): Promise<boolean> {
  const ctx = systemCtx(org, 'replay', app.clocks.now(org));
  const { offers } = await explainPayment(app.till, ctx, payment, 'merchant');
  return offers.some((offer) => offer.reason === 'budget' && offer.budget === budget);
}
