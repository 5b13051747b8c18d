import { type Org, orgByNumber } from '#merchants';
import type { Simulation } from '#offers';
import { budgetFor } from '#partners';
import type { App } from '../../app.ts';

/** What people call the orgs and budgets of a simulation: their codes. */
export interface Names {
  readonly merchant: string;
  readonly orgs: ReadonlyMap<number, string>;
  readonly budgets: ReadonlyMap<string, string>;
}

export async function namesIn({ db }: App, { code }: Org, { result }: Simulation): Promise<Names> {
  const orgs = new Map<number, string>();
  const budgets = new Map<string, string>();
  for (const { budget, funder_org: funder } of result?.budgets ?? []) {
    if (funder === null) continue;
    const org = await orgByNumber(db, funder);
    if (org) orgs.set(funder, org.code);
    budgets.set(budget, (await budgetFor(db, funder, budget)).code);
  }
  return { merchant: code, orgs, budgets };
}
