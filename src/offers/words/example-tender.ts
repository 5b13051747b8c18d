import type { LeafTest } from '../engine/condition.ts';
import type { CardFacts, TenderFacts } from '../engine/facts.ts';
import type { CompiledOffer } from '../engine/offer.ts';
import { asking } from './asking.ts';
import { shared } from './shared.ts';

const BIN_DIGITS = 6;

/** One tender that is all the conditions ask for; a card where something is counted per card. */
export function tenderFor(
  way: readonly LeafTest[],
  offer: CompiledOffer,
): Omit<TenderFacts, 'amount'> {
  const card =
    offer.limits.some(({ per }) => per === 'card') ||
    way.some((test) => 'whose' in test && test.whose === 'card') ||
    offer.benefits.some(({ timing }) => 'whose' in timing && timing.whose === 'card');
  const wallet = shared(asking(way, 'wallet').map(({ wallets }) => wallets));
  const paid = cardFor(way);
  const method = shared(asking(way, 'tender').map(({ methods }) => methods));
  return {
    method: method ?? (paid || card ? 'card' : wallet === undefined ? 'cash' : 'wallet'),
    ...((paid || card) && { card: { ...ANY_CARD, ...paid } }),
    ...(wallet !== undefined && { wallet: wallet as NonNullable<TenderFacts['wallet']> }),
  };
}

const ANY_CARD: CardFacts = {
  bin: '622202',
  issuer: null,
  kind: null,
  scheme: null,
  token: 'card',
};

function cardFor(way: readonly LeafTest[]): Partial<CardFacts> | null {
  const issuer = shared(asking(way, 'issuer').map(({ issuers }) => issuers));
  const kind = shared(asking(way, 'card_kind').map(({ kinds }) => kinds));
  const scheme = shared(asking(way, 'scheme').map(({ schemes }) => schemes));
  const bin = asking(way, 'bin')[0]?.ranges[0]?.from.padEnd(BIN_DIGITS, '0');
  const found = {
    ...(issuer !== undefined && { issuer }),
    ...(kind !== undefined && { kind }),
    ...(scheme !== undefined && { scheme }),
    ...(bin !== undefined && { bin }),
  };
  return Object.keys(found).length > 0 ? found : null;
}
