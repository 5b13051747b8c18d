import type { SaleFacts } from '../engine/facts.ts';
import type { TenderTest } from './leaf.ts';

/** What each tender is in the dimension that a condition asks about; nothing where it is not known. */
export function shownBy(type: TenderTest['type'], { tenders }: SaleFacts): string[] {
  const found = tenders.map(({ method, card, wallet }) => {
    switch (type) {
      case 'tender':
        return method;
      case 'wallet':
        return wallet;
      case 'issuer':
        return card?.issuer;
      case 'bin':
        return card?.bin;
      case 'card_kind':
        return card?.kind;
      case 'scheme':
        return card?.scheme;
    }
  });
  return [...new Set(found.filter((each) => each !== undefined && each !== null))];
}
