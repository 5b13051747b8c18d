import type { Text } from '#kernel/refusal';
import { text } from './figures.ts';
import type { TenderTest } from './leaf.ts';

export const CARD_KINDS: Readonly<Record<string, Text>> = {
  debit: text('借记卡', 'a debit card'),
  credit: text('信用卡', 'a credit card'),
  semi_credit: text('准贷记卡', 'a semi-credit card'),
  prepaid: text('预付卡', 'a prepaid card'),
};

export const SCHEMES: Readonly<Record<string, Text>> = {
  unionpay: text('银联卡', 'a UnionPay card'),
  visa: text('Visa 卡', 'a Visa card'),
  mastercard: text('万事达卡', 'a Mastercard'),
  amex: text('美国运通卡', 'an American Express card'),
  jcb: text('JCB 卡', 'a JCB card'),
  diners: text('大来卡', 'a Diners Club card'),
};

export const WALLETS: Readonly<Record<string, Text>> = {
  wechat: text('微信支付', 'WeChat Pay'),
  alipay: text('支付宝', 'Alipay'),
  unionpay: text('云闪付', 'UnionPay QuickPass'),
  digital_yuan: text('数字人民币', 'digital yuan'),
};

export const known = (words: Readonly<Record<string, Text>>, value: string): Text =>
  words[value] ?? text(value, value);

/** What the tender shows in the dimension that the condition asks about: "cash"; null where nothing is known. */
export function wordOf(type: TenderTest['type'], value: string): Text {
  if (type === 'card_kind') return bare(known(CARD_KINDS, value));
  if (type === 'scheme') return bare(known(SCHEMES, value));
  return type === 'wallet' ? known(WALLETS, value) : text(value, value);
}

function bare({ zh, en }: Text): Text {
  return text(zh, en.replace(/^an? /, ''));
}
