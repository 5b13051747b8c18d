import type { Text } from '#kernel/refusal';
import { itemsOf } from '../engine/items.ts';
import type { Benefit } from '../rule/definition.ts';
import { remarks } from './benefit-remarks.ts';
import { itemsText } from './bounds-text.ts';
import { money, text } from './figures.ts';
import { getsText } from './gets-text.ts';
import { glue, sentence } from './glue.ts';
import { inUnit } from './granted-text.ts';

/**
 * What a benefit gives and for what, as sentences a member understands.
 * @param initial percent discounts measure on the price before other discounts
 */
export function benefitTerms(benefit: Benefit, initial: boolean): Text[] {
  const gets = getsText(benefit);
  const doing = doingText(benefit);
  const cap =
    'cap' in benefit && benefit.cap !== undefined ? inUnit(benefit.kind, benefit.cap) : null;
  const most =
    cap === null ? text('', '') : text(`,每单最多 ${cap.zh}`, `, at most ${cap.en} a sale`);
  const whole = benefit.kind === 'discount' && benefit.off.by !== 'bundle' ? '本单' : '';
  const chosen = benefit.kind === 'discount' && benefit.select !== undefined ? '其中' : '';
  const first =
    doing === null
      ? text(`${whole}${gets.zh}${most.zh}`, `get ${gets.en}${most.en}`)
      : text(
          `${doing.zh},${chosen}${gets.zh}${most.zh}`,
          `${doing.en} and get ${gets.en}${most.en}`,
        );
  return [first, ...remarks(benefit, initial)].map(sentence);
}

/** What to buy: "购买 tea 满 100.00 元"; null where anything does. */
function doingText({ target, spend, ...benefit }: Benefit): Text | null {
  const goods = target === undefined ? null : itemsText(itemsOf(target));
  if (spend === undefined) {
    return goods === null ? null : text(glue('购买', goods.zh), `buy ${goods.en}`);
  }
  const least = money(spend);
  const repeats =
    benefit.kind === 'discount' && benefit.off.by === 'amount' && (benefit.off.times ?? 1) > 1;
  const [each, at] = repeats ? ['每满', ''] : ['满', 'at least '];
  return goods === null
    ? text(`消费${each} ${least.zh}`, `spend ${at}${least.en}`)
    : text(glue('购买', goods.zh, `${each} ${least.zh}`), `spend ${at}${least.en} on ${goods.en}`);
}
