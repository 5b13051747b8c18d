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
  const { facts } = view;
  const matched: CompiledOffer[] = [];
  const rest = isPlain(facts) ? index.plainRest : index.rest;
  const asked = askedOf(index, facts);
  for (let word = 0; word < index.words; word++) {
    let left = meetAll(asked, word);
    while (left !== 0) {
      const rank = (word << 5) + 31 - Math.clz32(left & -left);
      left &= left - 1;
      if (allHold(rest[rank]!, view)) matched.push(offers[rank]!);
    }
  }
  return matched;
}

function allHold(tests: OfferIndex['rest'][number], view: View): boolean {
  for (const test of tests) if (!holds(test, view)) return false;
  return true;
}

/** One tender and whole pieces: what a sale shows of tender and goods is then all that most tests ask. */
function isPlain({ tenders, lines }: SaleFacts): boolean {
  if (tenders.length !== 1) return false;
  for (const line of lines) if (line.quantity < 1) return false;
  return true;
}

/** Ranks of the offers that may match, ascending. */
export function candidates(index: OfferIndex, facts: SaleFacts): number[] {
  const ranks: number[] = [];
  const asked = askedOf(index, facts);
  for (let word = 0; word < index.words; word++) {
    let left = meetAll(asked, word);
    while (left !== 0) {
      ranks.push((word << 5) + 31 - Math.clz32(left & -left));
      left &= left - 1;
    }
  }
  return ranks;
}

/** The offers of a word that every dimension admits; most words are empty after a few of them. */
function meetAll({ bits, count }: Asked, word: number): number {
  let left = -1;
  for (let at = 0; at < count && left !== 0; at++) left &= bits[at]![word]!;
  return left;
}

function ask(asked: Asked, bits: Bits): void {
  asked.bits[asked.count++] = bits;
}

/** Per dimension the offers that admit the sale. The answer stands in the index's own room until the next. */
function askedOf(index: OfferIndex, facts: SaleFacts): Asked {
  const { asked, sets, bands } = index;
  asked.count = 0;
  if (index.goods !== null) meetLines(index.goods, facts.lines, asked);
  meetTenders(sets, facts.tenders, asked);
  meetBuyer(index, facts, asked);
  meet(sets.store, facts.store, asked);
  meet(sets.terminal, facts.terminal, asked);
  meet(sets.mcc, facts.mcc, asked);
  meet(sets.weekday, facts.weekday, asked);
  meetBand(bands.minute, facts.minute, asked);
  if (bands.gross !== null || bands.quantity !== null) meetSums(bands, facts.lines, asked);
  meet(sets.channel, facts.channel, asked);
  meet(sets.terminalKind, facts.terminalKind, asked);
  meet(sets.dayKind, facts.dayKind, asked);
  ask(asked, index.liveOn(facts.day));
  return asked;
}

type Asked = OfferIndex['asked'];
type Sets = OfferIndex['sets'];

function meetBuyer(
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

function meetTenders(sets: Sets, tenders: readonly TenderFacts[], asked: Asked): void {
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

function meetLines(
  { any, sku, category, brand, union }: GoodsDimension,
  lines: readonly LineFacts[],
  asked: Asked,
): void {
  union.set(any);
  for (const line of lines) {
    join(union, sku.get(line.sku));
    if (line.category !== null) join(union, category.get(line.category));
    if (line.brand !== null) join(union, brand.get(line.brand));
  }
  ask(asked, union);
}

function meetSums(
  { gross: amounts, quantity: quantities }: OfferIndex['bands'],
  lines: readonly LineFacts[],
  asked: Asked,
): void {
  let gross = 0;
  let quantity = 0;
  for (const line of lines) {
    gross += line.amount;
    quantity += line.quantity;
  }
  meetBand(amounts, gross, asked);
  meetBand(quantities, quantity, asked);
}

function meet(dimension: Dimension | null, value: unknown, asked: Asked): void {
  if (dimension !== null) ask(asked, dimension.by.get(value) ?? dimension.any);
}

function meetBand(bands: Bands | null, value: number, asked: Asked): void {
  if (bands === null) return;
  const { edges, bits } = bands;
  let low = 0;
  let high = edges.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= value) low = middle;
    else high = middle;
  }
  ask(asked, bits[low]!);
}

function join(into: Bits, bits: Bits | undefined): void {
  if (bits === undefined) return;
  for (let word = 0; word < into.length; word++) into[word]! |= bits[word]!;
}
