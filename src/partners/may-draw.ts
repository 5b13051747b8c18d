import type { Refusal } from '#kernel/refusal';
import type { Budget } from './core.ts';
import { budgetEnded, budgetNotGranted, budgetPaused } from './refusals.ts';

/**
 * Why an org may not draw on a budget now; undefined if it may. The funder may always draw on its own.
 * Whether money is left is the ledger's to say.
 */
export function drawRefusal(budget: Budget, org: number): Refusal | undefined {
  const granted = org === budget.org || budget.openToAll || budget.borrowers.has(org);
  if (!granted) return budgetNotGranted(budget.code, org);
  if (budget.status === 'ended') return budgetEnded(budget.code);
  return budget.status === 'paused' ? budgetPaused(budget.code) : undefined;
}
