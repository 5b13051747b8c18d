import type { Text } from '#kernel/refusal';
import type { Benefit } from '../rule/definition.ts';
import { backText } from './back-text.ts';
import { plural } from './counts.ts';
import { earnsText } from './earns-text.ts';
import { numberText, text } from './figures.ts';
import { remembered } from './remembered.ts';
import { savesText } from './saves-text.ts';
import { templateText } from './template-text.ts';

/**
 * What a benefit gives, after "可" or "to": "减 10 元", "save 10.00 yuan". Of steps the first one.
 * @param bare English amounts without "yuan", for a sentence that has just named it
 */
export function givesText(benefit: Benefit, bare = false): Text {
  return bare ? givesBare(benefit) : givesWhole(benefit);
}

const givesBare = remembered((benefit: Benefit) => gives(benefit, true));

const givesWhole = remembered((benefit: Benefit) => gives(benefit, false));

function gives(benefit: Benefit, bare: boolean): Text {
  switch (benefit.kind) {
    case 'discount':
      return savesText(benefit.off, bare);
    case 'points':
    case 'growth': {
      const { zh, en } = earnsText(benefit);
      return text(zh, `earn ${en}`);
    }
    case 'cashback':
      return backText(benefit, bare);
    case 'coupon': {
      const { template, quantity } = benefit;
      return text(
        `得优惠券「${templateText(template)}」${numberText(quantity)} 张`,
        `get ${plural(quantity, 'coupon')} ${templateText(template)}`,
      );
    }
    case 'gift': {
      const { sku, quantity } = benefit;
      return text(
        `获赠「${sku}」${numberText(quantity)} 件`,
        `get ${numberText(quantity)} of ${sku} as a gift`,
      );
    }
  }
}
