import type { Text } from '#kernel/refusal';
import type { Benefit } from '../rule/definition.ts';
import { amountText, money, percent, text } from './figures.ts';

type Cashback = Extract<Benefit, { readonly kind: 'cashback' }>;

export function backText({ to, earn }: Cashback, bare: boolean): Text {
  const zh = to === 'merchant' ? '返利' : '返';
  const whose = to === 'merchant' ? ' as a rebate' : ' back';
  const share = (rate: number): Text =>
    text(`${zh} ${percent(rate)}`, `get ${percent(rate)}${whose}`);
  const sum = (fen: number): Text => {
    const amount = { zh: money(fen).zh, en: amountText(fen, bare).en };
    return text(`${zh} ${amount.zh}`, `get ${amount.en}${whose}`);
  };
  switch (earn.by) {
    case 'rate':
      return share(earn.rate);
    case 'fixed':
      return sum(earn.amount);
    case 'tiered': {
      const [{ rate, amount }] = earn.steps as [(typeof earn.steps)[number]];
      return rate === undefined ? sum(amount ?? 0) : share(rate);
    }
  }
}
