import type { LeafTest } from '../engine/condition.ts';
import type { LineFacts } from '../engine/facts.ts';
import { asking } from './asking.ts';
import type { Wish } from './wishes.ts';

/** Goods nobody asked for by name. */
export const ANY_SKU = '';

/**
 * Lines that fulfil the wishes and come to a total; null if the wishes alone come to more. Every line is
 * a whole number of fen per unit, so the total may be missed by a few.
 */
export function basketFor(
  way: readonly LeafTest[],
  wishes: readonly Wish[],
  total: number,
): LineFacts[] | null {
  const asked = wishes.length > 0 ? wishes : [{ items: null, quantity: 1, amount: 0 }];
  const units = asked.reduce((sum, { quantity }) => sum + quantity, 0);
  const least = Math.max(0, ...asking(way, 'basket_quantity').map(({ min }) => min));
  const rest = total - asked.reduce((sum, { amount }) => sum + amount, 0);
  if (rest < 0) return null;
  const share = Math.floor(rest / asked.length / 100) * 100;
  return asked.map(({ items, quantity, amount }, at) => {
    const count = at === 0 ? quantity + Math.max(0, least - units) : quantity;
    const worth = amount + (at === 0 ? rest - share * (asked.length - 1) : share);
    const [sku] = items?.skus ?? [];
    const [category] = sku === undefined ? (items?.categories ?? []) : [];
    const [brand] = sku === undefined && category === undefined ? (items?.brands ?? []) : [];
    return {
      sku: sku ?? ANY_SKU,
      category: category ?? null,
      brand: brand ?? null,
      quantity: count,
      amount: Math.ceil(worth / count) * count,
    };
  });
}

const DEFAULTS = [12_000, 10_000, 20_000, 50_000, 100_000, 5_000, 2_000, 1_000, 500] as const;
const TEN_YUAN = 1_000;

/** Totals worth trying: a little over what is asked for, round sums, and the bounds themselves. */
export function totalsFor(way: readonly LeafTest[], wishes: readonly Wish[]): number[] {
  const baskets = [...asking(way, 'basket_amount'), ...asking(way, 'basket_net')];
  const units = wishes.reduce((sum, { quantity }) => sum + quantity, 0) || 1;
  const prices = asking(way, 'unit_price').flatMap(({ min, max }) => [min * units, max * units]);
  const asked = [
    wishes.reduce((sum, { amount }) => sum + amount, 0),
    ...baskets.map(({ min }) => min),
    ...prices,
  ].filter((each) => each > 0 && Number.isFinite(each));
  const most = Math.min(...baskets.map(({ max }) => max));
  const over = asked
    .toSorted((a, b) => b - a)
    .flatMap((each) => [roundUp(each * 1.2), roundUp(each * 1.5), roundUp(each), each]);
  const tops = most === Infinity ? [] : [Math.floor(most / TEN_YUAN) * TEN_YUAN, most];
  const least = Math.max(0, ...asked);
  const wanted = least > 0 ? [...over, ...DEFAULTS] : DEFAULTS;
  return [...new Set([...wanted, ...tops])].filter((each) => each > 0 && each <= most);
}

function roundUp(fen: number): number {
  return Math.ceil(fen / TEN_YUAN) * TEN_YUAN;
}
