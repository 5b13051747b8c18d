import { newId } from '#kernel/ids';
import { account, gathered, type Journal, type LedgerState, type Leg } from '#ledger';
import {
  decide,
  type Decision,
  type Evaluation,
  type Facts,
  type OffersItem,
  type OwnedDecision,
  type SaleFacts,
  type UsageState,
} from '#offers';
import { costOf, type GrantedRewards, grantRewards, type RewardsState } from '#rewards';
import type { CouponedBasket } from './basket-coupons.ts';
import { moneyLegs } from './clearing.ts';
import type { Basket } from './gather-basket.ts';
import type { HistoryState } from './history-state.ts';
import { rewardedSale } from './sale-rewards.ts';
import type { Charge, SoldLine } from './payment.ts';
import type { SaleShown } from './sale-answer.ts';
import type { CouponsShown } from './sale-coupons.ts';
import type { PaymentsItem } from './payments-item.ts';

/** A sale decided: everything that is to be written of it follows from this. */
export interface Sale {
  readonly paymentId: string;
  readonly org: number;
  readonly actor: string;
  readonly channel: SaleFacts['channel'];
  readonly basket: Basket;
  readonly evaluation: Evaluation;
  readonly decisions: readonly OwnedDecision[];
  readonly progress: readonly OwnedDecision[];
  readonly usage: SaleFactsUsage;
  readonly charges: readonly Charge[];
}

interface SaleFactsUsage {
  readonly usage: ReturnType<UsageState['facts']>;
  readonly budgets: Record<string, number>;
  readonly history: Facts['history'];
  readonly couponsLeft?: NonNullable<Facts['couponsLeft']>;
}

export interface DecidedOffers {
  readonly evaluation: Evaluation;
  readonly decisions: readonly OwnedDecision[];
  /** What the sale counts towards without being granted anything: stored behind the decisions. */
  readonly progress: readonly OwnedDecision[];
  readonly usage: SaleFactsUsage;
  /** Budgets that were too small and may be lent more. */
  readonly short: ReadonlyMap<string, Short>;
}

/** What a decision lacked of a budget. */
export interface Short {
  readonly funder: number;
  /** fen */
  readonly missing: number;
}

/** Decides the offers of a basket on locked counters, budgets and histories. */
export function decideOffers(
  org: number,
  { basket, couponsLeft }: CouponedBasket,
  counters: UsageState,
  ledger: LedgerState,
  past: HistoryState,
  exhausted: ReadonlySet<string>,
): DecidedOffers {
  const budgets: Record<string, number> = {};
  for (const budget of basket.budgets)
    budgets[budget] = ledger.available(org, account('2610', budget));
  const usage = counters.facts(org, basket.counters);
  const history = past.facts(org, basket.history);
  const read = { usage, budgets, history, ...(couponsLeft && { couponsLeft }) };
  const { evaluation, verdicts } = decide({ ...basket.facts, ...read }, basket.live.set);
  const short = new Map<string, Short>();
  for (const { grant } of basket.budgets.length > 0 ? [...verdicts.values()].flat() : []) {
    for (const { budget, funderOrg: funder, missing } of grant.short ?? []) {
      if (funder === undefined || exhausted.has(budget)) continue;
      short.set(budget, { funder, missing: missing + (short.get(budget)?.missing ?? 0) });
    }
  }
  const owned = (decision: Decision) => ({
    ownerOrg: basket.live.ownerOf(decision.offer),
    decision,
  });
  return {
    evaluation,
    decisions: evaluation.decisions.map(owned),
    progress: evaluation.progress.map(owned),
    usage: read,
    short,
  };
}

export interface SaleItems {
  /** The sold lines as JSON. */
  readonly lines: string;
  readonly journal: Journal | null;
  readonly stock: StockMove;
  readonly offers: OffersItem;
  readonly rewards: GrantedRewards;
  readonly payment: PaymentsItem;
}

interface StockMove {
  readonly moveId: string;
  readonly storeId: string;
  readonly kind: 'sale' | 'return';
  readonly source: string;
  readonly occurredAt: Date;
  readonly skus: readonly string[];
  readonly quantities: readonly number[];
}

/** What each room writes of a sale. `overrideReason` stands with the lines that were priced by hand. */
export function saleItems(
  sale: Sale,
  waiting: RewardsState,
  overrideReason: string | undefined,
): SaleItems {
  const { paymentId, basket } = sale;
  const decisions = [...sale.decisions, ...sale.progress];
  const rewards = grantRewards(waiting, rewardedSale(sale));
  const journal = journalOf(sale, rewards);
  const gifts = giftsOf(sale);
  const lines = JSON.stringify(soldLines(sale));
  return {
    lines,
    journal,
    stock: {
      moveId: paymentId,
      storeId: basket.storeId,
      kind: 'sale',
      source: paymentId,
      occurredAt: basket.occurredAt,
      skus: [...basket.lines.map(({ sku }) => sku), ...gifts.map(({ sku }) => sku)],
      quantities: [...basket.lines, ...gifts].map(({ quantity }) => -quantity),
    },
    offers: { paymentId, decisions, uses: decisions.flatMap(({ decision }) => decision.counters) },
    rewards,
    payment: paymentItem(lines, sale, journal?.journalId ?? null, overrideReason),
  };
}

/** What is shown of the sale in its answer. */
export function saleShown(sale: Sale, journalId: string | null, coupons: CouponsShown): SaleShown {
  const { basket, evaluation, decisions, charges } = sale;
  return {
    paymentId: sale.paymentId,
    storeId: basket.storeId,
    occurredAt: basket.occurredAt,
    businessDay: basket.local.day,
    gross: evaluation.gross,
    discount: evaluation.discount,
    due: evaluation.due,
    member: basket.member && { id: basket.member.memberId, programme: basket.member.programmeId },
    charges,
    decisions: decisions.map(({ decision }) => decision),
    coupons,
    journalId,
  };
}

/** The sale's lines with what was paid of each. */
export function soldLines({ basket, evaluation }: Pick<Sale, 'basket' | 'evaluation'>): SoldLine[] {
  return basket.lines.map((line, index) => {
    const { discount = 0, net = line.amount } = evaluation.lines[index] ?? {};
    const { sku, name, category, brand, quantity, unitPrice, amount } = line;
    return { sku, name, category, brand, quantity, unit_price: unitPrice, amount, discount, net };
  });
}

/** Goods that are handed over with the sale at no price. */
function giftsOf({ decisions }: Sale): { readonly sku: string; readonly quantity: number }[] {
  return decisions.flatMap(({ decision: { kind, what, amount } }) =>
    kind === 'gift' && what !== undefined ? [{ sku: what, quantity: amount }] : [],
  );
}

function journalOf(sale: Sale, { booked }: GrantedRewards): Journal | null {
  const { basket, evaluation, paymentId, actor } = sale;
  const funded = sale.decisions
    .filter(({ decision }) => decision.kind === 'discount')
    .flatMap(({ decision }) => costOf(decision.funding.filter(({ party }) => party === 'funder')));
  const revenue = evaluation.due + funded.reduce((sum, { amount }) => sum + amount, 0);
  const legs: Leg[] = [
    ...moneyLegs(sale.charges, basket.storeId),
    ...funded,
    { account: account('3010', basket.storeId), amount: -revenue },
  ];
  const all = gathered([...legs, ...booked.legs]);
  if (all.length === 0) return null;
  return {
    journalId: newId(),
    kind: 'sale',
    source: paymentId,
    occurredAt: basket.occurredAt,
    valueDate: basket.local.day,
    actor,
    legs: all,
    grants: booked.grants,
    sends: booked.sends,
  };
}

function paymentItem(
  lines: string,
  sale: Sale,
  journalId: string | null,
  overrideReason: string | undefined,
): PaymentsItem {
  const { basket, evaluation, charges } = sale;
  const { lines: _, ...facts } = basket.facts;
  const overrides = basket.lines.flatMap(({ override }) => override ?? []);
  return {
    kind: 'sale',
    payment: {
      paymentId: sale.paymentId,
      storeId: basket.storeId,
      channel: sale.channel,
      occurredAt: basket.occurredAt,
      businessDay: basket.local.day,
      member: basket.member && { org: basket.member.ownerOrg, id: basket.member.memberId },
      gross: evaluation.gross,
      discount: evaluation.discount,
      due: evaluation.due,
      lines,
      facts: JSON.stringify({
        ...facts,
        ...sale.usage,
        ...(overrides.length > 0 && { overrides, overrideReason }),
      }),
      offerSet: basket.live.recipeText,
      journalId,
      actor: sale.actor,
      charges,
    },
  };
}
