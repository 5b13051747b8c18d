import type { LeafOf } from '../engine/condition.ts';
import type { Text } from '#kernel/refusal';
import { boundsText, itemsText } from './bounds-text.ts';
import { pieces } from './counts.ts';
import { money, text } from './figures.ts';
import { glue } from './glue.ts';

export function containsText({ items, quantity, amount }: LeafOf<'contains'>): Text {
  const { zh, en } = itemsText(items);
  const counted = quantity > 1 ? pieces(quantity) : null;
  const paid = amount > 0 ? money(amount) : null;
  if (counted === null && paid === null) return text(glue('购买', zh), `with ${en} in the basket`);
  const least = [counted, paid].filter((each) => each !== null);
  return text(
    glue('购买', zh, `满 ${least.map((each) => each.zh).join('且满 ')}`),
    `with ${en} in the basket, at least ${least.map((each) => each.en).join(' and ')}`,
  );
}

export function unitPriceText(test: LeafOf<'unit_price'>): Text {
  const of = test.items === null ? null : itemsText(test.items);
  const which =
    test.which === 'cheapest' ? text('最低单价', 'cheapest') : text('最高单价', 'dearest');
  const bounds = boundsText(test, money);
  return text(
    glue(of === null ? '本单' : of.zh, which.zh, bounds.zh),
    `where the ${which.en} item${of === null ? '' : ` of ${of.en}`} costs ${bounds.en}`,
  );
}
