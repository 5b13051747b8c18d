import { PPM_ONE } from '#kernel/money';
import type { Text } from '#kernel/refusal';
import type { DiscountOff } from '../rule/definition.ts';
import { ordinal } from './counts.ts';
import { amountText, numberText, percent, text, zhe } from './figures.ts';

/** A share off the price: "享 9.5 折", "减 12.5%", "免费". */
export function offText(rate: number): Text {
  if (rate === PPM_ONE) return text('免费', 'free');
  const short = zhe(rate);
  return text(short === null ? `减 ${percent(rate)}` : `享 ${short}`, `${percent(rate)} off`);
}

/** The same in Chinese, after "第 2 件": "9.5 折", "减 12.5%", "免费". */
export function lessText(rate: number): string {
  return offText(rate).zh.replace(/^享 /, ' ');
}

function saved(rate: number): Text {
  return text(offText(rate).zh, rate === PPM_ONE ? 'get it free' : `save ${percent(rate)}`);
}

export function savesText(off: DiscountOff, bare: boolean): Text {
  switch (off.by) {
    case 'percent':
      return saved(off.rate);
    case 'amount': {
      const { zh, en } = amountText(off.amount, bare);
      return text(`减 ${zh}`, `save ${en}`);
    }
    case 'fixed_price': {
      const { zh, en } = amountText(off.price, bare);
      return text(`按每件 ${zh}购买`, `pay ${en} each`);
    }
    case 'tiered': {
      const [{ rate, amount }] = off.steps as [(typeof off.steps)[number]];
      if (rate !== undefined) return saved(rate);
      const { zh, en } = amountText(amount ?? 0, bare);
      return text(`减 ${zh}`, `save ${en}`);
    }
    case 'nth_item': {
      const nth = numberText(off.nth);
      return text(
        `享第 ${nth} 件${lessText(off.rate)}`,
        `get every ${ordinal(off.nth)} item ${offText(off.rate).en}`,
      );
    }
    case 'buy_get':
      return buyGetText(off.buy, off.get, off.rate);
    case 'bundle': {
      const { zh, en } = amountText(off.price, bare);
      return text(`按 ${zh}购买组合`, `get the set for ${en}`);
    }
  }
}

function buyGetText(buy: number, get: number, rate: number): Text {
  const less = offText(rate);
  const [bought, more] = [numberText(buy), numberText(get)];
  return rate === PPM_ONE
    ? text(`享买 ${bought} 送 ${more}`, `get ${more} free for ${bought} bought`)
    : text(
        `享买 ${bought} 件后另 ${more} 件${lessText(rate)}`,
        `get ${more} more at ${less.en} for ${bought} bought`,
      );
}
