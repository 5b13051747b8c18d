import type { SaleFacts } from './facts.ts';
import { ask, type Asked, join, meet } from './meet.ts';
import type { OfferIndex } from './offer-index.ts';

/** Asks for the offers that admit the member, and what the buyer shows. */
export function meetBuyer(
  { sets, anonymous }: OfferIndex,
  { member, codes, coupons }: SaleFacts,
  asked: Asked,
): void {
  if (member === null) {
    if (anonymous !== null) ask(asked, anonymous);
  } else {
    meet(sets.programme, member.programme, asked);
    meet(sets.tier, member.tier, asked);
    if (sets.label !== null) {
      const { any, by, union } = sets.label;
      union.set(any);
      for (const label of member.labels) join(union, by.get(label));
      ask(asked, union);
    }
  }
  if (sets.code !== null) {
    const { any, by, union } = sets.code;
    union.set(any);
    for (const code of codes) join(union, by.get(code));
    ask(asked, union);
  }
  if (sets.coupon !== null) {
    const { any, by, union } = sets.coupon;
    union.set(any);
    for (const { template } of coupons) join(union, by.get(template));
    ask(asked, union);
  }
}
