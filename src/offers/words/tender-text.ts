import type { Text } from '#kernel/refusal';
import { text } from './figures.ts';
import { glue } from './glue.ts';
import type { TenderTest } from './leaf.ts';
import { anyOf, names } from './lists.ts';
import { remembered } from './remembered.ts';
import { CARD_KINDS, SCHEMES, WALLETS, known } from './tender-words.ts';

/** With what to pay: "card", "信用卡", "ICBC 的银行卡". */
export const meansText = remembered((test: TenderTest): Text => {
  switch (test.type) {
    case 'tender':
      return names(test.methods);
    case 'issuer': {
      const { zh, en } = names(test.issuers);
      return text(glue(zh, '的银行卡'), `a card of ${en}`);
    }
    case 'bin': {
      const heads = test.ranges.map(({ from, to }) =>
        from === to ? text(from, from) : text(`${from} 至 ${to}`, `${from} to ${to}`),
      );
      const { zh, en } = few(heads);
      return text(`卡号以 ${zh} 开头的银行卡`, `a card whose number begins with ${en}`);
    }
    case 'card_kind':
      return anyOf([...test.kinds].map((kind) => known(CARD_KINDS, kind)));
    case 'scheme':
      return anyOf([...test.schemes].map((scheme) => known(SCHEMES, scheme)));
    case 'wallet':
      return anyOf([...test.wallets].map((wallet) => known(WALLETS, wallet)));
  }
});

function few(heads: readonly Text[]): Text {
  return text(names(heads.map(({ zh }) => zh)).zh, names(heads.map(({ en }) => en)).en);
}

/** What a condition on the tenders asks for, as a clause. */
export function tenderText(test: TenderTest): Text {
  const { zh, en } = meansText(test);
  return test.every
    ? text(glue('使用', zh, '付款'), `when paying by ${en}`)
    : text(glue('至少部分使用', zh, '付款'), `when paying at least part by ${en}`);
}
