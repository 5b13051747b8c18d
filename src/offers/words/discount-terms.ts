import { PPM_ONE } from '#kernel/money';
import type { Text } from '#kernel/refusal';
import type { Benefit, DiscountOff } from '../rule/definition.ts';
import { ordinal, plural } from './counts.ts';
import { money, numberText, text } from './figures.ts';
import { lessText, offText } from './saves-text.ts';
import { stepsText } from './steps-text.ts';
import { bundleTerms, buyGetTerms, fixedPriceText, withTimes } from './unit-terms.ts';

type Discount = Extract<Benefit, { readonly kind: 'discount' }>;

export function discountText({ off, select }: Discount): Text {
  const gets = offTerms(off);
  if (select === undefined) return gets;
  const count = numberText(select.units);
  const which =
    select.order === 'cheapest' ? text('最低价', 'cheapest') : text('最高价', 'dearest');
  const items = `the ${which.en} ${plural(select.units, 'item').replace(/^1 /, '')}`;
  return text(
    `${which.zh}的 ${count} 件${gets.zh}`,
    gets.en.startsWith('every item')
      ? gets.en.replace('every item', items)
      : gets.en === 'free'
        ? `${items} free`
        : `${gets.en} ${items}`,
  );
}

function offTerms(off: DiscountOff): Text {
  switch (off.by) {
    case 'percent':
      return offText(off.rate);
    case 'amount': {
      const { zh, en } = money(off.amount);
      if (off.times === undefined || off.times === 1) return text(`减 ${zh}`, `${en} off`);
      const times = numberText(off.times);
      return text(
        `减 ${zh},最多减 ${times} 次`,
        `${en} off, as often as that is reached, at most ${times} times`,
      );
    }
    case 'fixed_price':
      return fixedPriceText(off.price, off.units);
    case 'tiered':
      return stepsText(off.steps, ({ rate, amount }) =>
        rate === undefined ? reduced(amount ?? 0) : offText(rate),
      );
    case 'nth_item':
      return withTimes(
        text(
          `每第 ${numberText(off.nth)} 件${lessText(off.rate)}`,
          `every ${ordinal(off.nth)} item${off.rate === PPM_ONE ? '' : ' at'} ${offText(off.rate).en}`,
        ),
        off.times,
        text('件', 'item'),
      );
    case 'buy_get':
      return buyGetTerms(off);
    case 'bundle':
      return bundleTerms(off);
  }
}

function reduced(amount: number): Text {
  const { zh, en } = money(amount);
  return text(`减 ${zh}`, `${en} off`);
}
