import { fen } from '#kernel/money';
import { must } from '#kernel/refusal';
import type { Ctx } from '#platform/context';
import { answer, bind, type Route } from '#platform/contract';
import type { Database } from '#platform/db/transact';
import { demandAllStores } from '#platform/http/demand-all-stores';
import { idempotent } from '#platform/http/idempotent';
import { decodeCursor, page } from '#platform/http/page';
import * as contract from './contract.ts';
import type { Budget } from './core.ts';
import { grantBudgetIn, withdrawBudgetIn } from './grant-budget.ts';
import { listBudgets } from './list-budgets.ts';
import { moveBudgetIn } from './move-budget.ts';
import { openBudgetIn } from './open-budget.ts';
import { type BudgetMoney, payIntoBudget } from './pay-into-budget.ts';
import { borrowerUnknown } from './refusals.ts';

/** A read that the merchants' register answers: those of the numbers that stand in it. */
export type KnownOrgs = (ids: readonly number[]) => Promise<ReadonlySet<number>>;

/** Told that a budget of `ctx.org` has ended, each time somebody ends it: brings home what it lent. */
export type BudgetEnded = (ctx: Ctx, budget: string) => Promise<void>;

export function partnersRoutes(
  money: BudgetMoney,
  knownOrgs: KnownOrgs,
  ended: BudgetEnded = async () => undefined,
): Route[] {
  const { db } = money;
  return [
    ...registerRoutes(db, knownOrgs),
    ...moveRoutes(db, ended),
    ...grantRoutes(db, knownOrgs),
    bind(contract.fundBudget, async (ctx, { params: { budget_id }, body: { amount }, meta }) => {
      demandAllStores(ctx);
      const asked = { budget: budget_id, amount };
      const { left, journalId } = await payIntoBudget(money, ctx, meta.idempotencyKey, asked);
      return answer(201, { budget_id, amount, left, journal_id: journalId });
    }),
  ];
}

function registerRoutes(db: Database, knownOrgs: KnownOrgs): Route[] {
  return [
    bind(contract.listBudgets, async (ctx, { query: { limit, cursor, status } }) => {
      const list = `budgets:${ctx.org}:${status ?? ''}`;
      const after = decodeCursor(list, cursor)?.[0] as string | undefined;
      const budgets = await listBudgets(db, ctx, { after, limit: limit + 1, status });
      return answer(
        200,
        page(budgets.map(shown), limit, list, (budget) => [budget.code]),
      );
    }),
    bind(contract.openBudget, async (ctx, { body, meta }) => {
      demandAllStores(ctx);
      const { code, name, borrowers, open_to_all: openToAll } = body;
      await demandKnown(
        knownOrgs,
        borrowers.map((org, index) => [`/borrowers/${index}`, org]),
      );
      const chunk = body.chunk === undefined ? undefined : fen(body.chunk);
      const wanted = { code, name, total: fen(body.total), chunk, openToAll, borrowers };
      return idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(201, shown(await openBudgetIn(tx, ctx, wanted))),
      }));
    }),
  ];
}

function moveRoutes(db: Database, ended: BudgetEnded): Route[] {
  const moves = [
    [contract.pauseBudget, 'pause'],
    [contract.resumeBudget, 'resume'],
    [contract.endBudget, 'end'],
  ] as const;
  return moves.map(([operation, move]) =>
    bind(operation, async (ctx, { params, meta }) => {
      demandAllStores(ctx);
      const done = await idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(200, shown(await moveBudgetIn(tx, ctx, params.budget_id, move))),
      }));
      if (move === 'end') await ended(ctx, params.budget_id);
      return done;
    }),
  );
}

function grantRoutes(db: Database, knownOrgs: KnownOrgs): Route[] {
  return [
    bind(contract.grantBudget, async (ctx, { params, body: { borrower }, meta }) => {
      demandAllStores(ctx);
      await demandKnown(knownOrgs, [['/borrower', borrower]]);
      const grant = { budget: params.budget_id, borrower };
      return idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(200, shown(await grantBudgetIn(tx, ctx, grant))),
      }));
    }),
    bind(contract.withdrawBudget, (ctx, { params, body: { borrower }, meta }) => {
      demandAllStores(ctx);
      const grant = { budget: params.budget_id, borrower };
      return idempotent(db, ctx, meta, async (tx) => ({
        answer: answer(200, shown(await withdrawBudgetIn(tx, ctx, grant))),
      }));
    }),
  ];
}

async function demandKnown(
  knownOrgs: KnownOrgs,
  asked: readonly (readonly [string, number])[],
): Promise<void> {
  if (asked.length === 0) return;
  const known = await knownOrgs(asked.map(([, org]) => org));
  const unknown = asked.filter(([, org]) => !known.has(org));
  must(unknown.length === 0, () => borrowerUnknown(unknown));
}

function shown({ id, code, name, total, chunk, openToAll, borrowers, status, createdAt }: Budget) {
  return {
    budget_id: id,
    code,
    name,
    total,
    chunk,
    open_to_all: openToAll,
    borrowers: [...borrowers].toSorted((a, b) => a - b),
    status,
    created_at: createdAt.toISOString(),
  };
}
