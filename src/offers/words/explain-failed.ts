import { type View, chosen } from '../engine/condition.ts';
import type { CompiledBenefit, CompiledOffer } from '../engine/offer.ts';
import { missesFound } from './explain-misses.ts';
import type { Found, Told } from './found.ts';
import type { Miss } from './miss.ts';
import { spendMiss } from './spend-miss.ts';
import { nearestOf } from './weigh.ts';

/** What does not match a sale: every condition that fails, the hardest first. */
export function failedFound(misses: Miss[], offer: CompiledOffer, told: Told): Found | null {
  const { view } = told.outcome;
  const heard = offer.benefits.filter(({ toMerchant }) => !toMerchant);
  const benefits = heard.length > 0 ? heard : offer.benefits;
  // An offer whose conditions could be met asks besides for what its benefit does.
  const ways = misses.some(({ reach }) => reach === 'never')
    ? [misses]
    : benefits.map((benefit) => together([...misses, ...spendAsked(benefit, view)]));
  const nearest = nearestOf(ways, view);
  const benefit = benefits[ways.indexOf(nearest)] ?? benefits[0]!;
  return missesFound(nearest, offer, benefit, told);
}

/** What a benefit asks to be spent on its goods, before any discount. */
function spendAsked({ target, spend, formula }: CompiledBenefit, { facts }: View): Miss[] {
  const least = Math.max(spend, formula.by === 'tiered' ? formula.steps[0]!.from : 0);
  let gross = 0;
  for (const line of facts.lines) if (target === null || chosen(target, line)) gross += line.amount;
  return gross < least ? [spendMiss(target, gross, least)] : [];
}

/**
 * Spending on the basket counts once, whatever asks for it: the largest amount. Who is asked to spend on
 * some goods need not be asked to buy of them.
 */
function together(all: readonly Miss[]): Miss[] {
  const goods = all.some(({ test }) => test.type === 'contains');
  const misses = goods ? all.filter(({ test }) => test.type !== 'target') : all;
  const most = Math.max(0, ...misses.filter(isBasket).map(({ missing }) => missing ?? 0));
  let kept = false;
  return misses.filter((miss) => {
    if (!isBasket(miss)) return true;
    if (kept || (miss.missing ?? 0) < most) return false;
    kept = true;
    return true;
  });
}

function isBasket({ test, unit }: Miss): boolean {
  return unit === 'fen' && (test.type === 'basket_amount' || test.type === 'basket_net');
}
