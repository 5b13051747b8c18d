import type { TenderFacts } from './facts.ts';
import { ask, type Asked, join, meet } from './meet.ts';
import { BIN_HEAD, type Dimension } from './dimension.ts';
import type { OfferIndex } from './offer-index.ts';

type Sets = OfferIndex['sets'];

/** Asks for the offers that admit one of the tenders. */
export function meetTenders(sets: Sets, tenders: readonly TenderFacts[], asked: Asked): void {
  meetTender(sets.issuer, tenders, issuerOf, asked);
  meetTender(sets.bin, tenders, headOf, asked);
  meetTender(sets.method, tenders, methodOf, asked);
  meetTender(sets.wallet, tenders, walletOf, asked);
  meetTender(sets.cardKind, tenders, cardKindOf, asked);
  meetTender(sets.scheme, tenders, schemeOf, asked);
}

const methodOf = ({ method }: TenderFacts) => method;
const walletOf = ({ wallet }: TenderFacts) => wallet;
const issuerOf = ({ card }: TenderFacts) => card?.issuer;
const headOf = ({ card }: TenderFacts) => card?.bin.slice(0, BIN_HEAD);
const cardKindOf = ({ card }: TenderFacts) => card?.kind;
const schemeOf = ({ card }: TenderFacts) => card?.scheme;

function meetTender(
  dimension: Dimension | null,
  tenders: readonly TenderFacts[],
  valueOf: (tender: TenderFacts) => string | null | undefined,
  asked: Asked,
): void {
  if (dimension === null) return;
  if (tenders.length === 1) {
    meet(dimension, valueOf(tenders[0]!), asked);
    return;
  }
  const { any, by, union } = dimension;
  union.set(any);
  for (const tender of tenders) join(union, by.get(valueOf(tender)));
  ask(asked, union);
}
