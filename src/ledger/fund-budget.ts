import { newId } from '#kernel/ids';
import { item, need } from '#platform/record/part';
import type { Recorder } from '#platform/record/record';
import { account } from './account.ts';
import type { Journal } from './journal.ts';
import { ledgerPart } from './ledger-part.ts';
import { recordOnce, type Stamp } from './record-posting.ts';
import { budgetOverTotal } from './refusals.ts';

/** The kind of the journals that fund budgets; the proof of budgets sums them up. */
export const BUDGET_FUND = 'budget.fund';

export interface Funding extends Stamp {
  readonly org: number;
  /** Unique over all funders, such as a UUID: in a borrower's book it stands alone. */
  readonly budget: string;
  /** fen, above zero */
  readonly amount: number;
  /** fen that may be paid in over all */
  readonly total: number;
}

/**
 * Pays money into a budget of the funder's own book: Dr bank / Cr budget.
 * @throws Refused `budget_over_total`
 */
export async function fundBudget(
  recorder: Recorder,
  funding: Funding,
): Promise<{ journalId: string }> {
  const { org, budget, amount, total, occurredAt, valueDate, source, actor } = funding;
  const [bank, fund] = [account('1010'), account('2600', budget)];
  return recordOnce(recorder, funding, ['fund', org, budget, amount], {
    org,
    needs: [need(ledgerPart, org, { account: fund, lent: true })],
    decide(view) {
      const payable = Math.max(0, total - view.of(ledgerPart).funded(org, fund));
      if (amount > payable) return { kind: 'refuse', refusal: budgetOverTotal(total, payable) };
      const legs = [
        { account: bank, amount },
        { account: fund, amount: -amount },
      ];
      const journal: Journal = {
        journalId: newId(),
        kind: BUDGET_FUND,
        source,
        occurredAt,
        valueDate,
        actor,
        legs,
      };
      const answer = JSON.stringify({ journalId: journal.journalId });
      return { kind: 'accept', status: 201, answer, items: [item(ledgerPart, org, journal)] };
    },
  });
}
