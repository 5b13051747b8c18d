import { newNumberedId } from '#kernel/ids';
import { Refused } from '#kernel/refusal';
import { stockPart } from '#catalog';
import { couponsPart } from '#coupons';
import { account, ledgerPart } from '#ledger';
import { offersPart } from '#offers';
import { actorOf } from '#platform/audit';
import type { Ctx } from '#platform/context';
import type { Intent } from '#platform/record/intent';
import { item, need, type Need } from '#platform/record/part';
import { type Ready, recordReady } from '#platform/record/ready';
import { snapshotPart, stillCurrent } from '#platform/snapshot';
import { rewardsPart } from '#rewards';
import { couponWants, withCoupons } from './basket-coupons.ts';
import type { Basket, BasketInput } from './gather-basket.ts';
import { demandRecording } from './demand-recording.ts';
import { forget, gatherFresh } from './gather-fresh.ts';
import { historyPart } from './history-part.ts';
import { saleHistory } from './move-history.ts';
import { chargesOf } from './payment.ts';
import { paymentsPart } from './payments-part.ts';
import { onceMore, type RequestKey, type Written, written } from './record-once.ts';
import { busyBooks, tenderRefused } from './refusals.ts';
import { saleAgain, saleAnswer, saleRemembered } from './sale-answer.ts';
import { saleCoupons } from './sale-coupons.ts';
import { decideOffers, saleItems, type Sale, saleShown, type Short } from './sale.ts';
import { rewardItems, rewardNeeds } from './sale-rewards.ts';
import type { Till } from './till.ts';

export type TakeInput = BasketInput;

const ATTEMPTS_MAX = 5;

/** How often a sale borrows before it is decided with what there is: others may take what it borrowed. */
const BORROWED_MAX = 8;

/**
 * Takes a sale: prices it, decides its offers on locked counters and budgets, and writes payment, journal,
 * rewards and stock in one durable batch. The same key gives the same answer.
 * @throws Refused as described in contract.ts
 */
export async function takePayment(
  till: Till,
  ctx: Ctx,
  key: RequestKey,
  input: TakeInput,
  channel: Sale['channel'],
): Promise<Written> {
  const result = await onceMore(till.db, ctx, key, async () => {
    const ready = await prepareSale(till, ctx, key, input, channel);
    return written(await recordReady(till.recorder, ready));
  });
  return result.replayed ? saleAgain(till.db, ctx.org, result) : result;
}

/**
 * Reads all that a sale needs. Recording it is left to the caller, who may so have many sales of one book
 * decided in a given order.
 * @throws Refused as described in contract.ts
 */
export async function prepareSale(
  till: Till,
  ctx: Ctx,
  key: RequestKey,
  input: TakeInput,
  channel: Sale['channel'],
): Promise<Ready> {
  demandRecording(ctx, input.tenders);
  return prepared(till, ctx, key, {
    input,
    channel,
    exhausted: new Set(),
    attempt: 1,
    borrowed: 0,
  });
}

interface Asked {
  readonly input: TakeInput;
  readonly channel: Sale['channel'];
  /** Budgets whose funder has nothing left to lend: decide with what there is. */
  readonly exhausted: ReadonlySet<string>;
  readonly attempt: number;
  /** How often it has borrowed. */
  readonly borrowed: number;
}

async function prepared(till: Till, ctx: Ctx, key: RequestKey, asked: Asked): Promise<Ready> {
  if (asked.attempt > ATTEMPTS_MAX) throw new Refused(busyBooks());
  const basket = await gatherFresh(till, ctx, asked.input, asked.channel);
  const dry = basket.budgets.filter((budget) => till.dry.has(ctx.org, budget));
  const enough = asked.borrowed < BORROWED_MAX ? [] : basket.budgets;
  const exhausted = new Set([...asked.exhausted, ...dry, ...enough]);
  const short = new Map<string, Short>();
  return {
    intent: intentOf(ctx, key, basket, { ...asked, exhausted, short }),
    async again() {
      if (short.size > 0) {
        const none = await borrow(till, ctx, short);
        const left = { exhausted: new Set([...exhausted, ...none]), borrowed: asked.borrowed + 1 };
        return prepared(till, ctx, key, { ...asked, ...left });
      }
      forget(till, ctx.org, basket.snapshots);
      return prepared(till, ctx, key, { ...asked, attempt: asked.attempt + 1 });
    },
  };
}

interface Attempt extends Asked {
  /** Filled by the decision: budgets that were too small for it. */
  readonly short: Map<string, Short>;
}

function intentOf(ctx: Ctx, key: RequestKey, gathered: Basket, attempt: Attempt): Intent {
  const { org } = ctx;
  const paymentId = newNumberedId();
  return {
    org,
    idempotency: {
      principal: actorOf(ctx.principal),
      key: key.idempotencyKey,
      hash: key.requestHash,
    },
    needs: needsOf(org, gathered),
    others: gathered.snapshots.map((snapshot) => snapshot.org),
    decide(view) {
      if (!stillCurrent(view.of(snapshotPart), gathered.snapshots)) return { kind: 'stale' };
      const now = withCoupons(org, gathered, view.of(couponsPart));
      if (now === 'stale') return { kind: 'stale' };
      if ('code' in now) return { kind: 'refuse', refusal: now };
      const { basket } = now;
      const decided = decideOffers(
        org,
        now,
        view.of(offersPart),
        view.of(ledgerPart),
        view.of(historyPart),
        attempt.exhausted,
      );
      if (decided.short.size > 0) {
        for (const [budget, lack] of decided.short) attempt.short.set(budget, lack);
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
      const items = saleItems(sale, view.of(rewardsPart), attempt.input.override_reason);
      const coupons = saleCoupons(sale);
      return {
        kind: 'accept',
        status: 201,
        answer: saleAnswer(
          saleShown(sale, items.journal?.journalId ?? null, coupons.shown),
          items.lines,
        ),
        remembered: saleRemembered(paymentId),
        items: [
          ...(items.journal ? [item(ledgerPart, org, items.journal)] : []),
          item(stockPart, org, items.stock),
          item(offersPart, org, items.offers),
          ...rewardItems(sale, items.rewards),
          ...coupons.items,
          item(paymentsPart, org, items.payment),
          ...saleHistory(view, sale),
        ],
      };
    },
  };
}

function needsOf(org: number, basket: Basket): Need[] {
  const { snapshots, counters, budgets, history, coupons } = basket;
  const needs: Need[] = [need(snapshotPart, org, snapshots), ...rewardNeeds(org, basket)];
  for (const budget of budgets)
    needs.push(need(ledgerPart, org, { account: account('2610', budget) }));
  for (const counter of counters) needs.push(need(offersPart, org, counter));
  for (const asked of history) needs.push(need(historyPart, org, asked));
  for (const want of coupons ? couponWants(coupons) : [])
    needs.push(need(couponsPart, want.org, want.value));
  return needs;
}

/** Borrows for budgets that were too small. @returns those that have nothing left to lend */
async function borrow(
  till: Till,
  ctx: Ctx,
  short: ReadonlyMap<string, Short>,
): Promise<readonly string[]> {
  const none: string[] = [];
  for (const [budget, { funder, missing }] of short) {
    if (await till.lease(ctx, funder, budget, missing)) continue;
    till.dry.add(ctx.org, budget);
    none.push(budget);
  }
  return none;
}
