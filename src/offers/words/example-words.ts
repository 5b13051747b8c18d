import type { Text } from '#kernel/refusal';
import type { Facts, LineFacts } from '../engine/facts.ts';
import { pieces } from './counts.ts';
import { money, numberText, text } from './figures.ts';
import { glue } from './glue.ts';
import { isTenderTest } from './leaf.ts';
import { allOf } from './lists.ts';
import { templateText } from './template-text.ts';
import { wordOf } from './tender-words.ts';
import type { Worked } from './worked.ts';

/** "消费 120.00 元", or what goods: "购买 tea 2 件,共 120.00 元". */
export function boughtText({ lines }: Facts): Text {
  const total = money(lines.reduce((sum, { amount }) => sum + amount, 0));
  const goods = [...Map.groupBy(lines, nameOf)].flatMap(([name, group]) =>
    name === '' ? [] : goodsText(name, group),
  );
  if (goods.length === 0) return text(`消费 ${total.zh}`, `spend ${total.en}`);
  const all = allOf(goods);
  return text(glue('购买', `${all.zh},共 ${total.zh}`), `buy ${all.en} for ${total.en}`);
}

function nameOf({ sku, category, brand }: LineFacts): string {
  return sku || category || brand || '';
}

function goodsText(name: string, lines: readonly LineFacts[]): Text {
  const count = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return text(`${name} ${pieces(count).zh}`, `${numberText(count)} of ${name}`);
}

/** With what it is paid, where the rule asks for it. */
export function paidText({ way, facts }: Worked): Text | null {
  const asked = way.find(isTenderTest);
  const [tender] = facts.tenders;
  if (asked === undefined || tender === undefined) return null;
  if (tender.wallet !== undefined) return payingBy(wordOf('wallet', tender.wallet));
  const { card } = tender;
  if (asked.type === 'tender' || card === undefined)
    return payingBy(text(tender.method, tender.method));
  const kind = card.kind === null ? null : wordOf('card_kind', card.kind);
  const scheme = card.scheme === null ? null : wordOf('scheme', card.scheme);
  const name = kind ?? scheme ?? text('银行卡', 'card');
  const of =
    card.issuer === null ? text('', '') : text(glue(card.issuer, '的'), ` of ${card.issuer}`);
  const head =
    asked.type === 'bin'
      ? text(`卡号以 ${card.bin} 开头的`, ` beginning with ${card.bin}`)
      : text('', '');
  return payingBy(text(glue(of.zh, head.zh, name.zh), `a ${name.en}${of.en}${head.en}`));
}

function payingBy({ zh, en }: Text): Text {
  return text(glue('使用', zh, '付款'), `paid by ${en}`);
}

/** What is shown at the till. */
export function shownText({ codes, coupons }: Facts): Text | null {
  if (coupons.length > 0) {
    const names = coupons.map(({ template }) => templateText(template));
    return text(`使用优惠券「${names.join('、')}」`, `with the coupon ${names.join(', ')}`);
  }
  return codes.length > 0 ? text('出示优惠码', 'with a promotion code') : null;
}
