import { CouponsState, readCoupons } from '#coupons';
import { Refused } from '#kernel/refusal';
import { account, balanceOf } from '#ledger';
import {
  decide,
  type Decision,
  explain,
  type Evaluation,
  type Explanation,
  type Facts,
  nearest,
  type OfferSet,
  readUsage,
} from '#offers';
import { budgetFor, drawRefusal } from '#partners';
import type { Ctx } from '#platform/context';
import type { Database } from '#platform/db/transact';
import { type CouponedBasket, couponWants, withCoupons } from './basket-coupons.ts';
import { NEAREST_MAX, QUOTE_SECONDS } from './core.ts';
import { explanationShown } from './explanation-shown.ts';
import { type Basket, type BasketInput, gatherBasket } from './gather-basket.ts';
import { refresh } from './gather-fresh.ts';
import { readHistory } from './read-history.ts';
import { rewardShown } from './sale-answer.ts';
import { quotedCoupons } from './sale-coupons.ts';
import { soldLines } from './sale.ts';
import type { Till } from './till.ts';

/**
 * What a sale would be now, with the reason of every live offer. Reads usage, budgets and history without locks
 * and stores nothing.
 * @throws Refused as `takePayment`, but for tenders
 */
export async function quotePayment(
  till: Till,
  ctx: Ctx,
  input: BasketInput,
  channel: Facts['channel'],
) {
  await refresh(till, ctx.org);
  const gathered = await gatherBasket(till, ctx, input, channel);
  const now = await readBasketCoupons(till.db, ctx.org, gathered);
  if (now === 'stale') return quotePayment(till, ctx, input, channel);
  const { basket, couponsLeft } = now;
  const limits = await readLimits(till.db, ctx.org, basket);
  const facts: Facts = { ...basket.facts, ...limits, ...(couponsLeft && { couponsLeft }) };
  const { set } = basket.live;
  const outcome = decide(facts, set);
  const explained = explain(facts, set, 'cashier', outcome);
  return quoteShown(ctx, basket, outcome.evaluation, explained);
}

/** The basket with its coupons as they stand. @throws Refused for one that was presented and is gone */
async function readBasketCoupons(
  db: Database,
  org: number,
  basket: Basket,
): Promise<CouponedBasket | 'stale'> {
  const wants = basket.coupons ? couponWants(basket.coupons) : [];
  const owners = [...new Set(wants.map((want) => want.org))];
  const state =
    wants.length > 0 ? await db.read(owners, (tx) => readCoupons(tx, wants)) : new CouponsState();
  const now = withCoupons(org, basket, state);
  if (typeof now === 'object' && 'code' in now) throw new Refused(now);
  return now;
}

async function readLimits(
  db: Database,
  org: number,
  { live, counters, budgets, history: asked }: Basket,
): Promise<Pick<Facts, 'usage' | 'budgets' | 'history'>> {
  const funders = fundersOf(live.set);
  const usage = await db.read([org], (tx) => readUsage(tx, org, counters));
  const history = asked.length > 0 ? await db.read([org], (tx) => readHistory(tx, org, asked)) : {};
  const left = await Promise.all(
    budgets.map(
      async (budget) => [budget, await drawable(db, org, budget, funders.get(budget))] as const,
    ),
  );
  return { usage, budgets: Object.fromEntries(left), history };
}

/** fen that a sale could draw: what is lent to this book, and what a funder other than it could still lend it. */
export async function drawable(
  db: Database,
  org: number,
  budget: string,
  funder: number | undefined,
): Promise<number> {
  const here = await db.read([org], (tx) => balanceOf(tx, org, account('2610', budget)));
  if (funder === undefined || funder === org) return here.available;
  const known = await budgetFor(db, funder, budget).catch(() => undefined);
  if (!known || drawRefusal(known, org)) return here.available;
  const there = await db.read([funder], (tx) => balanceOf(tx, funder, account('2600', budget)));
  return here.available + Math.max(0, there.available);
}

function fundersOf({ offers }: OfferSet): Map<string, number> {
  const payers = offers.flatMap(({ benefits }) =>
    benefits.flatMap(({ payers: all }) => all.map(({ payer }) => payer)),
  );
  return new Map(
    payers.flatMap(({ budget, funderOrg }) =>
      budget !== undefined && funderOrg !== undefined ? [[budget, funderOrg] as const] : [],
    ),
  );
}

function quoteShown(
  ctx: Ctx,
  basket: Basket,
  evaluation: Evaluation,
  explained: readonly Explanation[],
) {
  const { gross, discount, due, decisions } = evaluation;
  const owned = (decision: Decision) => ({
    ownerOrg: basket.live.ownerOf(decision.offer),
    decision,
  });
  return {
    store_id: basket.storeId,
    business_day: basket.local.day,
    gross,
    discount,
    due,
    member: basket.member && {
      member_id: basket.member.memberId,
      programme_id: basket.member.programmeId,
    },
    lines: soldLines({ basket, evaluation }),
    rewards: decisions.map((decision) => rewardShown(decision, basket.local.day)),
    coupons: quotedCoupons(basket, decisions.map(owned)),
    offers: explained.map(explanationShown),
    nearest: nearest(explained).slice(0, NEAREST_MAX).map(explanationShown),
    expires_at: new Date(ctx.now.getTime() + QUOTE_SECONDS * 1000).toISOString(),
  };
}
