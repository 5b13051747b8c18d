import type { View } from './condition.ts';
import type { LineFacts, SaleFacts, TenderFacts } from './facts.ts';
import { holds } from './holds.ts';
import {
  BIN_HEAD,
  type Bands,
  type Bits,
  type Dimension,
  type GoodsDimension,
  type OfferIndex,
} from './index-offers.ts';
import type { CompiledOffer, OfferSet } from './offer.ts';

/** Offers whose every test but the late ones holds, in the set's order. */
export function matching(view: View, { index, offers }: OfferSet): CompiledOffer[] {
  const matched: CompiledOffer[] = [];
  const bits = findCandidates(index, view.facts);
  for (let word = 0; word < bits.length; word++) {
    let left = bits[word]!;
    while (left !== 0) {
      const rank = (word << 5) + 31 - Math.clz32(left & -left);
      left &= left - 1;
      if (allHold(index.rest[rank]!, view)) matched.push(offers[rank]!);
    }
  }
  return matched;
}

function allHold(tests: OfferIndex['rest'][number], view: View): boolean {
  for (const test of tests) if (!holds(test, view)) return false;
  return true;
}

/** Ranks of the offers that may match, ascending. */
export function candidates(index: OfferIndex, facts: SaleFacts): number[] {
  const ranks: number[] = [];
  const bits = findCandidates(index, facts);
  for (let word = 0; word < bits.length; word++) {
    let left = bits[word]!;
    while (left !== 0) {
      ranks.push((word << 5) + 31 - Math.clz32(left & -left));
      left &= left - 1;
    }
  }
  return ranks;
}

/** The answer stands in the index's own room until the next search. */
function findCandidates(index: OfferIndex, facts: SaleFacts): Bits {
  const { found, sets, bands } = index;
  found.set(index.liveOn(facts.day));
  meet(found, sets.store, facts.store);
  meet(found, sets.terminal, facts.terminal);
  meet(found, sets.channel, facts.channel);
  meet(found, sets.terminalKind, facts.terminalKind);
  meet(found, sets.mcc, facts.mcc);
  meet(found, sets.weekday, facts.weekday);
  meet(found, sets.dayKind, facts.dayKind);
  meetBand(found, bands.minute, facts.minute);
  meetBuyer(index, facts);
  meetTenders(index, facts.tenders);
  if (index.goods !== null) meetLines(index, index.goods, facts.lines);
  if (bands.gross !== null || bands.quantity !== null) meetSums(index, facts.lines);
  return found;
}

function meetBuyer(index: OfferIndex, { member, codes, coupons }: SaleFacts): void {
  const { found, admitted, sets } = index;
  if (member === null) {
    if (index.anonymous !== null) and(found, index.anonymous);
  } else {
    meet(found, sets.programme, member.programme);
    meet(found, sets.tier, member.tier);
    if (sets.label !== null) {
      admitted.set(sets.label.any);
      for (const label of member.labels) or(admitted, sets.label.by.get(label));
      and(found, admitted);
    }
  }
  if (sets.code !== null) {
    admitted.set(sets.code.any);
    for (const code of codes) or(admitted, sets.code.by.get(code));
    and(found, admitted);
  }
  if (sets.coupon !== null) {
    admitted.set(sets.coupon.any);
    for (const { template } of coupons) or(admitted, sets.coupon.by.get(template));
    and(found, admitted);
  }
}

function meetTenders(index: OfferIndex, tenders: readonly TenderFacts[]): void {
  const { sets } = index;
  meetTender(index, sets.method, tenders, methodOf);
  meetTender(index, sets.wallet, tenders, walletOf);
  meetTender(index, sets.issuer, tenders, issuerOf);
  meetTender(index, sets.bin, tenders, headOf);
  meetTender(index, sets.cardKind, tenders, cardKindOf);
  meetTender(index, sets.scheme, tenders, schemeOf);
}

const methodOf = ({ method }: TenderFacts) => method;
const walletOf = ({ wallet }: TenderFacts) => wallet;
const issuerOf = ({ card }: TenderFacts) => card?.issuer;
const headOf = ({ card }: TenderFacts) => card?.bin.slice(0, BIN_HEAD);
const cardKindOf = ({ card }: TenderFacts) => card?.kind;
const schemeOf = ({ card }: TenderFacts) => card?.scheme;

function meetTender(
  { found, admitted }: OfferIndex,
  dimension: Dimension | null,
  tenders: readonly TenderFacts[],
  valueOf: (tender: TenderFacts) => string | null | undefined,
): void {
  if (dimension === null) return;
  if (tenders.length === 1) {
    meet(found, dimension, valueOf(tenders[0]!));
    return;
  }
  admitted.set(dimension.any);
  for (const tender of tenders) or(admitted, dimension.by.get(valueOf(tender)));
  and(found, admitted);
}

function meetLines(
  { found, admitted }: OfferIndex,
  { any, sku, category, brand }: GoodsDimension,
  lines: readonly LineFacts[],
): void {
  admitted.set(any);
  for (const line of lines) {
    or(admitted, sku.get(line.sku));
    if (line.category !== null) or(admitted, category.get(line.category));
    if (line.brand !== null) or(admitted, brand.get(line.brand));
  }
  and(found, admitted);
}

function meetSums({ found, bands }: OfferIndex, lines: readonly LineFacts[]): void {
  let gross = 0;
  let quantity = 0;
  for (const line of lines) {
    gross += line.amount;
    quantity += line.quantity;
  }
  meetBand(found, bands.gross, gross);
  meetBand(found, bands.quantity, quantity);
}

function meet(found: Bits, dimension: Dimension | null, value: unknown): void {
  if (dimension !== null) and(found, dimension.by.get(value) ?? dimension.any);
}

function meetBand(found: Bits, bands: Bands | null, value: number): void {
  if (bands === null) return;
  const { edges, bits } = bands;
  let low = 0;
  let high = edges.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle;
  }
  and(found, bits[low]!);
}

function and(into: Bits, bits: Bits): void {
  for (let word = 0; word < into.length; word++) into[word]! &= bits[word]!;
}

function or(into: Bits, bits: Bits | undefined): void {
  if (bits === undefined) return;
  for (let word = 0; word < into.length; word++) into[word]! |= bits[word]!;
}
