import type { Text } from '#kernel/refusal';
import type { Benefit } from '../rule/definition.ts';
import { discountText } from './discount-terms.ts';
import { perYuanText, unitsText } from './earns-text.ts';
import { money, percent, text } from './figures.ts';
import { givesText } from './gives-text.ts';
import { type Step, stepsText } from './steps-text.ts';

/** What a benefit gives, whole, after "享" or "get": steps, limits within it and all. */
export function getsText(benefit: Benefit): Text {
  switch (benefit.kind) {
    case 'discount':
      return discountText(benefit);
    case 'points':
      return benefit.earn.by === 'tiered'
        ? stepsText(benefit.earn.steps, (step) => unitsStep('points', step))
        : earned(benefit);
    case 'growth':
      return earned(benefit);
    case 'cashback':
      return cashbackText(benefit);
    case 'coupon':
    case 'gift': {
      const { zh, en } = givesText(benefit);
      return text(zh, en.replace(/^get /, ''));
    }
  }
}

function earned(benefit: Benefit): Text {
  const { zh, en } = givesText(benefit);
  return text(zh.replace(/^得.*\(每 (.*)\)$/, '每实付 $1'), en.replace(/^earn /, ''));
}

function unitsStep(kind: 'points' | 'growth', { rate, amount }: Step): Text {
  if (rate !== undefined) return perYuanText(kind, rate);
  const { zh, en } = unitsText(kind, amount ?? 0);
  return text(`得 ${zh}`, en);
}

type Cashback = Extract<Benefit, { readonly kind: 'cashback' }>;

function cashbackText({ to, earn }: Cashback): Text {
  const [zh, en] = to === 'merchant' ? ['返利', 'rebate'] : ['返现', 'cash back'];
  const share = (rate: number): Text =>
    text(`按实付金额${zh} ${percent(rate)}`, `${percent(rate)} ${en} on what is really paid`);
  const sum = (fen: number): Text => text(`${zh} ${money(fen).zh}`, `${money(fen).en} ${en}`);
  switch (earn.by) {
    case 'rate':
      return share(earn.rate);
    case 'fixed':
      return sum(earn.amount);
    case 'tiered':
      return stepsText(earn.steps, ({ rate, amount }) =>
        rate === undefined
          ? sum(amount ?? 0)
          : text(`${zh} ${percent(rate)}`, `${percent(rate)} ${en}`),
      );
  }
}
