import type { Text } from '#kernel/refusal';
import type { Decision } from '../engine/decision.ts';
import type { Benefit } from '../rule/definition.ts';
import { plural } from './counts.ts';
import { unitsText } from './earns-text.ts';
import { money, numberText, text } from './figures.ts';
import { templateText } from './template-text.ts';

/** What was granted: "已减 10.00 元", "180 points earned". */
export function grantedText({
  kind,
  amount,
  to,
  what,
}: Pick<Decision, 'kind' | 'amount' | 'to' | 'what'>): Text {
  switch (kind) {
    case 'discount':
      return text(`已减 ${money(amount).zh}`, `${money(amount).en} off`);
    case 'points':
    case 'growth': {
      const { zh, en } = unitsText(kind, amount);
      return text(`得 ${zh}`, `${en} earned`);
    }
    case 'cashback':
      return to === 'merchant'
        ? text(`商户得返利 ${money(amount).zh}`, `${money(amount).en} rebate to the merchant`)
        : text(`返现 ${money(amount).zh}`, `${money(amount).en} cash back`);
    case 'coupon':
      return text(
        `得优惠券「${templateText(what ?? '')}」${numberText(amount)} 张`,
        `${plural(amount, 'coupon')} ${templateText(what ?? '')}`,
      );
    case 'gift':
      return text(
        `赠「${what}」${numberText(amount)} 件`,
        `${numberText(amount)} of ${what} as a gift`,
      );
  }
}

/** An amount in the unit of a kind: fen, points, growth value, coupons or pieces. */
export function inUnit(kind: Benefit['kind'], amount: number): Text {
  switch (kind) {
    case 'discount':
    case 'cashback':
      return money(amount);
    case 'points':
    case 'growth':
      return unitsText(kind, amount);
    case 'coupon':
      return text(`${numberText(amount)} 张`, plural(amount, 'coupon'));
    case 'gift':
      return text(`${numberText(amount)} 件`, plural(amount, 'item'));
  }
}
