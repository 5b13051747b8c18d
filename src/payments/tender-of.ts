import type { TenderFacts } from '#offers';
import type { AskedTender } from './asked-tender.ts';
import { issuerOf } from './bin/issuer-of.ts';
import type { CardAtTill, Tender } from './payment.ts';

/** Makes of a card's known digits what stands for it in an org: nothing can be read from it. */
export type TokenOf = (org: number, digits: string) => string;

/** Most numbers have 16 digits; of a longer one fewer are told than this supposes. */
const USUAL_LENGTH = 16;
const HIDDEN_MIN = 4;

/** A tender as a request asks it, with a token for its card. */
export function tenderOf(tokenOf: TokenOf, org: number, asked: AskedTender): Tender {
  switch (asked.kind) {
    case 'cash':
      return asked;
    case 'wallet':
      return asked;
    case 'card':
      return { ...asked, card: cardOf(tokenOf, org, asked.card) };
  }
}

type AskedCard = Extract<AskedTender, { kind: 'card' }>['card'];

function cardOf(
  tokenOf: TokenOf,
  org: number,
  { bin, last4, length, token }: AskedCard,
): CardAtTill {
  const hidden = (length ?? USUAL_LENGTH) - bin.length - last4.length;
  return {
    bin,
    last4: hidden < HIDDEN_MIN ? null : last4,
    token: token ?? tokenOf(org, `${bin}/${last4}`),
    length,
  };
}

/** What offers may ask of a tender. */
export function tenderFacts({ kind, amount = 0, card, wallet }: Tender): TenderFacts {
  return {
    method: kind,
    amount,
    ...(card && { card: cardFacts(card) }),
    ...(wallet && { wallet }),
  };
}

function cardFacts({ bin, token, length }: CardAtTill): NonNullable<TenderFacts['card']> {
  const { issuer, kind, scheme } = issuerOf(bin, length);
  return { bin, issuer, kind, scheme, token };
}
