import { PPM_ONE } from '#kernel/money';
import type { Text } from '#kernel/refusal';
import { itemsOf } from '../engine/items.ts';
import type { DiscountOff, Target } from '../rule/definition.ts';
import { itemsText } from './bounds-text.ts';
import { plural } from './counts.ts';
import { money, numberText, text } from './figures.ts';
import { allOf } from './lists.ts';
import { lessText, offText } from './saves-text.ts';

export function fixedPriceText(price: number, units: number | undefined): Text {
  const gets =
    price === 0
      ? text('免费', 'every item free')
      : text(`每件 ${money(price).zh}`, `every item at ${money(price).en}`);
  return withTimes(gets, units, text('件', 'item'));
}

export function withTimes(gets: Text, times: number | undefined, unit: Text): Text {
  if (times === undefined) return gets;
  const count = numberText(times);
  return text(
    `${gets.zh},每单限 ${count} ${unit.zh}`,
    `${gets.en}, at most ${plural(times, unit.en)} a sale`,
  );
}

function goodsText(items: Target): Text {
  return itemsText(itemsOf(items));
}

export function buyGetTerms(off: Extract<DiscountOff, { readonly by: 'buy_get' }>): Text {
  const of =
    off.of === undefined
      ? text('', '')
      : text(`「${goodsText(off.of).zh}」`, ` of ${goodsText(off.of).en}`);
  const [buy, get] = [numberText(off.buy), numberText(off.get)];
  const less = offText(off.rate);
  const gets =
    off.rate === PPM_ONE
      ? text(`每买 ${buy} 件送${of.zh} ${get} 件`, `${get}${of.en} free for every ${buy} bought`)
      : text(
          `每买 ${buy} 件,另 ${get} 件${of.zh}${of.zh === '' ? lessText(off.rate) : lessText(off.rate).trim()}`,
          `${get} more${of.en} at ${less.en} for every ${buy} bought`,
        );
  return withTimes(gets, off.times, text('组', 'set'));
}

export function bundleTerms(off: Extract<DiscountOff, { readonly by: 'bundle' }>): Text {
  const parts = off.parts.map(({ quantity, ...items }) => {
    const goods = goodsText(items);
    const count = numberText(quantity);
    return text(`${goods.zh} ${count} 件`, `${count} of ${goods.en}`);
  });
  const zh = parts.map((part) => part.zh).join(' + ');
  const price = money(off.price);
  return withTimes(
    text(`${zh},组合价 ${price.zh}`, `${allOf(parts).en} together for ${price.en}`),
    off.times,
    text('组', 'set'),
  );
}
