import type { Text } from '#kernel/refusal';
import type { LeafTest, Test } from '../engine/condition.ts';
import { requiredText } from './condition-text.ts';
import { text } from './figures.ts';
import { glue } from './glue.ts';
import type { Hearer } from './reader.ts';

const MUSTS = new Set<LeafTest['type']>([
  'basket_amount',
  'basket_net',
  'basket_quantity',
  'contains',
  'target',
  'unit_price',
  'tender',
  'issuer',
  'bin',
  'card_kind',
  'scheme',
  'wallet',
  'days_since_last',
  'history',
  'code',
  'coupon',
]);

/** What a condition asks for, as a demand: "仅限周二" and "only on Tuesday", "须使用 card 付款". */
export function onlyText(test: LeafTest, hearer: Hearer = 'staff'): Text {
  const { zh, en } = requiredText(test, hearer);
  return text(glue(MUSTS.has(test.type) ? '须' : '仅限', zh), `only ${en}`);
}

/** A whole tree as one clause: "会员等级 gold 且(周二或满 100.00 元)". */
export function treeText(test: Test, hearer: Hearer = 'staff'): Text {
  if (!('of' in test)) return requiredText(test, hearer);
  const parts = test.of.map((inner) => {
    const part = treeText(inner, hearer);
    return 'of' in inner && inner.of.length > 1 && inner.type !== 'none'
      ? text(`(${part.zh})`, `(${part.en})`)
      : part;
  });
  if (test.type === 'all') return joinedBy(parts, '且', ' and ');
  const either = joinedBy(parts, '或', ' or ');
  return test.type === 'any' ? either : text(`非(${either.zh})`, `not (${either.en})`);
}

function joinedBy(parts: readonly Text[], zh: string, en: string): Text {
  const pieces = parts.flatMap((part, index) => (index === 0 ? [part.zh] : [zh, part.zh]));
  return text(glue(...pieces), parts.map((part) => part.en).join(en));
}
