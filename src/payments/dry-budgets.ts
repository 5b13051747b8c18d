import { steadyMs } from '#platform/clock';

/** Budgets whose funder had nothing left to lend a moment ago, so that not every sale asks again. */
export interface DryBudgets {
  has(org: number, budget: string): boolean;
  add(org: number, budget: string): void;
}

/** How long a funder who puts money in again waits at most until sales draw on it. */
const DRY_MS = 1_000;
const KEPT_MAX = 10_000;

export function dryBudgets(): DryBudgets {
  const until = new Map<string, number>();
  return {
    has: (org, budget) => (until.get(`${org}/${budget}`) ?? 0) > steadyMs(),
    add(org, budget) {
      if (until.size >= KEPT_MAX) until.clear();
      until.set(`${org}/${budget}`, steadyMs() + DRY_MS);
    },
  };
}
