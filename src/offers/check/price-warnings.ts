import type { FieldFault } from '#kernel/refusal';
import { yuan } from '#kernel/money';
import type { KnownGoods } from '../room.ts';
import type { Definition, Target } from '../rule/definition.ts';

/** A price that is none: every unit that it is for costs no more already. */
export function priceWarnings({ benefits }: Definition, goods: KnownGoods): FieldFault[] {
  return benefits.flatMap((benefit, index) => {
    if (benefit.kind !== 'discount' || benefit.off.by !== 'fixed_price' || !benefit.target)
      return [];
    const dearest = dearestOf(benefit.target, goods);
    if (dearest === null || benefit.off.price < dearest) return [];
    return [
      {
        pointer: `/benefits/${index}/off/price`,
        detail: {
          zh: `这些商品最高单价为 ${yuan(dearest)} 元，固定价不低于它，不会有任何减免`,
          en: `these goods cost at most ${dearest} fen, so this price takes nothing off`,
        },
      },
    ];
  });
}

function dearestOf(
  { skus = [], categories = [], brands = [] }: Target,
  goods: KnownGoods,
): number | null {
  const prices = [
    ...skus.map((sku) => goods.skus.get(sku)?.price),
    ...categories.map((category) => goods.categories.get(category)),
    ...brands.map((brand) => goods.brands.get(brand)),
  ].filter((price) => price !== undefined);
  return prices.length === 0 ? null : Math.max(...prices);
}
