import { newId } from '#kernel/ids';
import { type Item, item, need } from '#platform/record/part';
import type { Decided } from '#platform/record/intent';
import type { Recorder } from '#platform/record/record';
import { account } from './account.ts';
import type { Journal } from './journal.ts';
import { ledgerPart } from './ledger-part.ts';
import { recordOnce, type Stamp } from './record-posting.ts';
import { budgetExhausted } from './refusals.ts';
import type { Relay } from './relay.ts';

export interface LeaseAsk extends Stamp {
  readonly funderOrg: number;
  readonly borrowerOrg: number;
  readonly budget: string;
  /** fen; what is granted may be less */
  readonly amount: number;
}

/** What was lent or given back, and the transfer that carries it to the other book. */
export interface Leased {
  /** fen */
  readonly amount: number;
  readonly xferId: string;
}

/**
 * Lends a part of a budget to another book, so that spending it there never leaves that book:
 * Dr budget / Cr due.to here, and by the relay Dr due.from / Cr budget.lease there.
 * @returns min(asked, what is left).
 * @throws Refused `budget_exhausted`
 */
export async function leaseBudget(recorder: Recorder, ask: LeaseAsk): Promise<Leased> {
  const { funderOrg: org, borrowerOrg: borrower, budget, amount } = ask;
  const from = account('2600', budget);
  return recordOnce(recorder, ask, ['lease', org, borrower, budget, amount], {
    org,
    needs: [need(ledgerPart, org, { account: from })],
    decide(view) {
      const granted = Math.min(amount, view.of(ledgerPart).available(org, from));
      if (granted <= 0) return { kind: 'refuse', refusal: budgetExhausted(budget) };
      const xferId = newId();
      const legs = [
        { account: from, amount: granted },
        { account: account('2910', borrower), amount: -granted },
      ];
      const peer = {
        xferId,
        org: borrower,
        kind: 'budget.lease',
        source: ask.source,
        legs: [
          { code: '1910', owner: String(org), amount: granted },
          { code: '2610', owner: budget, amount: -granted },
        ],
      } as const;
      const lends = { budget, borrower, amount: granted };
      return accepted(
        org,
        { ...journalOf(ask, 'budget.lease'), legs, sends: [peer], lends },
        { amount: granted, xferId },
      );
    },
  });
}

/** Leases and waits until the amount stands in the borrower's book. */
export async function leaseNow(recorder: Recorder, relay: Relay, ask: LeaseAsk): Promise<Leased> {
  const leased = await leaseBudget(recorder, ask);
  await relay.deliver(ask.funderOrg, leased.xferId);
  return leased;
}

/**
 * Gives back what the borrower has not used, at most `amount`; 0 if nothing is left. The funder's budget
 * has it again when the relay has posted the peer's side.
 */
export async function returnLease(
  recorder: Recorder,
  ask: LeaseAsk,
): Promise<Leased | { readonly amount: 0 }> {
  const { funderOrg: funder, borrowerOrg: org, budget, amount } = ask;
  const lease = account('2610', budget);
  return recordOnce<Leased | { amount: 0 }>(
    recorder,
    ask,
    ['return', org, funder, budget, amount],
    {
      org,
      needs: [need(ledgerPart, org, { account: lease })],
      decide(view) {
        const back = Math.min(amount, view.of(ledgerPart).available(org, lease));
        if (back <= 0) return { kind: 'accept', status: 200, answer: '{"amount":0}', items: [] };
        const xferId = newId();
        const legs = [
          { account: lease, amount: back },
          { account: account('1910', funder), amount: -back },
        ];
        const peer = {
          xferId,
          org: funder,
          kind: 'budget.return',
          source: ask.source,
          legs: [
            { code: '2910', owner: String(org), amount: back },
            { code: '2600', owner: budget, amount: -back },
          ],
          bringsBack: { budget, amount: back },
        } as const;
        return accepted(
          org,
          { ...journalOf(ask, 'budget.return'), legs, sends: [peer] },
          { amount: back, xferId },
        );
      },
    },
  );
}

function journalOf(stamp: Stamp, kind: string) {
  const { source, occurredAt, valueDate, actor } = stamp;
  return { journalId: newId(), kind, source, occurredAt, valueDate, actor };
}

function accepted(org: number, journal: Journal, answer: Leased): Decided {
  const items: Item[] = [item(ledgerPart, org, journal)];
  return { kind: 'accept', status: 201, answer: JSON.stringify(answer), items };
}
