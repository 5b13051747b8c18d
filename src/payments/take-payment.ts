import { newId } from '#kernel/ids';
import { Refused } from '#kernel/refusal';
import { stockPart } from '#catalog';
import { account, ledgerPart } from '#ledger';
import { offersPart } from '#offers';
import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Intent } from '#platform/record/intent';
import { item, need, type Need } from '#platform/record/part';
import { snapshotPart, stillCurrent } from '#platform/snapshot';
import { rewardsPart } from '#rewards';
import { type Basket, type BasketInput, gatherBasket } from './gather-basket.ts';
import { chargesOf, type Tender } from './payment.ts';
import { paymentsPart } from './payments-part.ts';
import { onceMore, type RequestKey, type Written, written } from './record-once.ts';
import { busyBooks, tenderRefused } from './refusals.ts';
import { saleAnswer } from './sale-answer.ts';
import { decideOffers, saleItems, type Sale } from './sale.ts';
import type { Till } from './till.ts';

export interface TakeInput extends BasketInput {
  readonly tenders: readonly Tender[];
}

const ATTEMPTS_MAX = 5;

/**
 * Takes a sale: prices it, decides its offers on locked counters and budgets, and writes payment, journal,
 * rewards and stock in one durable batch. The same key gives the same answer.
 * @throws Refused as described in contract.ts
 */
export function takePayment(
  till: Till,
  ctx: Ctx,
  key: RequestKey,
  input: TakeInput,
  channel: Sale['channel'],
): Promise<Written> {
  return onceMore(till.db, ctx, key, () => take(till, ctx, key, input, channel));
}

async function take(
  till: Till,
  ctx: Ctx,
  key: RequestKey,
  input: TakeInput,
  channel: Sale['channel'],
): Promise<Written> {
  const exhausted = new Set<string>();
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const basket = await gatherBasket(till, ctx, input, channel);
    const short = new Map<string, number>();
    const result = await till.recorder.record(
      intentOf(ctx, key, basket, { input, channel, exhausted, short }),
    );
    if (short.size > 0 && result.kind === 'stale') await borrow(till, ctx, short, exhausted);
    else if (result.kind === 'stale') forget(till, ctx.org);
    else return written(result);
  }
  throw new Refused(busyBooks());
}

interface Attempt {
  readonly input: TakeInput;
  readonly channel: Sale['channel'];
  /** Budgets whose funder has nothing left to lend: decide with what there is. */
  readonly exhausted: ReadonlySet<string>;
  /** Filled by the decision: budgets, by funder, that were too small for it. */
  readonly short: Map<string, number>;
}

function intentOf(ctx: Ctx, key: RequestKey, basket: Basket, attempt: Attempt): Intent {
  const { org } = ctx;
  const paymentId = newId();
  return {
    org,
    idempotency: {
      principal: actorOf(ctx.principal),
      key: key.idempotencyKey,
      hash: key.requestHash,
    },
    needs: needsOf(org, basket),
    others: basket.snapshots.map((snapshot) => snapshot.org),
    decide(view) {
      if (!stillCurrent(view.of(snapshotPart), basket.snapshots)) return { kind: 'stale' };
      const decided = decideOffers(
        org,
        basket,
        view.of(offersPart),
        view.of(ledgerPart),
        attempt.exhausted,
      );
      if (decided.short.size > 0) {
        for (const [budget, funder] of decided.short) attempt.short.set(budget, funder);
        return { kind: 'stale' };
      }
      const charges = chargesOf(decided.evaluation.due, attempt.input.tenders);
      if ('kind' in charges) return { kind: 'refuse', refusal: tenderRefused(charges) };
      const sale: Sale = {
        paymentId,
        org,
        actor: actorOf(ctx.principal),
        channel: attempt.channel,
        basket,
        ...decided,
        charges,
      };
      const items = saleItems(sale, attempt.input.override_reason);
      return {
        kind: 'accept',
        status: 201,
        answer: JSON.stringify(saleAnswer(sale, items.journal?.journalId ?? null)),
        items: [
          ...(items.journal ? [item(ledgerPart, org, items.journal)] : []),
          item(stockPart, org, items.stock),
          item(offersPart, org, items.offers),
          ...(items.rewards ? [item(rewardsPart, org, items.rewards)] : []),
          item(paymentsPart, org, items.payment),
        ],
      };
    },
  };
}

function needsOf(org: number, { snapshots, member, counters, budgets }: Basket): Need[] {
  const needs: Need[] = snapshots.map(({ org: of, kind }) => need(snapshotPart, of, { kind }));
  if (member?.ownerOrg === org) {
    needs.push(need(ledgerPart, org, { account: account('2210', member.memberId) }));
    needs.push(need(ledgerPart, org, { account: account('2031', member.memberId) }));
  }
  for (const budget of budgets)
    needs.push(need(ledgerPart, org, { account: account('2610', budget) }));
  for (const counter of counters) needs.push(need(offersPart, org, counter));
  return needs;
}

function forget(till: Till, org: number): void {
  till.orgs.forget(org);
  till.prices.forget(org);
  till.offers.forget(org);
}

async function borrow(
  till: Till,
  ctx: Ctx,
  short: ReadonlyMap<string, number>,
  exhausted: Set<string>,
): Promise<void> {
  for (const [budget, funder] of short) {
    if (!(await till.lease(ctx, funder, budget))) exhausted.add(budget);
  }
}
