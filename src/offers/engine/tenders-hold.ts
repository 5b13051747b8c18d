import type { BinRange, LeafOf } from './condition.ts';
import type { CardFacts, TenderFacts } from './facts.ts';

type TenderLeaf = LeafOf<'tender' | 'issuer' | 'bin' | 'card_kind' | 'scheme' | 'wallet'>;

/** Whether every tender, or at least one, is as the test says; never without tenders. */
export function tendersHold(test: TenderLeaf, tenders: readonly TenderFacts[]): boolean {
  for (const tender of tenders) {
    if (tenderIs(test, tender) !== test.every) return !test.every;
  }
  return test.every && tenders.length > 0;
}

function tenderIs(test: TenderLeaf, { method, card, wallet }: TenderFacts): boolean {
  switch (test.type) {
    case 'tender':
      return test.methods.has(method);
    case 'wallet':
      return wallet !== undefined && test.wallets.has(wallet);
    case 'issuer':
    case 'bin':
    case 'card_kind':
    case 'scheme':
      return card !== undefined && cardIs(test, card);
  }
}

function cardIs(test: LeafOf<'issuer' | 'bin' | 'card_kind' | 'scheme'>, card: CardFacts): boolean {
  switch (test.type) {
    case 'issuer':
      return card.issuer !== null && test.issuers.has(card.issuer);
    case 'bin':
      return test.ranges.some((range) => inRange(range, card.bin));
    case 'card_kind':
      return card.kind !== null && test.kinds.has(card.kind);
    case 'scheme':
      return card.scheme !== null && test.schemes.has(card.scheme);
  }
}

/** More digits than are known of the card cannot be compared: the card does not belong. */
function inRange({ from, to }: BinRange, bin: string): boolean {
  if (bin.length < from.length) return false;
  const head = bin.slice(0, from.length);
  return from <= head && head <= to;
}
